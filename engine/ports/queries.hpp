// The read side of persistence: lists and details, for the resources of the API. Every list is paged by key, bounded by
// `limit`, and cut to the jurisdiction that the caller's side passes in; nothing here decides about rights.
#pragma once
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/machine/decide.hpp"

namespace xueji {

/// The offices whose students may be returned, and the requests that have one of them as a place (offices_in_sight()),
/// with all below them. Empty returns nothing. Requests of which a part alone is seen (parts_in_sight()) are no part of
/// it but where that is said.
struct Scope {
  std::vector<OfficeId> offices;
};

/// A page: `after` is what the last page returned as `next`; texts are opaque to callers.
struct PageRequest {
  std::size_t limit = 50;
  std::optional<std::string> after;
};
template <class Item>
struct Page {
  std::vector<Item> items;
  std::optional<std::string> next;
};
/// Thrown for a cursor that this query did not make.
struct BadCursor : std::runtime_error {
  BadCursor() : std::runtime_error("cursor") {}
};

struct StudentFilter {
  std::optional<std::string> number;
  std::optional<std::string> id_number;            ///< normalised
  std::optional<std::vector<std::string>> sought;  ///< beginnings of finding_keys(), one of which must be met
  std::optional<OfficeId> school;
  std::optional<StudentStatus> status;  ///< merged records are left out unless it is `merged`
  std::optional<std::string> class_name;
  std::optional<Date> status_until_before;  ///< only those with a term that ends before that day
};

struct RequestFilter {
  std::optional<std::string> workflow;
  std::optional<std::string> state;
  std::optional<Outcome> outcome;
  std::optional<bool> open;                        ///< true: without an outcome; false: ended
  std::optional<StudentId> student;                ///< one of those that it is about
  std::optional<OfficeId> school;                  ///< a place of the request
  std::optional<AccountId> opened_by;              ///< `mine`
  std::optional<std::vector<std::string>> sought;  ///< of the student, as in StudentFilter
};

enum class TaskSort { since, due };
struct TaskFilter {
  std::vector<Holder> queues;  ///< the posts whose tasks are wanted
  std::optional<std::string> workflow;
  std::optional<std::string> state;
  std::optional<Instant> overdue_at;               ///< only tasks due before this instant
  std::optional<std::vector<std::string>> sought;  ///< of the student, as in StudentFilter
  TaskSort sort = TaskSort::since;
  bool descending = false;
};

/// What reached one person, or one of their posts.
struct InboxFilter {
  AccountId account;
  std::vector<Holder> posts;
  std::optional<NotificationId> after;  ///< only those with a higher id, oldest first
  bool unread = false;                  ///< only those not read
};

/// Jobs of the machine: requests that stand in a check state.
struct CheckFilter {
  Holder queue;               ///< of the machine
  std::optional<bool> asked;  ///< true: asked at least once, and not to be had; false: not asked yet
};

/// Who has claimed a request, or one of its branches.
struct Claimer {
  AccountId account;
  std::string username, name;
  std::vector<Post> posts{};  ///< none where the account is shut out
};

/// An act that is not done yet and may be undone, for people.
struct PendingRow {
  PendingAct act;  ///< of what was asked for only the action
  std::string by_username, by_name;
};

/// One of several students of a request, for people.
struct SubjectRow {
  Subject subject;
  Student student;  ///< without the changes that came later where the request has ended, or the student is set aside
  std::string set_aside_by_username, set_aside_by_name;  ///< empty for the machine
  std::optional<Student> when_left{};                    ///< as RequestRow::when_left
};
inline constexpr std::size_t first_subjects = 20;

struct RequestRow {
  Request request;
  Student student;  ///< of an ended request as it stood then: without the changes that came later
  OfficeId school;  ///< where the student is now
  std::string opened_by_username, opened_by_name;
  std::vector<Claimer> claimers;  ///< each once
  std::optional<PendingRow> pending{};
  std::vector<SubjectRow> subjects{};  ///< of several students the first_subjects
  /// Once it is cut to its reader: as of which end of a part.
  std::optional<PartEnd> part_ended{};
  /// Once it is cut to its reader: the student as the record left their sight, which is all that they are shown.
  std::optional<Student> when_left{};
};

/// A school from which a record went to another one.
struct SchoolLeft {
  OfficeId school;
  Instant at;
};

struct TaskRow {
  Task task;
  std::int64_t request_version = 0;
  DefinitionId definition;
  StudentId student;
  std::string student_name;
  OfficeId school;
  std::string claimed_by_username, claimed_by_name;  ///< empty while unclaimed
  std::vector<Finding> suspect{};                    ///< those of the request's findings that are
  std::optional<PendingRow> pending{};
  int subjects = 1;  ///< how many students the request is about; `student` is the first
};

struct CheckRow {
  TaskId id;
  Request request;
  std::string student_name;
};

/// A task that nobody at its post can decide; its token is marked.
struct UndecidableRow {
  TaskId id;
  Request request;
};

struct HistoryRow {
  HistoryId id;
  RequestId request;
  StudentId student;
  DefinitionId definition;
  HistoryDraft entry;
  std::string by_username, by_name;  ///< empty for the machine
  std::string hash, previous_hash;
  int hash_format = 0;
  std::int64_t request_version = 0;  ///< after it
};

/// What was pinned, by whom and when.
struct SubmissionRow {
  RequestId request;
  Submission submission;
  PinnedForm hashes;
  HistoryId history;  ///< the entry that it was pinned with
  Instant at;
  AccountId by;
  std::string by_username, by_name;  ///< empty for the machine
};

struct NotificationRow {
  NotificationId id;
  Instant at;
  std::string kind;
  RequestId request;
  DefinitionId definition;
  std::string state;  ///< that the request reached
  std::string comment;
  std::string student_name;
  bool read = false;
  Text reason{};     ///< instead of a comment what the machine said: why an act was not done, what could not be opened
  int subjects = 1;  ///< how many students the request is about; `student_name` is the first's
};

/// What one history entry means to the live interface, or what became of an act that could be undone; enough to make
/// every event of it without another query.
struct OutboxRow {
  HistoryId id;     ///< of the entry; what is told beside the history is numbered along with it
  HistoryId first;  ///< of the entries made with it; none where it was read from the store
  RequestId request;
  DefinitionId definition;
  std::int64_t version = 0;
  std::string action;  ///< of the entry; else `pending`, `undo` or `undone`
  Instant at;
  std::string state;                ///< after it
  std::vector<Task> before, after;  ///< tasks of the request, without those of role `system`
  std::vector<OfficeId> concerned;  ///< school, initiator's office, offices that decided or hold it
  struct Told {
    NotificationId id;
    std::string kind;
    AccountId account;
    std::optional<Holder> holder;
  };
  std::vector<Told> told;
};

/// Counts for plots and badges, bounded to the scope.
struct StatisticsRow {
  std::string workflow;
  std::string state;  ///< or the outcome, for ended ones
  bool ended = false;
  std::int64_t count = 0;
  std::int64_t overdue = 0;
};

/// The same of one version of a definition; ended ones stand in their end state.
struct DefinitionCount {
  DefinitionId definition;
  std::string state;
  std::int64_t count = 0;
  std::int64_t overdue = 0;
};

/// What waits in a state, and since when. A request in parallel branches waits in a state of each.
struct StateWaiting {
  DefinitionId definition;
  std::string state;
  std::int64_t count = 0;
  std::int64_t overdue = 0;
  std::chrono::seconds mean{0};  ///< that they have waited there until now
  std::chrono::seconds longest{0};
};

struct DatabaseFacts {
  std::int64_t size_bytes = 0;
  int schema_version = 0;
};

/// The students that stand in the way of a record, and the record's own former numbers.
struct DuplicateProbe {
  StudentId self;
  std::optional<std::string> id_number;
  std::string name;
  Sex sex;
  Date birth_date;
};
struct DuplicateHit {
  StudentId student;
  OfficeId school;
  std::string name;  ///< as it is written there
  std::string code;  ///< `same_id_number`, `same_name_birth_date_sex`, `number_of_another`
};

/// Safe from any thread. Counts are bounded, never more than `limit`, and else what the list with the same filter
/// holds. Each call takes one session of the read pool and throws StoreError when none is free in time.
class Queries {
 public:
  virtual ~Queries() = default;
  virtual Page<Student> students(const Scope&, const StudentFilter&, const PageRequest&) = 0;
  virtual std::size_t count_students(const Scope&, const StudentFilter&, std::size_t limit) = 0;
  virtual std::optional<Student> student(StudentId) = 0;
  /// Without what was changed in their records after that moment, in the order of the ids; unknown ones are left out.
  virtual std::vector<Student> students_as_of(const std::vector<StudentId>& ids, Instant moment) = 0;
  /// The schools that the record left since that moment, oldest first.
  virtual std::vector<SchoolLeft> schools_left(StudentId, Instant since) = 0;
  /// Entries that changed the registry, newest first: of that student, and of the records merged into theirs, directly
  /// or by way of others. HistoryRow::student says whose record it was.
  virtual Page<HistoryRow> student_history(StudentId, const PageRequest&) = 0;
  /// With those of which a part is seen, whole as the others: the caller cuts them to it. What stands now finds none of
  /// them (`state`, `outcome`, `open`, `school`), and no name that the student had only after it.
  virtual Page<RequestRow> requests(const Scope&, const RequestFilter&, const PageRequest&) = 0;
  virtual std::size_t count_requests(const Scope&, const RequestFilter&, std::size_t limit) = 0;
  virtual std::optional<RequestRow> request(RequestId) = 0;
  /// Of several students, in the order of their ordinals; with `set_aside` only those that are, or are not.
  virtual Page<SubjectRow> subjects(RequestId, std::optional<bool> set_aside, const PageRequest&) = 0;
  /// Oldest first.
  virtual Page<HistoryRow> request_history(RequestId, const PageRequest&) = 0;
  /// Newest first; those with ordinals up to `through`.
  virtual Page<SubmissionRow> submissions(RequestId, int through, const PageRequest&) = 0;
  virtual Page<TaskRow> tasks(const TaskFilter&, const PageRequest&) = 0;
  virtual std::size_t count_tasks(const TaskFilter&, std::size_t limit) = 0;
  /// Newest first unless the filter says after which; those about requests of the scope alone, whoever was told.
  virtual Page<NotificationRow> notifications(const Scope&, const InboxFilter&, const PageRequest&) = 0;
  virtual std::size_t count_notifications(const Scope&, const InboxFilter&, std::size_t limit) = 0;
  /// Of the requests within the scope, longest waiting first.
  virtual Page<CheckRow> checks(const Scope&, const CheckFilter&, const PageRequest&) = 0;
  virtual std::size_t count_checks(const Scope&, const CheckFilter&, std::size_t limit) = 0;
  /// Marked as undecidable, of the requests within the scope; longest so first.
  virtual Page<UndecidableRow> undecidable(const Scope&, const PageRequest&) = 0;
  virtual std::size_t count_undecidable() = 0;
  /// Those that exist, in no order.
  virtual std::vector<Request> requests_with(const std::vector<RequestId>& ids) = 0;
  /// Open requests with ids above `after`, in their order.
  virtual std::vector<RequestId> open_requests(RequestId after, std::size_t limit) = 0;
  virtual std::vector<StatisticsRow> statistics(const Scope&, Instant now) = 0;
  /// In order of definition and state.
  virtual std::vector<DefinitionCount> definition_counts(const Scope&, Instant now) = 0;
  /// In order of definition and state; of the requests within the scope. Costs no more than there are tasks.
  virtual std::vector<StateWaiting> waiting(const Scope&, Instant now) = 0;
  virtual std::vector<DuplicateHit> duplicates(const DuplicateProbe&) = 0;
  /// Whether a student other than `self` has that ID number.
  virtual bool is_anothers_id_number(const std::string& id_number, StudentId self) = 0;
  /// Whether a student other than `self` has or had the eighteen characters of that student number, after any letter.
  virtual bool is_anothers_number(const std::string& number, StudentId self) = 0;
  /// Which request has that Request::once; none where none does.
  virtual RequestId who_has(const std::string& once) = 0;
  /// What was told with an id above `after`, oldest first.
  virtual std::vector<OutboxRow> outbox(HistoryId after, std::size_t limit) = 0;
  /// Of the history and of what was told beside it.
  virtual HistoryId newest_history() = 0;
  /// Open requests that run on the definition, with ids above `after`, in their order.
  virtual std::vector<RequestId> open_requests_on(DefinitionId definition, RequestId after, std::size_t limit) = 0;
  /// The requests within the scope that refer to this upload exist: it may be read. Also where a part is seen that did.
  virtual bool evidence_is_referenced(const std::string& sha256, const Scope&) = 0;
  /// The history of all requests, for `xueji audit verify`: in order of request, then id.
  virtual std::vector<HistoryRow> audit_page(RequestId request_after, std::size_t requests) = 0;
  virtual DatabaseFacts database_facts() = 0;
  /// Asks one small question, and whether a commit still means that it is safe on the disk. Throws StoreError with what
  /// is wrong.
  virtual void check_health() = 0;
};

}  // namespace xueji
