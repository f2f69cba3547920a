#include "adapters/sql/rows.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "adapters/sql/history_document.hpp"
#include "adapters/sql/json_text.hpp"
#include "adapters/sql/request_document.hpp"
#include "engine/machine/history_hash.hpp"

namespace xueji::sql {
namespace {

/// What `read` makes of the row with this id, which is named where it is damaged.
template <class Read>
auto named(const char* table, long long id, Read&& read) {
  try {
    return read();
  } catch (const StoreError& error) {
    throw StoreError(error.kind, std::string(error.what()) + ", " + table + " " + std::to_string(id));
  }
}

Student student_from(const Statement& row, std::size_t from) {
  Student student;
  student.id = StudentId{row.integer(from)};
  student.school = OfficeId{row.integer(from + 1)};
  student.name = row.text(from + 2);
  if (!row.null(from + 3)) student.id_number = row.text(from + 3);
  student.sex = word(parse_sex(row.text(from + 4)), "a sex");
  student.birth_date = word(parse_date(row.text(from + 5)), "a birth date");
  student.status = word(parse_student_status(row.text(from + 6)), "a status");
  student.grade = row.text(from + 7);
  student.class_name = row.text(from + 8);
  student.open_request = RequestId{row.integer(from + 9)};
  student.version = row.integer(from + 10);
  if (!row.null(from + 11)) student.merged_into = StudentId{row.integer(from + 11)};
  if (!row.null(from + 12)) student.status_until = word(parse_date(row.text(from + 12)), "the end of a term");
  return student;
}

Request request_from(const Statement& row, std::size_t from) {
  Request request;
  request.id = RequestId{row.integer(from)};
  request.definition = DefinitionId{row.integer(from + 1)};
  request.student = StudentId{row.integer(from + 2)};
  request.school = OfficeId{row.integer(from + 3)};
  request.token.state = row.text(from + 4);
  if (!row.text(from + 5).empty()) request.outcome = word(parse_outcome(row.text(from + 5)), "an outcome");
  request.version = row.integer(from + 6);
  request.opened_by = AccountId{row.integer(from + 7)};
  request.opened_at = instant_of(row.integer(from + 8));
  request.last_hash = row.text(from + 9);
  read_document(row.text(from + 10), request);
  return request;
}

HistoryRow history_from(const Statement& row, std::size_t from) {
  HistoryRow entry;
  entry.id = HistoryId{row.integer(from)};
  entry.request = RequestId{row.integer(from + 1)};
  entry.student = StudentId{row.integer(from + 2)};
  entry.definition = DefinitionId{row.integer(from + 3)};
  entry.entry.by = AccountId{row.integer(from + 4)};
  if (row.integer(from + 5) != 0)
    entry.entry.as = Holder{OfficeId{row.integer(from + 5)}, word(parse_role(row.text(from + 6)), "a role")};
  entry.entry.action = row.text(from + 7);
  entry.entry.from = row.text(from + 8);
  entry.entry.to = row.text(from + 9);
  entry.entry.comment = row.text(from + 10);
  entry.entry.recorded_at = instant_of(row.integer(from + 11));
  entry.entry.effective_at = instant_of(row.integer(from + 12));
  entry.entry.changes = changes_from_text(row.text(from + 13));
  entry.request_version = row.integer(from + 14);
  entry.previous_hash = row.text(from + 15);
  entry.hash = row.text(from + 16);
  entry.hash_format = static_cast<int>(row.integer(from + 17));
  if (const auto ordinal = row.integer(from + 18); ordinal != 0 && !row.null(from + 19))
    entry.entry.based_on = {static_cast<int>(ordinal), row.text(from + 19), row.text(from + 20)};
  if (row.integer(from + 21) != 0) entry.entry.about = entry.student;
  return entry;
}

}  // namespace

Student read_student(const Statement& row, std::size_t from) {
  return named("student", row.integer(from), [&] { return student_from(row, from); });
}

Request read_request(const Statement& row, std::size_t from) {
  return named("request", row.integer(from), [&] { return request_from(row, from); });
}

SubmissionRow read_submission(const Statement& row, std::size_t from) {
  return named("submission of request", row.integer(from), [&] {
    SubmissionRow found;
    found.request = RequestId{row.integer(from)};
    found.submission.ordinal = static_cast<int>(row.integer(from + 1));
    found.submission.round = static_cast<int>(row.integer(from + 2));
    found.history = HistoryId{row.integer(from + 3)};
    found.hashes = {found.submission.ordinal, row.text(from + 4), row.text(from + 5)};
    read_submission(row.text(from + 6), found.submission);
    return found;
  });
}

HistoryRow read_history(const Statement& row, std::size_t from) {
  return named("history", row.integer(from), [&] { return history_from(row, from); });
}

std::size_t padded(std::size_t values) {
  for (const std::size_t size : {std::size_t{1}, std::size_t{8}, std::size_t{64}, list_max})
    if (values <= size) return size;
  throw std::logic_error("a list longer than list_max");
}

std::string parameter_list(std::size_t values, char kind) {
  std::string text = "(";
  for (std::size_t at = 0; at < padded(values); ++at) {
    if (at != 0) text += ',';
    text += '?';
    text += kind;
  }
  return text + ")";
}

void attach_numbers(Session& session, std::span<Student* const> students) {
  std::unordered_map<long long, Student*> by_id;
  std::vector<StudentId> ids;
  for (auto* student : students)
    if (by_id.emplace(student->id.value, student).second) ids.push_back(student->id);
  in_chunks<StudentId>(ids, [&](std::span<const StudentId> chunk) {
    auto& rows =
        session.prepare("SELECT student_id, number, kind, state, since FROM student_number WHERE student_id IN " +
                            parameter_list(chunk.size()) + " ORDER BY since, number",
                        "ittti");
    bind_list(rows, chunk);
    rows.each([&] {
      by_id.at(rows.integer(0))
          ->numbers.push_back({rows.text(1), word(parse_number_kind(rows.text(2)), "a kind of number"),
                               word(parse_number_state(rows.text(3)), "the state of a number"),
                               instant_of(rows.integer(4))});
    });
  });
}

std::vector<Student> load_students(Session& session, std::span<const StudentId> ids) {
  std::vector<Student> students;
  students.reserve(ids.size());
  in_chunks<StudentId>(ids, [&](std::span<const StudentId> chunk) {
    auto& rows = session.prepare(
        "SELECT " + std::string(student_columns) + " FROM student s WHERE s.id IN " + parameter_list(chunk.size()),
        student_kinds);
    bind_list(rows, chunk);
    rows.each([&] { students.push_back(read_student(rows, 0)); });
  });
  std::vector<Student*> pointers;
  pointers.reserve(students.size());
  for (auto& student : students) pointers.push_back(&student);
  attach_numbers(session, pointers);
  return students;
}

std::vector<StoredRequest> load_requests(Session& session, std::span<const RequestId> ids) {
  std::vector<StoredRequest> requests;
  requests.reserve(ids.size());
  in_chunks<RequestId>(ids, [&](std::span<const RequestId> chunk) {
    auto& rows = session.prepare("SELECT " + std::string(request_columns) +
                                     ", r.last_history_id, r.shown_until FROM request r WHERE r.id IN " +
                                     parameter_list(chunk.size()),
                                 std::string(request_kinds) + "ii");
    bind_list(rows, chunk);
    rows.each([&] {
      requests.push_back({read_request(rows, 0), HistoryId{rows.integer(request_kinds.size())},
                          HistoryId{rows.integer(request_kinds.size() + 1)}});
    });
  });
  return requests;
}

std::unordered_map<AccountId, Person> load_people(Session& session, const std::set<AccountId>& ids) {
  std::unordered_map<AccountId, Person> people;
  std::vector<AccountId> known;
  for (const auto id : ids)
    if (id) known.push_back(id);
  in_chunks<AccountId>(known, [&](std::span<const AccountId> chunk) {
    auto& rows =
        session.prepare("SELECT id, username, name FROM account WHERE id IN " + parameter_list(chunk.size()), "itt");
    bind_list(rows, chunk);
    rows.each([&] { people[AccountId{rows.integer(0)}] = {rows.text(1), rows.text(2)}; });
  });
  return people;
}

namespace {

/// The roles by their numbers in the store, which never change.
constexpr std::array numbered_roles{Role::registrar, Role::head,  Role::reviewer,
                                    Role::approver,  Role::admin, Role::system};
constexpr long long roles_max = 8;

}  // namespace

long long queue_of(const std::optional<Holder>& holder) {
  if (!holder) return 0;
  const auto role = std::find(numbered_roles.begin(), numbered_roles.end(), holder->role);
  return holder->office.value * roles_max + 1 + (role - numbered_roles.begin());
}

Holder holder_of(long long queue) {
  const auto number = queue % roles_max;
  if (number < 1 || number > static_cast<long long>(numbered_roles.size())) throw unreadable_row("a queue");
  return {OfficeId{queue / roles_max}, numbered_roles[static_cast<std::size_t>(number - 1)]};
}

long long key_hash(AccountId account, std::string_view key) {
  constexpr std::size_t digits = 15;
  constexpr int base = 16;
  const std::string hash = sha256_hex(key_text(account, key));
  long long value = 0;
  std::from_chars(hash.data(), hash.data() + digits, value, base);
  return value;
}

long long next_id(Session& session, std::string_view question) {
  auto& row = session.prepare(question, "i");
  row.one();
  return row.integer(0) + 1;
}

bool is_anothers_id_number(Session& session, const std::string& id_number, StudentId self) {
  auto& row = session.prepare("SELECT 1 FROM student WHERE id_number = ?t AND id <> ?i LIMIT 1", "i");
  return row.bind(std::string_view{id_number}, self).one();
}

bool is_anothers_number(Session& session, const std::string& number, StudentId self) {
  const std::string characters = number.substr(1);
  auto& row =
      session.prepare("SELECT 1 FROM student_number WHERE number IN (?t, ?t, ?t) AND student_id <> ?i LIMIT 1", "i");
  return row.bind("G" + characters, "L" + characters, "J" + characters, self).one();
}

RequestId who_has(Session& session, const std::string& once) {
  auto& row = session.prepare("SELECT request_id FROM request_once WHERE once_hash = ?t", "i");
  return row.bind(std::string_view{once}).one() ? RequestId{row.integer(0)} : RequestId{};
}

}  // namespace xueji::sql
