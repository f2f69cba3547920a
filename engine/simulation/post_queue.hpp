// The queue of one post and its officers: first due, first done.
#pragma once
#include <cstdint>
#include <limits>
#include <queue>
#include <vector>

#include "engine/authority/office.hpp"
#include "engine/simulation/working_time.hpp"

namespace xueji {

inline constexpr Seconds never = std::numeric_limits<Seconds>::max();

/// Where a request waits: one of the tokens of the request in that slot. The stamp tells it from later ones there.
struct TokenPlace {
  std::uint32_t slot = 0;
  std::uint32_t stamp = 0;
  std::uint32_t branch = 0;
};

struct QueuedTask {
  Seconds due = never;
  Seconds since = 0;
  std::uint64_t order = 0;  ///< of arrival, where two are due together
  TokenPlace place;
  /// For std::priority_queue, whose first is the greatest.
  bool operator<(const QueuedTask& other) const {
    if (due != other.due) return due > other.due;
    if (since != other.since) return since > other.since;
    return order > other.order;
  }
};

struct PostQueue {
  OfficeId office;
  Role role = Role::registrar;
  Level level = Level::school;
  std::uint32_t first_officer = 1;  ///< officers are numbered through all posts, from 1
  std::uint32_t officers = 0;
  double minutes = 0;
  std::vector<std::uint32_t> idle;
  std::priority_queue<QueuedTask> tasks;
  bool will_open = false;  ///< an event stands for its next opening
};

}  // namespace xueji
