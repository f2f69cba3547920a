#include "engine/machine/pairs.hpp"

#include <algorithm>

#include "engine/machine/guard_values.hpp"
#include "engine/machine/movement.hpp"
#include "engine/machine/places.hpp"
#include "engine/machine/sentences.hpp"
#include "engine/machine/subjects.hpp"

namespace xueji {
namespace {

Text why_opened(const PairRule& rule) {
  std::vector<Text> titles;
  for (const std::string& member : rule.same) titles.push_back(title_of_member(member));
  const Text alike = join(titles, "、", ", ");
  return {"系统发现两条学籍相同：" + alike.zh, "The system found two records alike: " + alike.en};
}

/// Who has other business is not locked by this one.
std::vector<Subject> both_of(const Situation& situation) {
  std::vector<Subject> both;
  for (const SubjectRecord& record : situation.subjects)
    both.push_back(
        {static_cast<int>(both.size()) + 1, record.student->id, std::nullopt, !record.student->open_request});
  return both;
}

Request request_about(const Situation& situation, const std::vector<Subject>& both) {
  Request request;
  request.definition = situation.definition_id;
  request.student = situation.student->id;
  request.school = situation.student->school;
  request.opened_at = situation.now;
  Several several;
  several.count = static_cast<int>(both.size());
  several.digest = digest_of_subjects(both);
  several.unlocked =
      static_cast<int>(std::count_if(both.begin(), both.end(), [](const Subject& each) { return !each.locked; }));
  for (const SubjectRecord& record : situation.subjects) several.schools.push_back(record.student->school);
  request.several = std::move(several);
  return request;
}

}  // namespace

bool is_pair(const Definition& definition, const OfficeTree& offices, const Student& first, const Student& second) {
  const auto& rule = definition.opened_on;
  const auto is_final = [](const Student& student) {
    return student.merged_into || student.status == StudentStatus::deceased;
  };
  if (!rule || first.id == second.id || is_final(first) || is_final(second)) return false;
  const bool alike = std::all_of(rule->same.begin(), rule->same.end(), [&](const std::string& member) {
    const std::string text = member_text(first, member);
    return !text.empty() && text == member_text(second, member);
  });
  const FieldValues nothing_filled_in;
  return alike &&
         (!rule->where || rule->where->holds(guard_values(definition, nothing_filled_in, {offices, first, &second})));
}

Verdict decide_open_pair(const Situation& situation) {
  const auto& subjects = situation.subjects;
  const Definition& definition = situation.definition;
  if (situation.was_paired || definition.retired || subjects.size() != 2 || !subjects[0].student ||
      !subjects[1].student || !is_pair(definition, situation.offices, *subjects[0].student, *subjects[1].student))
    return Nothing{};
  auto both = both_of(situation);
  Request request = request_about(situation, both);
  const auto holder = resolve(definition.opened_by, places_of(request), situation.offices);
  if (!holder) throw ImpossibleMove("no office of this tree can hold a request about the pair");
  request.opened_as = *holder;
  Movement movement(situation, std::move(request), std::nullopt, {});
  movement.arrive({}, std::nullopt, "open", definition.states.at(0).key,
                  in_two_lines(why_opened(*definition.opened_on)));
  movement.notify({"opened", AccountId{}, movement.token().holder});
  movement.inform("open", AccountId{});
  movement.decision().subjects.added = std::move(both);
  return std::move(movement).finish();
}

}  // namespace xueji
