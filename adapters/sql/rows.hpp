// Rows of the tables as the engine's values, and the columns that each needs, in their order.
#pragma once
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "adapters/sql/session.hpp"
#include "engine/ports/queries.hpp"
#include "engine/ports/store.hpp"

namespace xueji::sql {

inline constexpr std::string_view student_columns =
    "s.id, s.school_id, s.name, s.id_number, s.sex, s.birth_date, s.status, s.grade, s.class_name, s.open_request_id, "
    "s.version, s.merged_into, s.status_until";
inline constexpr std::string_view student_kinds =
    "iittttt"
    "ttiiit";
Student read_student(const Statement& row, std::size_t from);
/// NULL for none.
template <class Tag>
std::optional<Id<Tag>> present(Id<Tag> id) {
  return id ? std::optional(id) : std::nullopt;
}
/// NULL for none.
inline std::optional<std::string> text_or_none(const std::optional<Date>& date) {
  return date ? std::optional(to_string(*date)) : std::nullopt;
}

/// `record`: the ids of a student and of all records that were merged into it; the student is a value of the question.
inline constexpr std::string_view with_record =
    "WITH RECURSIVE record (id) AS (SELECT s.id FROM student s WHERE s.id = ?i UNION SELECT s.id FROM record c CROSS "
    "JOIN student s ON s.merged_into = c.id) ";

inline constexpr std::string_view request_columns =
    "r.id, r.definition_id, r.student_id, r.school_id, r.state, r.outcome, r.version, r.opened_by, r.opened_at, "
    "r.last_hash, "
    "r.document";
inline constexpr std::string_view request_kinds = "iiiittiiitt";
Request read_request(const Statement& row, std::size_t from);

inline constexpr std::string_view history_columns =
    "h.id, h.request_id, h.student_id, h.definition_id, h.account_id, h.office_id, h.role, h.action, h.from_state, "
    "h.to_state, "
    "h.comment, h.recorded_at, h.effective_at, h.changes, h.request_version, h.previous_hash, h.hash, h.hash_format, "
    "h.submission, b.form_hash, b.evidence_hash, h.about_one";
inline constexpr std::string_view history_kinds =
    "iiiiiittttt"
    "iititt"
    "iitti";
/// What an entry is based on, to be joined to `history h`.
inline constexpr std::string_view join_submission =
    " LEFT JOIN submission b ON b.request_id = h.request_id AND b.ordinal = h.submission ";
HistoryRow read_history(const Statement& row, std::size_t from);

inline constexpr std::string_view submission_columns =
    "p.request_id, p.ordinal, p.round, p.history_id, p.form_hash, p.evidence_hash, p.document";
inline constexpr std::string_view submission_kinds = "iiiittt";
/// Without who submitted it and when.
SubmissionRow read_submission(const Statement& row, std::size_t from);

/// A list in parentheses of 1, 8, 64 or 512 integer (or text) parameters: few sizes, so that statements stay prepared.
std::string parameter_list(std::size_t values, char kind = 'i');
std::size_t padded(std::size_t values);
inline constexpr std::size_t list_max = 512;

/// Runs `ask(chunk)` for pieces of at most list_max.
template <class T, class Ask>
void in_chunks(std::span<const T> values, Ask&& ask) {
  for (std::size_t at = 0; at < values.size(); at += list_max)
    ask(values.subspan(at, std::min(list_max, values.size() - at)));
}

/// Binds a padded list: the last value is repeated.
template <class T>
void bind_list(Statement& statement, std::span<const T> values, std::size_t from = 0) {
  const auto size = padded(values.size());
  for (std::size_t at = 0; at < size; ++at) statement.set(from + at, values[std::min(at, values.size() - 1)]);
}

/// Fills in the numbers of the students, oldest first.
void attach_numbers(Session& session, std::span<Student* const> students);
std::vector<Student> load_students(Session& session, std::span<const StudentId> ids);
/// A request with what only the store knows of it.
struct StoredRequest {
  Request request;
  HistoryId last_history;
  /// The entry up to which it shows its students: of its opening while the student's school does not know it, of its
  /// end once it has ended, whatever is told of it afterwards. None while it shows them as they are.
  HistoryId shown_until;
};
std::vector<StoredRequest> load_requests(Session& session, std::span<const RequestId> ids);

/// A post as one number, so that queues are ordered by small keys: the office times 8 plus the role's number. 0 for
/// none.
long long queue_of(const std::optional<Holder>& holder);
Holder holder_of(long long queue);

/// 60 bits of SHA-256 over account and key, for a small index.
long long key_hash(AccountId account, std::string_view key);

struct Person {
  std::string username, name;
};
std::unordered_map<AccountId, Person> load_people(Session& session, const std::set<AccountId>& ids);

/// Whether a student other than `self` has that ID number.
bool is_anothers_id_number(Session& session, const std::string& id_number, StudentId self);
bool is_anothers_number(Session& session, const std::string& number, StudentId self);

/// Which request has that Request::once; none where none does.
RequestId who_has(Session& session, const std::string& once);

/// The history of the requests above `after` up to `last`, in order of request, then entry; without people's names.
std::vector<HistoryRow> read_chains(Session& session, RequestId after, RequestId last);

/// The next free id of a table, from its highest.
long long next_id(Session& session, std::string_view question);

}  // namespace xueji::sql
