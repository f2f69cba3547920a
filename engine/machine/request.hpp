// A request: one live instance of a definition, about one student or several.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/id.hpp"
#include "engine/base/time.hpp"
#include "engine/definition/definition.hpp"
#include "engine/registry/changes.hpp"

namespace xueji {

/// A queue: a role at an office.
struct Holder {
  OfficeId office;
  Role role = Role::registrar;
  auto operator<=>(const Holder&) const = default;
};

struct EvidenceItem {
  std::string sha256;  ///< lower-case hex
  std::string kind;
  std::string filename;
  std::string media_type;
  std::int64_t size = 0;
  bool operator==(const EvidenceItem&) const = default;
};

/// What the form held when it was submitted, or changed by an act after that: what the acts that follow were based on.
/// Written once, kept for ever.
struct Submission {
  int ordinal = 0;  ///< within the request, from 1
  int round = 0;    ///< of submissions by whoever filled it in; a change by an officer stays in the round
  FieldValues fields;
  FieldValues before;  ///< as Request::before
  std::vector<EvidenceItem> evidence;
  std::string subjects{};  ///< as Several::digest; empty where it is about one student
  std::string values{};    ///< as Several::values
  bool operator==(const Submission&) const = default;
};

/// Which submission the acts of a request are based on now.
struct PinnedForm {
  int submission = 0;    ///< its ordinal; 0 before the first
  std::string form;      ///< submission_hash.hpp; empty before the first
  std::string evidence;  ///< likewise
  bool operator==(const PinnedForm&) const = default;
};

/// What a machine answered.
inline constexpr std::string_view registry_code = "registry";  ///< of what no check found: the registry refused the end

struct Finding {
  std::string check;
  CheckOutcome outcome = CheckOutcome::unavailable;
  Instant at;
  std::string code;  ///< `no_match`, `unknown_person`, `same_id_number`, registry_code, ...; empty when clear
  Text detail;       ///< for the officer who judges
  bool operator==(const Finding&) const = default;
};

/// One person's act on the request, kept for separation of duties and for "who was concerned".
struct Act {
  std::string state;   ///< in which it was done
  std::string action;  ///< of the definition, or `open`
  AccountId account;
  AccountId delegated_from;  ///< whose post it was; none for a post of one's own
  Holder as;
  Instant at;
  int round = 0;  ///< number of submissions before it: duties are separated within one round
  bool operator==(const Act&) const = default;
};

/// Why nobody can decide a task.
enum class Lack {
  vacant,    ///< nobody who is not shut out holds the post
  separated  ///< whoever holds it submitted the request or decided it elsewhere
};
std::string_view to_string(Lack why);
std::optional<Lack> parse_lack(std::string_view word);

/// The mark of a task that nobody who holds its post can decide.
struct Undecidable {
  Lack why = Lack::vacant;
  Instant since;                   ///< when it was found
  std::optional<Holder> stand_in;  ///< who was asked to decide instead; nothing where nobody above can either
  bool operator==(const Undecidable&) const = default;
};

/// Where a request stands, or one of its branches.
struct Token {
  std::string state;
  Holder holder;                       ///< role `system` in check states; in end states nobody's
  std::optional<Holder> escalated_to;  ///< may act too: once it is overdue, or standing in
  Instant since;
  std::optional<Instant> due;
  /// When the machine must look again: reminder, deadline, next attempt of a check; at a completed end a reminder from
  /// the record.
  std::optional<Instant> timer;
  bool reminded = false;
  AccountId claimed_by;
  std::optional<Instant> claimed_at;
  int attempts = 0;  ///< of the checks in this state; at a completed end, the definition's reminders that are told
  std::optional<Undecidable> undecidable;
  std::int64_t number = 0;            ///< of its task, in one stay in one state; see give_numbers()
  std::int64_t escalated_number = 0;  ///< of the task of those it is escalated to
  RequestId awaits{};                 ///< the request that was opened here and is waited for
  bool operator==(const Token&) const = default;
};

/// The request whose end opened another one, or that waits for it.
struct OpenedFrom {
  RequestId request;
  std::string business;  ///< the key of its definition
  int depth = 0;         ///< how many wait for it, one for the next; 0 where an end opened it
  RequestId lock{};      ///< of those that wait, the one whose lock it shares; none where an end opened it
  bool operator==(const OpenedFrom&) const = default;
};

/// Why one of several students is no part of the request any more.
struct SetAside {
  AccountId by;  ///< none for the machine, when the request was opened or its end was carried out
  Instant at;
  Text reason;
  bool operator==(const SetAside&) const = default;
};

/// One of the several students that a request is about.
struct Subject {
  int ordinal = 0;  ///< within the request, from 1; it never changes
  StudentId student;
  std::optional<SetAside> set_aside;
  bool locked = true;    ///< by the request, while it takes part; of a pair only who was free when it was opened
  FieldValues fields{};  ///< of the fields that have a value for each student
  bool operator==(const Subject&) const = default;
};

/// What a request about several students keeps of them; they stand in rows of their own, one Subject each.
struct Several {
  int count = 0;                    ///< those set aside included
  int set_aside = 0;                ///< how many of them are
  std::string digest;               ///< subjects.hpp: who they were at the opening
  std::optional<int> applied;       ///< while the end is carried out on them: up to which ordinal it has been
  int unlocked = 0;                 ///< how many take part without being locked
  std::vector<OfficeId> schools{};  ///< of a pair: where each was when it was opened, by ordinal; else empty
  /// Of a pair: where each is, as of its last act; empty while both are where they were when it was opened.
  std::vector<OfficeId> schools_now{};
  /// Of a pair: other schools that took part in between, each once.
  std::vector<OfficeId> schools_past{};
  std::string values{};  ///< each_values.hpp: the values of each; empty where no field of the business has some
  bool operator==(const Several&) const = default;
};

/// How a request stood when the part of a school that a field names ended: it went back to the draft, and no submission
/// has named that school since.
struct PartEnd {
  OfficeId school;
  Instant at;
  std::int64_t version = 0;  ///< of the request, as it came back to the draft
  std::string state;         ///< the draft
  int submission = 0;        ///< the last that was pinned by then, its ordinal
  int set_aside = 0;         ///< Several::set_aside
  bool operator==(const PartEnd&) const = default;
};

struct Request {
  RequestId id;
  DefinitionId definition;  ///< pins key, version and hash
  StudentId student;        ///< of several the first
  OfficeId school;          ///< the student's when it was opened
  /// Those that a field named as a place, by its submissions: each once, last the one that is the place now.
  std::vector<OfficeId> named_schools{};
  std::vector<PartEnd> parts_ended{};  ///< of those schools that take no part now, each once, in the order of `at`
  bool unfiled = false;  ///< a draft of another school, never submitted: the student's school does not know it
  /// While it is open it keeps other business from its student. An unfiled draft never does.
  bool locks = true;
  std::int64_t version = 0;        ///< also the ETag; every visible change adds one
  std::optional<Outcome> outcome;  ///< nothing while open
  Token token;                     ///< in a parallel state it waits for the branches and has no queue
  std::vector<Token> branches;     ///< in a parallel state one for each branch; `join` or `stop` as state once it ended
  FieldValues fields;
  FieldValues before;  ///< the registry's values that the fields change, by field key, as of the last submission
  std::vector<EvidenceItem> evidence;
  std::vector<Finding> findings;  ///< the latest answer of each check
  std::vector<Act> acts;
  int round = 0;  ///< submissions so far
  PinnedForm pinned;
  std::vector<std::string> kept_evidence;  ///< scans that only earlier pinned forms have: they stay readable, SHA-256
  AccountId opened_by;                     ///< none where another request opened it
  Holder opened_as;                        ///< its initiator's post
  Instant opened_at;
  std::string last_hash;  ///< of its newest history entry, lower-case hex
  std::optional<OpenedFrom> opened_from{};
  std::optional<Several> several{};  ///< nothing where it is about one student
  std::string once{};                ///< once.hpp: what no other request may have; empty for nothing
  std::int64_t tasks_given = 0;      ///< the last number that one of its tasks was given
  bool operator==(const Request&) const = default;
};

/// A row of a queue: of a token, for as long as it stays in a state, or of those to whom this was escalated.
struct Task {
  TaskId id;
  RequestId request;
  Holder holder;
  std::string state;
  Instant since;
  std::optional<Instant> due;
  AccountId claimed_by;
  bool operator==(const Task&) const = default;
};

/// The id of a task is its request's with its number within the request below it: no two tasks ever have the same, and
/// it says whose task it is. Nobody else looks into it. For JavaScript's sake below 2^53, with requests below 2^33.
inline constexpr int task_number_bits = 20;
inline constexpr std::int64_t task_number_max = (std::int64_t{1} << task_number_bits) - 1;
inline constexpr std::int64_t requests_max = std::int64_t{1} << 33;
static_assert(requests_max <= (std::int64_t{1} << 53 >> task_number_bits), "ids that are read as doubles stay whole");
constexpr TaskId task_id(RequestId request, std::int64_t number) {
  return TaskId{request.value << task_number_bits | number};
}
constexpr RequestId request_of(TaskId task) { return RequestId{task.value >> task_number_bits}; }
constexpr std::int64_t number_of(TaskId task) { return task.value & task_number_max; }

/// Gives the next numbers of the request to those of its tasks that have none yet: whatever has just come to a state or
/// was just escalated. Throws ImpossibleMove once all are used up: a number is never given twice.
void give_numbers(Request& request);
/// The post may act too from now on, by a task of its own.
void escalate(Token& token, const Holder& to);

/// The tasks that a request makes: none once it has ended; the first is that of its own token. What waits for a
/// machine, a date or its branches makes a task of role `system`, which carries the timer and appears in nobody's
/// queue.
std::vector<Task> tasks_of(const Request& request);
/// What the store keeps of them, and of a completed request that has yet to remind somebody one of role `system`, which
/// carries the timer and is no task to anybody.
std::vector<Task> kept_tasks_of(const Request& request);

/// Whether the branch has joined or stopped, and waits for the others.
bool has_ended(const Token& branch);
/// The tokens that something can happen to: its own, or those of the branches under way.
std::vector<const Token*> active_tokens(const Request& request);
/// The active token in that state; null where the request does not stand there.
const Token* token_in(const Request& request, std::string_view state);
Token* token_in(Request& request, std::string_view state);

/// Which of the request's tasks one is.
struct TaskPlace {
  std::size_t branch = 0;  ///< of its branches, from 1; 0 for the request's own token
  bool escalated = false;  ///< it is that of those to whom it was escalated, and carries no timer
  bool operator==(const TaskPlace&) const = default;
};
/// Nothing where the request has no such task now. One of kept_tasks_of().
std::optional<TaskPlace> place_of(const Request& request, TaskId task);
bool is_escalation(const Request& request, TaskId task);
/// Whose task it is: the request's own token or a branch's; null where the request has no such task now.
const Token* token_of(const Request& request, TaskId task);

}  // namespace xueji
