// The command side of persistence: what the pipeline needs, a batch at a time, in one transaction.
#pragma once
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/machine/decide.hpp"

namespace xueji {

/// Why the store could not do its work. The message is fit for a log: it never holds bound values.
class StoreError : public std::runtime_error {
 public:
  enum class Kind {
    busy,             ///< a lock was not had in time, a deadlock, a conflict: the whole transaction may be tried again
    stale,            ///< a compare-and-set met another version: load anew and decide again
    unknown_outcome,  ///< the connection broke at COMMIT: ask by idempotency key
    full,             ///< the disk has no room: nothing can be written until somebody makes some
    broken            ///< anything else
  };
  StoreError(Kind why, const std::string& message) : std::runtime_error(message), kind(why) {}
  Kind kind;
};

/// Two students in a business, the lower id first.
struct PairKey {
  std::string workflow;  ///< the key of its definition
  StudentId first, second;
  auto operator<=>(const PairKey&) const = default;
};

/// What the commands of a batch refer to; duplicates are allowed.
struct BatchKeys {
  std::vector<RequestId> requests;
  std::vector<StudentId> students;
  std::vector<IdempotencyKey> keys;                        ///< the fingerprint is not looked at
  std::vector<std::pair<AccountId, std::string>> uploads;  ///< account and SHA-256: own uploads
  std::vector<std::pair<RequestId, int>> subjects{};       ///< ordinals of several students
  std::vector<RequestId> all_subjects{};                   ///< all students of these
  std::vector<PairKey> pairs{};                            ///< which of them have a request
};

/// What a key did before.
struct KeyRecord {
  std::string fingerprint;
  RequestId request;
  std::optional<Instant> undo_until{};  ///< of an act that could be undone, also once it was done or undone
};

/// Unknown keys are simply absent. Students of the requests, and the open requests of the students, are included; so
/// are the uploads that pending acts refer to.
struct Batch {
  std::unordered_map<RequestId, Request> requests;
  std::unordered_map<StudentId, Student> students;
  std::unordered_map<std::string, KeyRecord> keys;        ///< by key_text()
  std::unordered_map<std::string, EvidenceItem> uploads;  ///< by upload_text(); `kind` empty
  std::unordered_map<RequestId, PendingAct> pending;      ///< of the requests that have one
  /// Of all who claimed something of the requests, or have an act pending on them, or are to be given them by it.
  ClaimerPosts claimers;
  /// Of requests about several students those that were asked for, and of open ones next_slice();
  /// in the order of their ordinals. Their students are included.
  std::unordered_map<RequestId, std::vector<Subject>> subjects;
  std::set<PairKey> paired{};  ///< of the pairs asked for those about which a request was ever opened
};
std::string key_text(AccountId account, std::string_view key);
std::string upload_text(AccountId account, std::string_view sha256);

/// One decided command.
struct Write {
  Decision decision;                  ///< request.id is set, also for one just opened
  std::optional<IdempotencyKey> key;  ///< stored with its first history entry
  /// For the live interface, kept with the last history entry (see OutboxRow): tasks of role `system` left out.
  std::vector<Task> before, after;
  std::vector<OfficeId> concerned;
  /// When something became pending, was undone or dropped: that is told beside the history.
  std::optional<Instant> told_aside{};
};

/// What was given numbers when it was written.
struct Written {
  std::vector<HistoryId> history;             ///< as many as the decision's entries, growing
  std::vector<NotificationId> notifications;  ///< as many as its notices
  HistoryId undo_event;                       ///< where it tells of undo: higher than all of `history`
  NotificationId undone;                      ///< where the decision has `undone`
};

/// One transaction. Not shared between threads. Rolled back when destroyed before commit().
class WriteTransaction {
 public:
  virtual ~WriteTransaction() = default;
  /// Set-based: a fixed number of statements, however large the batch.
  virtual Batch load(const BatchKeys& keys) = 0;
  virtual RequestId next_request_id() = 0;
  /// Whether a student other than `self` has that ID number.
  virtual bool is_anothers_id_number(const std::string& id_number, StudentId self) = 0;
  /// Whether a student other than `self` has or had the eighteen characters of that student number, after any letter.
  virtual bool is_anothers_number(const std::string& number, StudentId self) = 0;
  /// Which request has that Request::once; none where none does.
  virtual RequestId who_has(const std::string& once) = 0;
  /// Requests and students by compare-and-set on their versions, tasks, history with hashes, notifications, key, what
  /// is pending.
  /// Writes of the same request follow each other in order. Throws StoreError{stale} when a version has moved.
  virtual std::vector<Written> write(std::span<Write> writes) = 0;
  /// Throws StoreError. Until it returns, nothing has happened.
  virtual void commit() = 0;
};

/// Work for the machine: a task whose timer has passed.
struct DueTask {
  TaskId task;
  Request request;
  Student student;
};

/// An act that is pending, and until when.
struct PendingUntil {
  RequestId request;
  Instant until;
};

/// A record that came in or changed, and one that has its name and birth date too.
struct Twins {
  Student first, second;  ///< the lower id first
};
/// What was found by looking at marked records: `marks` are to be removed once the twins were dealt with.
struct MarkedTwins {
  std::vector<std::int64_t> marks;  ///< empty: nothing is marked
  std::vector<Twins> twins;         ///< each pair once; no merged record is among them
};
inline constexpr std::size_t twins_max = 20;

class Store {
 public:
  virtual ~Store() = default;
  /// Starts a transaction that will write. Called by one committer thread at a time.
  virtual std::unique_ptr<WriteTransaction> begin() = 0;
  /// Open tasks with timer <= now, oldest first. Safe from any thread.
  virtual std::vector<DueTask> due_tasks(Instant now, std::size_t limit) = 0;
  /// The earliest timer of all open tasks; nothing when there is none.
  virtual std::optional<Instant> next_timer() = 0;
  /// Pending acts that are due, the longest so first. Safe from any thread.
  virtual std::vector<PendingUntil> due_acts(Instant now, std::size_t limit) = 0;
  /// Looks at up to `limit` marks, oldest first, and the twins of each record: at most twins_max of one. A record is
  /// marked in the transaction that changes its name or birth date, and by a bulk load that finds it a twin. Safe from
  /// any thread.
  virtual MarkedTwins marked_twins(std::size_t limit) = 0;
  /// Removes those marks; others that came meanwhile stay. Safe from any thread.
  virtual void remove_marks(std::span<const std::int64_t> marks) = 0;
};

}  // namespace xueji
