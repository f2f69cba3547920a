#include "adapters/sql/twin_rows.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <unordered_map>

#include "adapters/sql/bulk.hpp"
#include "adapters/sql/rows.hpp"
#include "engine/registry/names.hpp"

namespace xueji::sql {
namespace {

constexpr std::size_t students_in_slice = 1000;

long long next_mark(Session& session) { return next_id(session, "SELECT MAX(id) FROM twin_mark"); }

Slice mark_next_twins(Session& session, const std::string& cursor) {
  long long after = 0;
  std::from_chars(cursor.data(), cursor.data() + cursor.size(), after);
  long long last = after;
  Slice slice{cursor, 0, true};
  auto& rows = session.prepare("SELECT s.id FROM student s WHERE s.id > ?i ORDER BY s.id LIMIT ?i", "i");
  rows.bind(after, students_in_slice).each([&] {
    last = rows.integer(0);
    ++slice.rows;
  });
  if (slice.rows == 0) return slice;
  mark_twins_among(session, StudentId{after + 1}, StudentId{last});
  slice.cursor = std::to_string(last);
  slice.is_last = slice.rows < static_cast<std::int64_t>(students_in_slice);
  return slice;
}

std::int64_t count_students_to_mark(Session& session) {
  auto& row = session.prepare("SELECT COUNT(*) FROM student", "i");
  row.one();
  return row.integer(0);
}

/// In the order of the index, so that nothing is sorted.
std::vector<StudentId> twins_of(Session& session, const Student& student) {
  auto& rows = session.prepare(
      "SELECT o.id FROM student o WHERE o.name_key = ?t AND o.birth_date = ?t AND o.name = ?t AND o.id <> ?i AND "
      "o.status <> 'merged' ORDER BY o.sex, o.id LIMIT ?i",
      "i");
  std::vector<StudentId> twins;
  rows.bind(search_key(student.name), to_string(student.birth_date), std::string_view{student.name}, student.id,
            twins_max)
      .each([&] { twins.push_back(StudentId{rows.integer(0)}); });
  return twins;
}

std::unordered_map<StudentId, Student> students_with(Session& session, const std::set<StudentId>& ids) {
  std::unordered_map<StudentId, Student> students;
  for (auto& student : load_students(session, std::vector<StudentId>(ids.begin(), ids.end()))) {
    const StudentId id = student.id;
    students.emplace(id, std::move(student));
  }
  return students;
}

}  // namespace

void mark_for_twins(Session& session, std::span<const StudentId> students) {
  if (students.empty()) return;
  long long id = next_mark(session);
  Bulk marks(session, "INSERT INTO twin_mark (id, student_id) VALUES (?i, ?i)");
  for (const StudentId student : students) marks.add(id++, student);
  marks.run();
}

void mark_twins_among(Session& session, StudentId first, StudentId last) {
  session
      .prepare(
          "INSERT INTO twin_mark (id, student_id) SELECT s.id + ?i, s.id FROM student s WHERE "
          "s.id >= ?i AND s.id <= ?i AND s.status <> 'merged' AND EXISTS (SELECT 1 FROM student o WHERE "
          "o.name_key = s.name_key AND o.birth_date = s.birth_date AND o.name = s.name AND o.id <> s.id AND o.status "
          "<> 'merged')")
      .bind(next_mark(session) - first.value, first, last)
      .run();
}

SlicedWork fill_twin_marks() {
  return {"a mark for each student of the same name and birth date as another, in order of their ids",
          count_students_to_mark, mark_next_twins};
}

MarkedTwins load_marked_twins(Session& session, std::size_t limit) {
  MarkedTwins found;
  std::set<StudentId> marked;
  auto& rows =
      session.prepare("SELECT m.id, m.student_id FROM twin_mark m WHERE m.id > 0 ORDER BY m.id LIMIT ?i", "ii");
  rows.bind(limit).each([&] {
    found.marks.push_back(rows.integer(0));
    marked.insert(StudentId{rows.integer(1)});
  });
  std::set<StudentId> wanted;
  std::set<std::pair<StudentId, StudentId>> pairs;
  for (const auto& [id, student] : students_with(session, marked)) {
    if (student.status == StudentStatus::merged) continue;
    for (const StudentId twin : twins_of(session, student)) {
      pairs.emplace(std::min(id, twin), std::max(id, twin));
      wanted.insert({id, twin});
    }
  }
  const auto students = students_with(session, wanted);
  for (const auto& [first, second] : pairs) found.twins.push_back({students.at(first), students.at(second)});
  return found;
}

void delete_marks(Session& session, std::span<const std::int64_t> marks) {
  in_chunks<std::int64_t>(marks, [&](std::span<const std::int64_t> chunk) {
    auto& rows = session.prepare("DELETE FROM twin_mark WHERE id IN " + parameter_list(chunk.size()));
    bind_list(rows, chunk);
    rows.run();
  });
}

}  // namespace xueji::sql
