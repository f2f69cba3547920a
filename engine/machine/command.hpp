// Commands: what people and machines ask of a request. Plain values; decide() says what comes of them.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/authority/caller.hpp"
#include "engine/machine/request.hpp"

namespace xueji {

struct EvidenceReference {
  std::string kind;
  std::string sha256;
};

/// Opens a request; with `submit` it goes on from the draft at once.
struct Open {
  std::string workflow;  ///< key of a definition; the newest version of the file that applies is taken
  StudentId student;     ///< of several the first
  FieldValues fields;
  std::vector<EvidenceReference> evidence;
  std::string comment;
  bool submit = false;
  bool found = false;                 ///< the student's number, name and birth date were known, wherever the student is
  std::vector<StudentId> students{};  ///< of a batch all, in their order
  bool chosen = false;                ///< of a batch: by the server, so those that `where` rules out are left out
  /// By the place in `students`, what is filled in for each; empty, or one for every student.
  std::vector<FieldValues> each{};
};

/// The machine opens a request about two records that a definition takes as a pair. Ignored where they are none any
/// more, or where a request of that business was ever opened about them.
struct OpenPair {
  std::string workflow;     ///< key of the definition
  StudentId first, second;  ///< the lower id first
};

/// What is filled in for one of several students.
struct ForOne {
  int ordinal = 0;
  FieldValues fields;
};

/// Replaces a draft's fields and evidence where given, and of the students that are named what is filled in for each.
struct Edit {
  RequestId request;
  std::optional<FieldValues> fields;
  std::optional<std::vector<EvidenceReference>> evidence;
  std::vector<ForOne> each{};
};

/// Does one of the definition's actions, or `comment`, `reassign` or `set_aside`.
struct Perform {
  RequestId request;
  std::string action;
  std::string comment;
  std::optional<FieldValues> fields;
  std::optional<std::vector<EvidenceReference>> evidence;
  std::string to;         ///< for a return: the state; for `reassign`: the username; else empty
  AccountId reassign_to;  ///< filled in by the caller's side from `to`, with its posts below
  std::vector<Post> reassign_posts;
  TaskId task{};         ///< which one, where branches run at the same time; none where that is clear
  int subject = 0;       ///< for `set_aside`: the ordinal of the student
  bool in_bulk = false;  ///< one of several that are acted on at once
};

struct Claim {
  RequestId request;
  TaskId task{};  ///< as for Perform
};
struct Release {
  RequestId request;
  TaskId task{};  ///< as for Perform
};

/// The machine's answer to the checks of a check state. Ignored when the request has moved on.
struct AnswerChecks {
  RequestId request;
  std::string state;
  int attempt = 0;  ///< the token's attempts when the checks were asked
  std::vector<Finding> findings;
  TaskId task{};  ///< for which they were asked; none for whatever stands in the state
};

/// The checks are to be asked now instead of at the next attempt: an administrator wants it, or the machine itself.
struct RetryChecks {
  RequestId request;
  TaskId task{};  ///< as for Perform
};

/// A timer of a token has come due: reminder, escalation, expiry, or the date waited for. Ignored when it has moved.
struct FireTimer {
  RequestId request;
  std::string state;
  Instant timer;
};

/// Who holds the posts has changed: marks a task that nobody at its post can decide, with who decides it instead, or
/// takes the mark away, and ends a claim with its owner's right. Ignored when the request has moved on. take_over() in
/// deciders.hpp makes it.
struct TakeOver {
  RequestId request;
  std::int64_t version = 0;  ///< of the request as it was looked at
  std::string state;
  std::optional<Lack> why;    ///< nothing: somebody at its post can decide it again
  std::optional<Holder> to;   ///< who stands in; nothing where nobody can
  AccountId ends_claim_of{};  ///< who claimed it and holds no post of its queue any more; none where the claim stands
};

/// The pending act is not to be done: whoever asked for it takes it back.
struct Undo {
  RequestId request;
};

/// The time in which the pending act could be undone has passed: it is decided anew. Ignored when nothing is due.
struct CarryOut {
  RequestId request;
};

/// A window has closed by which what is unfinished of its business is ended, see Definition::closing. Ignored where
/// that does not hold of the request.
struct CloseUnfinished {
  RequestId request;
};

/// The request that it waits for has ended, or could not be opened. Ignored where it waits for that one no more.
struct EndWait {
  RequestId request;
  RequestId awaited;               ///< none where it could not be opened
  std::optional<Outcome> outcome;  ///< nothing likewise
  Text title;                      ///< of its business
  Text why;                        ///< it could not be opened; empty where it ended
};

/// Given by a person, unique to the account; kept with the history for at least 7 days.
struct IdempotencyKey {
  AccountId account;
  std::string key;          ///< 1 to 128 visible ASCII characters
  std::string fingerprint;  ///< SHA-256 hex of method, path and body
  auto operator<=>(const IdempotencyKey&) const = default;
};

struct Command {
  std::variant<Open, Edit, Perform, Claim, Release, AnswerChecks, RetryChecks, FireTimer, TakeOver, Undo, CarryOut,
               OpenPair, CloseUnfinished, EndWait>
      what;
  std::optional<Caller> caller;                  ///< nothing for the machine
  std::optional<std::int64_t> expected_version;  ///< If-Match
  std::optional<IdempotencyKey> idempotency;
  std::optional<std::chrono::seconds> undoable_for{};  ///< Perform: it waits so long, and can be undone meanwhile
};

/// The request that a command is about; none for Open and OpenPair.
RequestId request_of(const Command& command);
/// The task that it names; none where it names none.
TaskId task_of(const Command& command);

/// For a log: the request and what is asked of it, by id and key: `request 12, approve`, `student 7, open name-change`.
std::string name_of(const Command& command);

}  // namespace xueji
