#include "tests/contract/store/several.hpp"

#include <algorithm>

#include "engine/machine/subjects.hpp"

namespace xueji::store_test {

std::vector<StudentId> students_of(std::int64_t first, std::int64_t last) {
  std::vector<StudentId> students;
  for (auto id = first; id <= last; ++id) students.push_back(StudentId{id});
  return students;
}

void add_students(Registry& registry, std::int64_t first, std::int64_t last) {
  auto loader = registry.database->bulk_loader();
  for (auto id = first; id <= last; ++id) {
    auto student = student_of(1, school, "学生" + std::to_string(id));
    student.id = StudentId{id};
    student.id_number.reset();
    student.numbers = {{"L11010520150" + std::to_string(1000000 + id), NumberKind::L, NumberState::current, at(-9)}};
    loader->add(student);
  }
  loader->commit();
}

Write opening_several(RequestId id, DefinitionId definition, const std::vector<StudentId>& students,
                      const std::vector<StudentId>& ruled_out, Instant when) {
  auto write = opening(id, definition, students.front(), school, when);
  auto& decision = write.decision;
  decision.locks_student = false;
  auto& several = decision.request.several.emplace();
  for (const StudentId student : students) {
    auto& subject = decision.subjects.added.emplace_back(Subject{++several.count, student, {}});
    if (std::find(ruled_out.begin(), ruled_out.end(), student) == ruled_out.end()) continue;
    subject.set_aside = SetAside{{}, when, {"不在校", "not in school"}};
    ++several.set_aside;
  }
  several.digest = digest_of_subjects(decision.subjects.added);
  decision.request.pinned = {};
  pin(decision);
  return write;
}

Request open_several(Registry& registry, const std::vector<StudentId>& students,
                     const std::vector<StudentId>& ruled_out) {
  auto transaction = registry.store().begin();
  std::vector<Write> writes{opening_several(transaction->next_request_id(), registry.definition, students, ruled_out)};
  transaction->write(writes);
  transaction->commit();
  return writes.front().decision.request;
}

Write setting_aside(const Request& before, int ordinal, StudentId student, Instant when) {
  auto write = moving(before, "set_aside", before.token.state, before.token.holder, when);
  auto& decision = write.decision;
  decision.request.token = before.token;
  decision.request.acts = before.acts;
  decision.history.front().about = student;
  decision.history.front().comment = "已转学";
  decision.subjects.set_aside = {{ordinal, student, SetAside{head, when, {"已转学", "已转学"}}}};
  ++decision.request.several->set_aside;
  return write;
}

Write beginning_to_end(const Request& before, Instant when) {
  auto write = moving(before, "approve", before.token.state, before.token.holder, when);
  write.decision.request.several->applied = 0;
  return write;
}

Write slice(const Request& before, const std::vector<Subject>& subjects, bool last, Instant when) {
  auto write =
      last ? ending(before, {}, when) : moving(before, "comment", before.token.state, before.token.holder, when);
  auto& decision = write.decision;
  decision.unlocks_student = false;
  decision.history.clear();
  decision.request.acts = before.acts;
  for (const Subject& subject : subjects) {
    if (subject.set_aside) continue;
    decision.history.push_back({{},
                                {},
                                "completed",
                                before.token.state,
                                decision.request.token.state,
                                "",
                                when,
                                when,
                                {{"class", "2班", "3班"}},
                                before.pinned,
                                subject.student});
  }
  decision.request.several->applied = subjects.back().ordinal;
  if (last) decision.request.several->applied.reset();
  decision.subjects.releases_all = last;
  return write;
}

}  // namespace xueji::store_test
