#include "adapters/sql/cursor.hpp"
#include "adapters/sql/finding_questions.hpp"
#include "adapters/sql/question.hpp"
#include "adapters/sql/restored_students.hpp"
#include "adapters/sql/sql_queries.hpp"
#include "engine/registry/names.hpp"

namespace xueji::sql {
namespace {

/// With more schools than most prefectures have, what is sought is looked for among all keys, else school by school.
constexpr std::size_t few_schools_to_look_through = 512;

std::string name_of_list(const StudentFilter& filter) {
  std::string name = "students";
  const auto add = [&](const std::optional<std::string>& part) { name += '|' + part.value_or(""); };
  add(filter.number);
  add(filter.id_number);
  add(filter.class_name);
  name += '|' + to_string(filter.school.value_or(OfficeId{}));
  if (filter.status) name += to_string(*filter.status);
  if (filter.status_until_before) name += "|until " + to_string(*filter.status_until_before);
  if (filter.sought)
    for (const auto& prefix : *filter.sought) name += '|' + prefix;
  return name;
}

/// How the list of a filter is found: which index it starts from.
struct StudentWay {
  ScopeWay scope;
  bool one_person;
  bool by_keys;   ///< from the keys of the nation, in their order
  bool by_lists;  ///< through the lists of keys of some schools, in the order of schools and students
  bool apart;     ///< of a count: the schools by their index, and the rows of those within the scope alone, as `m`

  StudentWay(Session& session, const Scope& within, const StudentFilter& filter, bool counts = false)
      : scope(scope_way(session, within, filter.sought ? few_schools_to_look_through : few_schools)),
        one_person(filter.number || filter.id_number),
        by_keys(filter.sought && !one_person && !filter.school && scope == ScopeWay::row_by_row),
        by_lists(filter.sought && !one_person && !by_keys),
        apart(counts && !one_person && !filter.sought) {}

