// The command pipeline: a bounded queue, one committer, one transaction for whatever has gathered.
//
// submit() -> queue -> committer: load the batch, decide each command, write, commit -> completion, then events.
// A command that cannot be written fails alone; the others of its batch still commit.
// A machine's answer that gives an ID number which the same batch has given to someone else is refused as stale: it is
// to be asked anew, since its duplicate check could not see the other.
#pragma once
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "engine/machine/decide.hpp"
#include "engine/ports/clock.hpp"
#include "engine/ports/event_sink.hpp"
#include "engine/ports/store.hpp"
#include "engine/runtime/directory.hpp"

namespace xueji {

/// The request after its command was committed, with what is needed to show it.
struct Committed {
  Request request;
  Student student;
  bool replayed = false;  ///< nothing was done now: the idempotency key had done it before, or a timer or answer came
                          ///< too late; the request is as it is now, and has no id where a pair was none
  std::optional<PendingAct> pending{};  ///< on the request now
  std::optional<Instant> undo_until{};  ///< of an act that could be undone: it was not done at once
};
using CommandResult = std::variant<Committed, Refusal>;
/// Called exactly once, on the committer's thread: must be short and must not throw.
using Completion = std::function<void(CommandResult)>;

struct RuntimeOptions {
  std::size_t queue_max = 4096;                ///< commands waiting; above it submit() answers `busy`
  std::size_t batch_max = 512;                 ///< commands in one transaction; 1 commits each by itself
  int attempts_max = 5;                        ///< of a transaction that the store calls busy or stale
  std::chrono::milliseconds backoff_first{5};  ///< before the second attempt, with jitter; doubled for each further one
  std::function<void(std::string_view)> log;   ///< what an operator should hear of; ids only, never personal data
};

/// Counters for /metrics; monotonic, readable from any thread.
struct RuntimeFigures {
  std::atomic<std::uint64_t> submitted{0}, committed{0}, refused{0}, failed{0}, batches{0}, retried{0}, busy{0};
  std::atomic<std::uint64_t> queue{0};  ///< commands waiting now
};

class Runtime {
 public:
  /// All references must outlive it. Starts the committer's thread.
  Runtime(Store& store, const Clock& clock, Directory& directory, EventSink& events, RuntimeOptions options);
  /// Finishes what was accepted, then stops.
  ~Runtime();
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

  /// Never blocks. A full queue, a stopping runtime, and a key that is under way are answered at once, on this thread.
  void submit(Command command, Completion completion);
  /// As submit(), and waits; for timers, checks, tests and tools. Not to be called from a completion.
  CommandResult execute(Command command);

  /// Accepts no more, finishes what was accepted.
  void stop();
  const RuntimeFigures& figures() const;

 private:
  struct Committer;
  std::unique_ptr<Committer> committer_;
};

}  // namespace xueji
