// Takes a batch through its transaction, whatever the store says: again when it is busy or stale, one by one when
// something in it is poisoned, by asking the idempotency keys when the connection broke at COMMIT.
#pragma once
#include <optional>
#include <random>
#include <span>
#include <vector>

#include "engine/runtime/batch_decider.hpp"
#include "engine/runtime/command_queue.hpp"

namespace xueji {

/// Used by one thread. Completes every command it is given exactly once.
class BatchCommitter {
 public:
  BatchCommitter(Store& store, const Clock& clock, Directory& directory, EventSink& events, CommandQueue& queue,
                 const RuntimeOptions& options, RuntimeFigures& figures);
  void process(std::span<QueuedCommand> batch);

 private:
  enum class Verdict { done, busy, stale, unknown, broken };
  /// What a batch whose outcome is unknown tells if it was committed, and the version that says whether it was.
  struct Untold {
    RequestId request;
    std::int64_t version;
    std::string last_hash;
    std::vector<OutboxRow> rows;
  };
  Verdict attempt(std::span<QueuedCommand> batch, std::span<const Command* const> commands);
  Verdict attempt_with_retries(std::span<QueuedCommand> batch);
  int attempts_worth_making(Verdict verdict, std::size_t commands) const;
  Verdict after_broken_commit(const DecidedBatch& decided);
  std::optional<bool> was_committed(const IdempotencyKey& key);
  void keep_untold(const DecidedBatch& decided, const std::vector<Written>& written);
  void tell_untold(WriteTransaction& transaction);
  void finish(std::span<QueuedCommand> batch, DecidedBatch decided, const std::vector<Written>& written);
  std::vector<OutboxRow> rows_of(const std::vector<Write>& writes, const std::vector<Written>& written) const;
  void refuse(std::span<QueuedCommand> batch, const Refusal& refusal);
  void refuse_unknown(std::span<QueuedCommand> batch);
  void complete(QueuedCommand& command, CommandResult result);
  void publish(const std::vector<OutboxRow>& rows);
  void back_off(int attempt);
  void log(std::string_view sentence) const;

  Store& store_;
  const Clock& clock_;
  Directory& directory_;
  EventSink& events_;
  CommandQueue& queue_;
  const RuntimeOptions& options_;
  RuntimeFigures& figures_;
  std::optional<Untold> untold_;
  std::minstd_rand random_{std::random_device{}()};
};

}  // namespace xueji
