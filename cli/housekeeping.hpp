// What is cleared away now and then: uploads that no request refers to, sessions that have expired, lines of the
// audit trail that are too old.
#pragma once
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "engine/ports/accounts.hpp"
#include "engine/ports/clock.hpp"
#include "engine/ports/evidence_store.hpp"

namespace xueji {

/// Once at the start and then every hour, on a thread of its own. A failure is logged and tried again an hour later.
class Housekeeping {
 public:
  Housekeeping(EvidenceStore& evidence, Accounts& accounts, AuditTrail& audit_trail, const Clock& clock,
               std::chrono::hours keep_unreferenced, std::chrono::days keep_audit);
  ~Housekeeping();

 private:
  void clear_away();
  void run();

  EvidenceStore& evidence_;
  Accounts& accounts_;
  AuditTrail& audit_trail_;
  const Clock& clock_;
  const std::chrono::hours keep_unreferenced_;
  const std::chrono::days keep_audit_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace xueji
