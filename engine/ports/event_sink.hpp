// Who hears of what was committed.
#pragma once
#include <span>

#include "engine/ports/queries.hpp"

namespace xueji {

/// Called by the committer after each commit, in the order of ids, never twice. Must not block.
class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual void committed(std::span<const OutboxRow> rows) = 0;
};

}  // namespace xueji
