#include "adapters/sql/cursor.hpp"
#include "adapters/sql/question.hpp"
#include "adapters/sql/sql_queries.hpp"
#include "engine/registry/names.hpp"

namespace xueji::sql {
namespace {

/// The least text above every text that begins with `prefix`.
std::string after_prefix(std::string prefix) { return prefix + "\xf4\x8f\xbf\xbf"; }

std::string name_of_list(const StudentFilter& filter) {
  std::string name = "students";
  const auto add = [&](const std::optional<std::string>& part) { name += '|' + part.value_or(""); };
  add(filter.number);
  add(filter.id_number);
  add(filter.name_key);
  add(filter.class_name);
  name += '|' + to_string(filter.school.value_or(OfficeId{}));
  if (filter.status) name += to_string(*filter.status);
  return name;
}

/// How the list of a filter is found: which index it starts from.
struct StudentWay {
  ScopeWay scope;
  bool one_person;
  bool by_name;

  StudentWay(Session& session, const Scope& within, const StudentFilter& filter)
      : scope(scope_way(session, within)),
        one_person(filter.number || filter.id_number),
        by_name(filter.name_key && !one_person && !filter.school && scope == ScopeWay::row_by_row) {}
};

/// An index other than the one wanted is kept away by `+`, which changes no value.
void add_conditions(Question& question, const Scope& scope, const StudentFilter& filter, const StudentWay& way) {
  if (filter.number)
    question.where("s.id = (SELECT n.student_id FROM student_number n WHERE n.number = ?t)",
                   std::string_view{*filter.number});
  if (filter.id_number)
    question.where(filter.number ? "+s.id_number = ?t" : "s.id_number = ?t", std::string_view{*filter.id_number});
  if (filter.school) question.where(way.one_person ? "+s.school_id = ?i" : "s.school_id = ?i", *filter.school);
  if (filter.name_key) {
    const std::string column = way.by_name ? "s.name_key" : "+s.name_key";
    question.where(column + " >= ?t AND " + column + " < ?t", std::string_view{*filter.name_key},
                   std::string_view{after_prefix(*filter.name_key)});
  }
  if (filter.status) question.where("s.status = ?t", to_string(*filter.status));
  if (filter.class_name) question.where("s.class_name = ?t", std::string_view{*filter.class_name});
  const bool start_elsewhere = way.one_person || filter.school.has_value();
  where_in_scope(question, start_elsewhere ? "+s.school_id" : "s.school_id", scope,
                 start_elsewhere && way.scope == ScopeWay::from_schools ? ScopeWay::row_by_row : way.scope);
}

}  // namespace

Page<Student> SqlQueries::students(const Scope& scope, const StudentFilter& filter, const PageRequest& page) {
  const Connections::Reading session(connections_);
  const StudentWay way(*session, scope, filter);
  const bool by_name = way.by_name;
  const std::string list = name_of_list(filter) + (by_name ? "|by name" : "");

  Question question("SELECT " + std::string(student_columns) + ", s.name_key FROM student s");
  add_conditions(question, scope, filter, way);
  if (page.after) {
    const auto key = read_cursor(list, by_name ? "ti" : "i", *page.after);
    if (by_name) {
      question.where("s.name_key >= ?t AND (s.name_key > ?t OR s.id > ?i)", key[0], key[0], key[1]);
    } else {
      question.where_key_after("s.id", false, key[0]);
    }
  }
  question.add(by_name ? " ORDER BY s.name_key, s.id LIMIT ?i" : " ORDER BY s.id LIMIT ?i").value(page.limit + 1);

  std::vector<Student> students;
  auto& rows = question.prepare(*session, std::string(student_kinds) + "t");
  rows.each([&] { students.push_back(read_student(rows, 0)); });
  std::vector<Student*> pointers;
  for (auto& student : students) pointers.push_back(&student);
  attach_numbers(*session, pointers);
  return cut_page(std::move(students), page.limit, [&](const Student& last) {
    return by_name ? make_cursor(list, {search_key(last.name), static_cast<long long>(last.id.value)})
                   : make_cursor(list, {static_cast<long long>(last.id.value)});
  });
}

std::size_t SqlQueries::count_students(const Scope& scope, const StudentFilter& filter, std::size_t limit) {
  const Connections::Reading session(connections_);
  Question question("SELECT 1 FROM student s");
  add_conditions(question, scope, filter, StudentWay(*session, scope, filter));
  return count_up_to(*session, std::move(question), limit);
}

std::optional<Student> SqlQueries::student(StudentId id) {
  const Connections::Reading session(connections_);
  auto found = load_students(*session, std::span(&id, 1));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<DuplicateHit> SqlQueries::duplicates(const DuplicateProbe& probe) {
  constexpr std::size_t hits_max = 20;
  const Connections::Reading session(connections_);
  std::vector<DuplicateHit> hits;
  const auto add = [&](Statement& rows, const char* code) {
    rows.each([&] { hits.push_back({StudentId{rows.integer(0)}, OfficeId{rows.integer(1)}, code}); });
  };
  if (probe.id_number) {
    add(session
            ->prepare(
                "SELECT s.id, s.school_id FROM student s WHERE s.id_number = ?t AND s.id <> ?i ORDER BY s.id LIMIT ?i",
                "ii")
            .bind(*probe.id_number, probe.self, hits_max),
        "same_id_number");
  }
  add(session
          ->prepare("SELECT s.id, s.school_id FROM student s WHERE s.name = ?t AND s.birth_date = ?t AND s.sex = ?t "
                    "AND s.id <> ?i "
                    "ORDER BY s.id LIMIT ?i",
                    "ii")
          .bind(probe.name, to_string(probe.birth_date), to_string(probe.sex), probe.self, hits_max),
      "same_name_birth_date_sex");
  if (probe.id_number) {
    add(session
            ->prepare("SELECT s.id, s.school_id FROM student_number n CROSS JOIN student s ON s.id = n.student_id "
                      "WHERE n.number IN (?t, ?t) AND n.student_id <> ?i ORDER BY s.id LIMIT ?i",
                      "ii")
            .bind("G" + *probe.id_number, "J" + *probe.id_number, probe.self, hits_max),
        "number_of_another");
  }
  return hits;
}

bool SqlQueries::is_anothers_id_number(const std::string& id_number, StudentId self) {
  const Connections::Reading session(connections_);
  return sql::is_anothers_id_number(*session, id_number, self);
}

}  // namespace xueji::sql
