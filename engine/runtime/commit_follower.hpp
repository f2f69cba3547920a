// Tells the live interface of every commit once and in order: of this process's own as they happen, and of those that
// other programs made in the same database, such as `xueji deploy`, when it looks.
#pragma once
#include <mutex>

#include "engine/ports/event_sink.hpp"

namespace xueji {

/// Safe from any thread.
class CommitFollower : public EventSink {
 public:
  /// All entries up to `told` have been told already.
  CommitFollower(Queries& queries, EventSink& next, HistoryId told) : queries_(queries), next_(next), told_(told) {}

  /// From the committer. Reads the store only where somebody else wrote in between.
  void committed(std::span<const OutboxRow> rows) override;
  /// Tells what others have committed. Throws StoreError.
  void catch_up();

 private:
  void tell_others_up_to(HistoryId last);

  Queries& queries_;
  EventSink& next_;
  std::mutex mutex_;
  HistoryId told_;
};

}  // namespace xueji
