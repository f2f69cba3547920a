// Which reads share sessions and threads, and which of them nobody waits for any more. Slow reads keep other slow ones
// waiting, never the quick ones.
#pragma once
#include <array>
#include <atomic>
#include <cstddef>
#include <memory>
#include <utility>

namespace xueji {

enum class ReadLane {
  background,  ///< the program's own work: unbounded in time, with the sessions of `quick`
  quick,       ///< one record, or a page of a queue
  list,        ///< lists and searches within a jurisdiction
  heavy        ///< what goes over all of a jurisdiction: counts, statistics, files
};
inline constexpr std::size_t read_lanes = 4;

/// For the reads of this thread while it lives; background without one. May stand within another.
class OnReadLane {
 public:
  explicit OnReadLane(ReadLane lane, std::shared_ptr<const std::atomic<bool>> given_up = {})
      : outer_(std::exchange(current(), this)), lane_(lane), given_up_(std::move(given_up)) {}
  ~OnReadLane() { current() = outer_; }
  OnReadLane(const OnReadLane&) = delete;
  OnReadLane& operator=(const OnReadLane&) = delete;

  static ReadLane lane() { return current() ? current()->lane_ : ReadLane::background; }
  /// Set once nobody waits for the answer; null where nobody tells.
  static std::shared_ptr<const std::atomic<bool>> given_up() {
    return current() ? current()->given_up_ : std::shared_ptr<const std::atomic<bool>>{};
  }

 private:
  static const OnReadLane*& current() {
    thread_local const OnReadLane* innermost = nullptr;
    return innermost;
  }
  const OnReadLane* outer_;
  ReadLane lane_;
  std::shared_ptr<const std::atomic<bool>> given_up_;
};

}  // namespace xueji
