#include "tests/contract/store/pair.hpp"

#include <algorithm>

#include "engine/machine/subjects.hpp"

namespace xueji::store_test {

void add_twins(Registry& registry, const std::vector<StudentId>& ids, const std::string& name, OfficeId at_school) {
  auto loader = registry.database->bulk_loader();
  for (const StudentId id : ids) {
    auto student = student_of(1, at_school, name);
    student.id = id;
    student.id_number.reset();
    student.numbers = {
        {"L11010520150" + std::to_string(1000000 + id.value), NumberKind::L, NumberState::current, at(-9)}};
    loader->add(student);
  }
  loader->commit();
}

Write opening_pair(RequestId id, DefinitionId definition, const Student& first, const Student& second,
                   const std::vector<StudentId>& unlocked, Instant when) {
  auto write = opening_several(id, definition, {first.id, second.id}, {}, when);
  auto& decision = write.decision;
  for (Subject& subject : decision.subjects.added)
    subject.locked = std::find(unlocked.begin(), unlocked.end(), subject.student) == unlocked.end();
  decision.request.several->unlocked = static_cast<int>(unlocked.size());
  decision.request.several->schools = {first.school, second.school};
  return write;
}

Request open_pair(Registry& registry, StudentId first, StudentId second, const std::vector<StudentId>& unlocked,
                  Instant when) {
  const auto one = registry.queries().student(first), other = registry.queries().student(second);
  auto transaction = registry.store().begin();
  std::vector<Write> writes{
      opening_pair(transaction->next_request_id(), registry.definition, *one, *other, unlocked, when)};
  transaction->write(writes);
  transaction->commit();
  return writes.front().decision.request;
}

Write merging_pair(const Request& before, const Student& goes_on, const Student& ends, Instant when) {
  auto write = ending(before, {}, when);
  auto& decision = write.decision;
  decision.unlocks_student = false;
  decision.subjects.releases_all = true;
  const auto changes = merging(goes_on, ends).value();
  const std::string& state = decision.request.token.state;
  const auto add = [&](const char* action, std::vector<RegistryChange> made, StudentId about) {
    decision.history.push_back(
        {{}, {}, action, before.token.state, state, "", when, when, std::move(made), before.pinned, about});
  };
  const bool in_order = goes_on.id < ends.id;
  if (in_order) add("applied", changes[0], goes_on.id);
  add("applied", changes[1], ends.id);
  if (!in_order) add("applied", changes[0], goes_on.id);
  add("finished", {}, {});
  return write;
}

Request merge(Registry& registry, StudentId goes_on, StudentId ends, Instant when) {
  const auto request = open_pair(registry, std::min(goes_on, ends), std::max(goes_on, ends), {}, when);
  const auto write = merging_pair(request, *registry.queries().student(goes_on), *registry.queries().student(ends),
                                  when + std::chrono::minutes{1});
  commit(registry.store(), {write});
  return write.decision.request;
}

}  // namespace xueji::store_test
