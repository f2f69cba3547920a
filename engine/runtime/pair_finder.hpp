// Finds records that may be one student's among those that came in or changed, and has the requests about them opened.
#pragma once
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "engine/runtime/runtime.hpp"

namespace xueji {

/// Used by one thread. What is found is kept as marks in the store until the requests about it are committed, so that
/// a crash loses nothing: whoever looks again finds the same, and a pair has one request.
class PairFinder {
 public:
  /// All must outlive it; the runtime's completions call back until it has stopped.
  PairFinder(Store& store, Directory& directory, Runtime& runtime);
  /// Takes the next marks, once those before are dealt with. At most `page` of them. Throws StoreError.
  void look(std::size_t page);
  /// Until all that it has submitted is answered.
  void wait_until_idle();

 private:
  bool begin_look();
  void open(const std::string& workflow, const Twins& twins);
  void close(const CommandResult& result);

  Store& store_;
  Directory& directory_;
  Runtime& runtime_;
  std::vector<std::int64_t> marks_;  ///< that are being dealt with
  std::mutex mutex_;
  std::condition_variable idle_;
  std::size_t under_way_ = 0;
  bool again_ = false;  ///< something could not be written: the marks stay
};

}  // namespace xueji
