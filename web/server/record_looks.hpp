// Lines of the audit trail about records that were looked at: one for each account, record and day, written together in
// the background, so that a look costs no transaction.
#pragma once
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_set>

#include "engine/ports/audit_trail.hpp"

namespace xueji::web {

struct RecordLooksOptions {
  std::size_t waiting_max = 10'000;           ///< lines that may wait to be written
  std::size_t remembered_max = 200'000;       ///< lines known to be written already, which cost nothing
  std::chrono::milliseconds gather{200};      ///< how long lines wait for others
  std::chrono::milliseconds again{1'000};     ///< after a failure
  std::chrono::milliseconds last_try{2'000};  ///< how long stop() goes on trying
};

/// Safe from any thread.
class RecordLooks {
 public:
  explicit RecordLooks(AuditTrail& trail, RecordLooksOptions options = {});
  ~RecordLooks();
  RecordLooks(const RecordLooks&) = delete;
  RecordLooks& operator=(const RecordLooks&) = delete;
  /// `line.once` must be given. Throws StoreError, so that nobody reads unseen, while so many lines wait that no more
  /// may: the trail can't be written.
  void note(AuditLine line);
  /// Writes what waits.
  void stop();

 private:
  void run();

  AuditTrail& trail_;
  const RecordLooksOptions options_;
  std::mutex mutex_;
  std::condition_variable woken_;
  AuditLines waiting_;
  std::unordered_set<std::string> remembered_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace xueji::web