  std::string from() const {
    if (by_lists) return " FROM student_key_list f CROSS JOIN student s ON s.id = f.student_id";
    return apart ? " FROM student s CROSS JOIN student m ON m.id = s.id" : " FROM student s";
  }
  std::string order() const { return by_lists ? " ORDER BY f.school_id, f.student_id" : " ORDER BY s.id"; }
};

/// Those on the row of a student alone. Who asks for no status is shown no merged record.
void add_conditions_on_student(Question& question, const StudentFilter& filter, const std::string& row = "s") {
  if (filter.status)
    question.where(row + ".status = ?t", to_string(*filter.status));
  else
    question.where(row + ".status <> 'merged'");
  if (filter.class_name) question.where(row + ".class_name = ?t", std::string_view{*filter.class_name});
  if (filter.status_until_before)
    question.where(row + ".status_until < ?t", std::string_view{to_string(*filter.status_until_before)});
}

/// An index other than the one wanted is kept away by `+`, which changes no value.
void add_conditions(Question& question, const Scope& scope, const StudentFilter& filter, const StudentWay& way) {
  if (filter.number)
    question.where("s.id = (SELECT n.student_id FROM student_number n WHERE n.number = ?t)",
                   std::string_view{*filter.number});
  if (filter.id_number)
    question.where(filter.number ? "+s.id_number = ?t" : "s.id_number = ?t", std::string_view{*filter.id_number});
  const std::string school = way.by_lists ? "f.school_id" : "s.school_id";
  if (filter.school) question.where(way.one_person ? "+s.school_id = ?i" : school + " = ?i", *filter.school);
  if (filter.sought) where_found(question, *filter.sought);
  add_conditions_on_student(question, filter, way.apart ? "m" : "s");
  const bool start_elsewhere = way.one_person || filter.school.has_value();
  where_in_scope(question, start_elsewhere ? "+s.school_id" : school, scope,
                 start_elsewhere && way.scope == ScopeWay::from_schools ? ScopeWay::row_by_row : way.scope);
}

Question question_of(std::string_view columns, const Scope& scope, const StudentFilter& filter, const StudentWay& way) {
  Question question("SELECT " + std::string(columns) + way.from() +
                    std::string(filter.sought && !way.by_lists ? join_key_list : ""));
  add_conditions(question, scope, filter, way);
  return question;
}

constexpr std::string_view joined_to_keys = " CROSS JOIN student s ON s.id = k.student_id";

Page<Student> page_by_keys(Session& session, const Scope& scope, const StudentFilter& filter, const PageRequest& page) {
  const std::string list = name_of_list(filter) + "|by keys";
  // A cursor may stand in an address, and holds no part of a name: the place is the student's among the keys.
  std::optional<KeyPlace> after;
  if (page.after) {
    after = place_of(session, StudentId{std::get<long long>(read_cursor(list, "i", *page.after)[0])}, *filter.sought);
    if (!after) throw BadCursor();
  }
  auto found = students_by_keys(
      session, *filter.sought, joined_to_keys,
      [&](Question& question) {
        add_conditions_on_student(question, filter);
        where_in_scope(question, "k.school_id", scope, ScopeWay::row_by_row);
      },
      after, page.limit + 1);
  auto cut = cut_page(std::move(found), page.limit, [&](const std::pair<Student, KeyPlace>& last) {
    return make_cursor(list, {static_cast<long long>(last.second.student.value)});
  });
  Page<Student> students{{}, std::move(cut.next)};
  for (auto& [student, place] : cut.items) students.items.push_back(std::move(student));
  return students;
}

}  // namespace

Page<Student> SqlQueries::students(const Scope& scope, const StudentFilter& filter, const PageRequest& page) {
  const Connections::Reading session(connections_);
  const StudentWay way(*session, scope, filter);
  if (way.by_keys) return page_by_keys(*session, scope, filter, page);
  const std::string list = name_of_list(filter) + (way.by_lists ? "|by lists" : "");

  auto question = question_of(student_columns, scope, filter, way);
  if (page.after) {
    const auto key = read_cursor(list, way.by_lists ? "ii" : "i", *page.after);
    if (way.by_lists)
      question.where("f.school_id >= ?i AND (f.school_id > ?i OR f.student_id > ?i)", key[0], key[0], key[1]);
    else
      question.where_key_after("s.id", false, key[0]);
  }
  question.add(way.order() + " LIMIT ?i").value(page.limit + 1);

  std::vector<Student> students;
  auto& rows = question.prepare(*session, student_kinds);
  rows.each([&] { students.push_back(read_student(rows, 0)); });
  std::vector<Student*> pointers;
  for (auto& student : students) pointers.push_back(&student);
  attach_numbers(*session, pointers);
  return cut_page(std::move(students), page.limit, [&](const Student& last) {
    const auto id = static_cast<long long>(last.id.value);
    return way.by_lists ? make_cursor(list, {static_cast<long long>(last.school.value), id}) : make_cursor(list, {id});
  });
}

std::size_t SqlQueries::count_students(const Scope& scope, const StudentFilter& filter, std::size_t limit) {
  const Connections::Reading session(connections_);
  const StudentWay way(*session, scope, filter, true);
  if (!way.by_keys) return count_up_to(*session, question_of("1", scope, filter, way), limit);
  auto ids = ids_by_keys(*filter.sought, joined_to_keys, [&](Question& question) {
    add_conditions_on_student(question, filter);
    where_in_scope(question, "k.school_id", scope, ScopeWay::row_by_row);
  });
  return count_up_to(*session, std::move(ids.wrap("SELECT DISTINCT student_id FROM (", ") found")), limit);
}

std::optional<Student> SqlQueries::student(StudentId id) {
  const Connections::Reading session(connections_);
  auto found = load_students(*session, std::span(&id, 1));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<Student> SqlQueries::students_as_of(const std::vector<StudentId>& ids, Instant moment) {
  if (ids.empty()) return {};
  const Connections::Reading session(connections_);
  std::unordered_map<StudentId, Student> students;
  for (auto& student : load_students(*session, ids)) students.emplace(student.id, std::move(student));
  TakingBack later;
  in_chunks<StudentId>(ids, [&](std::span<const StudentId> chunk) {
    auto& changes = session->prepare("SELECT c.student_id, " + std::string(TakingBack::columns) +
                                         " FROM student_change c WHERE c.recorded_at > ?i AND c.student_id IN " +
                                         parameter_list(chunk.size()) + " ORDER BY c.student_id, c.id DESC",
                                     "i" + std::string(TakingBack::kinds));
    changes.set(0, moment);
    bind_list(changes, chunk, 1);
    changes.each([&] { later.take_back(students.at(StudentId{changes.integer(0)}), changes, 1); });
  });
  std::vector<Student> found;
  for (const StudentId id : ids)
    if (const auto student = students.find(id); student != students.end()) found.push_back(student->second);
  return found;
}

std::vector<SchoolLeft> SqlQueries::schools_left(StudentId id, Instant since) {
  const Connections::Reading session(connections_);
  auto& rows = session->prepare(
      "SELECT c.old_value, c.recorded_at FROM student_change c WHERE c.student_id = ?i AND c.member = 'school' AND "
      "c.recorded_at > ?i ORDER BY c.id",
      "ti");
  std::vector<SchoolLeft> left;
  rows.bind(id, since).each([&] {
    if (const auto school = parse_id<OfficeId>(rows.text(0))) left.push_back({*school, instant_of(rows.integer(1))});
  });
  return left;
}

std::vector<DuplicateHit> SqlQueries::duplicates(const DuplicateProbe& probe) {
  constexpr std::size_t hits_max = 20;
  const Connections::Reading session(connections_);
  std::vector<DuplicateHit> hits;
  const auto add = [&](Statement& rows, const char* code) {
    rows.each([&] { hits.push_back({StudentId{rows.integer(0)}, OfficeId{rows.integer(1)}, rows.text(2), code}); });
  };
  if (probe.id_number) {
    add(session
            ->prepare("SELECT s.id, s.school_id, s.name FROM student s WHERE s.id_number = ?t AND s.id <> ?i ORDER BY "
                      "s.id LIMIT ?i",
                      "iit")
            .bind(*probe.id_number, probe.self, hits_max),
        "same_id_number");
  }
  add(session
          ->prepare("SELECT s.id, s.school_id, s.name FROM student s WHERE s.name_key = ?t AND s.birth_date = ?t AND "
                    "s.sex = ?t "
                    "AND s.id <> ?i AND s.status <> 'merged' "
                    "ORDER BY s.id LIMIT ?i",
                    "iit")
          .bind(search_key(probe.name), to_string(probe.birth_date), to_string(probe.sex), probe.self, hits_max),
      "same_name_birth_date_sex");
  if (probe.id_number) {
    add(session
            ->prepare(
                "SELECT s.id, s.school_id, s.name FROM student_number n CROSS JOIN student s ON s.id = n.student_id "
                "WHERE n.number IN (?t, ?t) AND n.student_id <> ?i ORDER BY s.id LIMIT ?i",
                "iit")
            .bind("G" + *probe.id_number, "J" + *probe.id_number, probe.self, hits_max),
        "number_of_another");
  }
  return hits;
}

bool SqlQueries::is_anothers_id_number(const std::string& id_number, StudentId self) {
  const Connections::Reading session(connections_);
  return sql::is_anothers_id_number(*session, id_number, self);
}

bool SqlQueries::is_anothers_number(const std::string& number, StudentId self) {
  const Connections::Reading session(connections_);
  return sql::is_anothers_number(*session, number, self);
}

RequestId SqlQueries::who_has(const std::string& once) {
  const Connections::Reading session(connections_);
  return sql::who_has(*session, once);
}

}  // namespace xueji::sql
