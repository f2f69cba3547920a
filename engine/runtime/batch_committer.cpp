#include "engine/runtime/batch_committer.hpp"

#include <algorithm>
#include <thread>

#include "engine/runtime/outbox.hpp"
#include "engine/runtime/runtime_refusals.hpp"

namespace xueji {

BatchCommitter::BatchCommitter(Store& store, const Clock& clock, Directory& directory, EventSink& events,
                               CommandQueue& queue, const RuntimeOptions& options, RuntimeFigures& figures)
    : store_(store),
      clock_(clock),
      directory_(directory),
      events_(events),
      queue_(queue),
      options_(options),
      figures_(figures) {}

void BatchCommitter::process(std::span<QueuedCommand> batch) {
  const Verdict verdict = attempt_with_retries(batch);
  if (verdict == Verdict::done) return;
  if (verdict == Verdict::unknown) return refuse_unknown(batch);
  if (verdict == Verdict::busy || (verdict == Verdict::stale && batch.size() == 1)) return refuse(batch, store_busy());
  if (batch.size() == 1) {
    log(name_of(batch.front().command) + " could not be written");
    return refuse(batch, unexpected_failure());
  }
  log("a batch of " + std::to_string(batch.size()) + " could not be written; its halves are tried each by itself");
  const std::size_t half = batch.size() / 2;
  process(batch.first(half));
  process(batch.subspan(half));
}

BatchCommitter::Verdict BatchCommitter::attempt_with_retries(std::span<QueuedCommand> batch) {
  std::vector<const Command*> commands;
  commands.reserve(batch.size());
  for (const QueuedCommand& each : batch) commands.push_back(&each.command);
  for (int number = 1;; ++number) {
    const Verdict verdict = attempt(batch, commands);
    if (number >= attempts_worth_making(verdict, batch.size())) return verdict;
    ++figures_.retried;
    back_off(number);
  }
}

/// Once what is stale was decided anew on fresh rows, only one of its commands can be at fault: the others do not wait
/// for it.
int BatchCommitter::attempts_worth_making(Verdict verdict, std::size_t commands) const {
  if (verdict == Verdict::busy) return options_.attempts_max;
  if (verdict != Verdict::stale) return 1;
  return commands == 1 ? options_.attempts_max : std::min(2, options_.attempts_max);
}

BatchCommitter::Verdict BatchCommitter::attempt(std::span<QueuedCommand> batch,
                                                std::span<const Command* const> commands) {
  DecidedBatch decided;
  std::vector<Written> written;
  bool at_commit = false;
  try {
    const auto transaction = store_.begin();
    tell_untold(*transaction);
    decided =
        decide_batch(*transaction, commands,
                     {directory_.offices(), directory_.calendar(), directory_.catalog(), clock_.now(), options_.log});
    if (!decided.writes.empty()) {
      written = transaction->write(decided.writes);
      at_commit = true;
      transaction->commit();
    }
  } catch (const StoreError& error) {
    log(error.what());
    if (error.kind == StoreError::Kind::busy || error.kind == StoreError::Kind::full) return Verdict::busy;
    if (error.kind == StoreError::Kind::stale) return Verdict::stale;
    if (error.kind != StoreError::Kind::unknown_outcome || !at_commit) return Verdict::broken;
    const Verdict verdict = after_broken_commit(decided);
    if (verdict == Verdict::unknown) keep_untold(decided, written);
    if (verdict != Verdict::done) return verdict;
  } catch (const std::exception&) {
    log("a batch of " + std::to_string(commands.size()) + " failed unexpectedly");
    return Verdict::broken;
  }
  finish(batch, std::move(decided), written);
  return Verdict::done;
}

/// A transaction is whole: one key of it tells what became of all.
BatchCommitter::Verdict BatchCommitter::after_broken_commit(const DecidedBatch& decided) {
  const auto keyed = std::find_if(decided.writes.begin(), decided.writes.end(), [](const Write& write) {
    return write.key && (!write.decision.history.empty() || write.decision.holds);
  });
  if (keyed == decided.writes.end()) return Verdict::unknown;
  const auto answer = was_committed(*keyed->key);
  if (!answer) return Verdict::unknown;
  return *answer ? Verdict::done : Verdict::stale;
}

std::optional<bool> BatchCommitter::was_committed(const IdempotencyKey& key) {
  for (int number = 1; number <= options_.attempts_max; ++number) {
    try {
      return !store_.begin()->load({{}, {}, {key}, {}}).keys.empty();
    } catch (const std::exception&) {
      back_off(number);
    }
  }
  return std::nullopt;
}

void BatchCommitter::keep_untold(const DecidedBatch& decided, const std::vector<Written>& written) {
  const Request& last = decided.writes.back().decision.request;
  untold_ = Untold{last.id, last.version, last.last_hash, rows_of(decided.writes, written)};
}

/// Nothing else was written since: the last request of the batch stands as the batch left it, or the batch is undone.
void BatchCommitter::tell_untold(WriteTransaction& transaction) {
  if (!untold_) return;
  const Batch now = transaction.load({{untold_->request}, {}, {}, {}});
  const auto found = now.requests.find(untold_->request);
  if (found != now.requests.end() && found->second.version == untold_->version &&
      found->second.last_hash == untold_->last_hash)
    publish(untold_->rows);
  untold_.reset();
}

void BatchCommitter::finish(std::span<QueuedCommand> batch, DecidedBatch decided, const std::vector<Written>& written) {
  const auto rows = rows_of(decided.writes, written);
  ++figures_.batches;
  figures_.committed += decided.writes.size();
  for (std::size_t i = 0; i < batch.size(); ++i) complete(batch[i], std::move(decided.results[i]));
  publish(rows);
}

/// The commands are committed by now: whatever is wrong here may cost an event, never an answer.
std::vector<OutboxRow> BatchCommitter::rows_of(const std::vector<Write>& writes,
                                               const std::vector<Written>& written) const {
  std::vector<OutboxRow> rows;
  try {
    for (std::size_t i = 0; i < writes.size(); ++i)
      for (OutboxRow& row : outbox_rows(writes[i], written.at(i))) rows.push_back(std::move(row));
  } catch (const std::exception&) {
    log("events of a committed batch could not be made");
  }
  std::sort(rows.begin(), rows.end(), [](const OutboxRow& a, const OutboxRow& b) { return a.id < b.id; });
  return rows;
}

void BatchCommitter::refuse(std::span<QueuedCommand> batch, const Refusal& refusal) {
  for (QueuedCommand& each : batch) complete(each, refusal);
}

void BatchCommitter::refuse_unknown(std::span<QueuedCommand> batch) {
  for (QueuedCommand& each : batch)
    complete(each, each.command.idempotency ? unknown_until_repeated() : unknown_outcome());
}

void BatchCommitter::complete(QueuedCommand& command, CommandResult result) {
  if (const auto* refusal = std::get_if<Refusal>(&result))
    ++(refusal->kind == RefusalKind::failed ? figures_.failed : figures_.refused);
  if (command.command.idempotency) queue_.release(*command.command.idempotency);
  try {
    command.completion(std::move(result));
  } catch (const std::exception&) {
    log("a completion threw");
  }
}

void BatchCommitter::publish(const std::vector<OutboxRow>& rows) {
  if (rows.empty()) return;
  try {
    events_.committed(rows);
  } catch (const std::exception&) {
    log("events could not be handed on");
  }
}

void BatchCommitter::back_off(int attempt) {
  const auto longest = options_.backoff_first * (1 << std::min(attempt - 1, 6));
  std::uniform_int_distribution<std::int64_t> jitter(longest.count() / 2, longest.count());
  std::this_thread::sleep_for(std::chrono::milliseconds(jitter(random_)));
}

void BatchCommitter::log(std::string_view sentence) const {
  if (options_.log) options_.log(sentence);
}

}  // namespace xueji
