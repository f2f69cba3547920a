#include "adapters/sql/finding_questions.hpp"

#include <algorithm>

#include "adapters/sql/finding_rows.hpp"
#include "engine/registry/finding.hpp"

namespace xueji::sql {
namespace {

/// The least text above every text that begins with `prefix`.
std::string after_prefix(const std::string& prefix) { return prefix + "\xf4\x8f\xbf\xbf"; }

void where_within(Question& question, const std::string& prefix) {
  question.where("k.found_by >= ?t AND k.found_by < ?t", std::string_view{prefix},
                 std::string_view{after_prefix(prefix)});
}

void where_behind(Question& question, const KeyPlace& place) {
  question.where("k.found_by >= ?t AND (k.found_by > ?t OR k.student_id > ?i)", std::string_view{place.key},
                 std::string_view{place.key}, place.student);
}

std::vector<KeyPlace> places(Session& session, const Question& question) {
  std::vector<KeyPlace> found;
  auto& rows = question.prepare(session, "ti");
  rows.each([&] { found.push_back({rows.text(0), StudentId{rows.integer(1)}}); });
  return found;
}

}  // namespace

void where_found(Question& question, const std::vector<std::string>& sought) {
  if (sought.empty()) {
    question.where("1 = 0");
    return;
  }
  question.where("(");
  for (std::size_t at = 0; at < sought.size(); ++at)
    question.add(at == 0 ? "INSTR(f.found_by, ?t) > 0" : " OR INSTR(f.found_by, ?t) > 0")
        .value(std::string_view{before_key + sought[at]});
  question.add(")");
}

void where_found_in_sight(Question& question, const std::vector<std::string>& sought,
                          const std::function<void(Question&)>& in_sight) {
  where_found(question, sought);
  Question own("");
  in_sight(own);
  Question others("");
  if (const auto names = sought_by_name(sought); names != sought) where_found(others, names);
  others.where("NOT EXISTS (SELECT 1 FROM student_change c WHERE " + std::string(came_later) + ")");
  question.where("(").add(own.as_condition()).add(" OR ").add(others.as_condition()).add(")");
}

Question ids_by_keys(const std::vector<std::string>& sought, std::string_view join,
                     const std::function<void(Question&)>& with) {
  Question question("SELECT k.student_id FROM student_key k" + std::string(join));
  question.where(sought.empty() ? "1 = 0" : "(");
  for (std::size_t at = 0; at < sought.size(); ++at)
    question.add(at == 0 ? "(k.found_by >= ?t AND k.found_by < ?t)" : " OR (k.found_by >= ?t AND k.found_by < ?t)")
        .value(std::string_view{sought[at]})
        .value(std::string_view{after_prefix(sought[at])});
  if (!sought.empty()) question.add(")");
  with(question);
  return question;
}

std::optional<KeyPlace> place_of(Session& session, StudentId student, const std::vector<std::string>& sought) {
  const auto found = load_students(session, std::span(&student, 1));
  if (found.empty()) return std::nullopt;
  auto key = found_by(finding_keys(found.front()), sought);
  if (!key) return std::nullopt;
  return KeyPlace{std::move(*key), student};
}

std::vector<std::pair<Student, KeyPlace>> students_by_keys(Session& session, const std::vector<std::string>& sought,
                                                           std::string_view join,
                                                           const std::function<void(Question&)>& with,
                                                           std::optional<KeyPlace> after, std::size_t limit) {
  auto prefixes = sought;
  std::sort(prefixes.begin(), prefixes.end());
  std::vector<std::pair<Student, KeyPlace>> found;
  for (const auto& prefix : prefixes) {
    if (after && after->key >= after_prefix(prefix)) continue;
    for (bool more = true; more && found.size() < limit;) {
      Question question("SELECT k.found_by, k.student_id FROM student_key k" + std::string(join));
      where_within(question, prefix);
      with(question);
      if (after) where_behind(question, *after);
      question.add(" ORDER BY k.found_by, k.student_id LIMIT ?i").value(limit);
      const auto next = places(session, question);
      more = next.size() == limit;
      if (next.empty()) break;
      after = next.back();
      std::vector<StudentId> ids;
      for (const auto& place : next) ids.push_back(place.student);
      std::sort(ids.begin(), ids.end());
      ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
      std::unordered_map<StudentId, Student> students;
      for (auto& student : load_students(session, ids)) students.emplace(student.id, std::move(student));
      for (const auto& place : next) {
        const auto student = students.find(place.student);
        // Who is sought by several keys stands at the first of them alone.
        if (student != students.end() && found.size() < limit &&
            found_by(finding_keys(student->second), prefixes) == place.key)
          found.emplace_back(student->second, place);
      }
    }
    if (found.size() >= limit) break;
  }
  return found;
}

}  // namespace xueji::sql
