#include <fmt/format.h>

#include <algorithm>

#include "engine/definition/effects.hpp"
#include "engine/definition/loading.hpp"

namespace xueji {
namespace {

std::vector<std::string> paths_of_dates() {
  std::vector<std::string> paths;
  for (const Member& member : student_members())
    if (member.type == MemberType::date) paths.push_back(member.path());
  return paths;
}

const Member* read_date_member(Loading& loading, const YamlNode& node) {
  const auto path = read_text(node, "of", loading.faults);
  if (!path) return nullptr;
  const auto paths = paths_of_dates();
  for (const Member& member : student_members()) {
    if (member.path() != *path) continue;
    if (member.type == MemberType::date) return &member;
    loading.faults.add(node.position, fmt::format("`{}` is no date", *path),
                       fmt::format("name one of: {}", fmt::join(paths, ", ")));
    return nullptr;
  }
  loading.faults.add(node.position, fmt::format("`{}` is no member of a record", *path),
                     suggest(*path, {paths.begin(), paths.end()}));
  return nullptr;
}

void load_one_reminder(Loading& loading, const YamlNode& node) {
  MapReader map{node, "an entry of `remind`", loading.faults};
  const auto* of = map.need("of", "name the date in the record, `of: student.status_until`");
  const auto* before = map.need("before", "say how long before it, `before: 15 working days`");
  const auto* to = map.need("to", "say who is told, `to: registrar at student.school`");
  map.finish();
  if (!of || !before || !to) return;
  const Member* member = read_date_member(loading, *of);
  const auto days = read_phrase<int>(loading, *before, "before", parse_any_working_days);
  const auto actor = read_actor(loading, *to, "to");
  if (!member || !days || !actor) return;
  auto& reminders = loading.definition.reminders;
  if (!reminders.empty() && reminders.front().member != member->name)
    return loading.faults.add(of->position, "all reminders of a business are of one date",
                              fmt::format("write `of: student.{}`, as above", reminders.front().member));
  const bool is_there = std::any_of(reminders.begin(), reminders.end(), [&](const MemberReminder& each) {
    return each.working_days == *days && each.to == *actor;
  });
  if (is_there)
    return loading.faults.add(node.position, "this reminder stands here a second time", "keep one of the two");
  reminders.push_back({std::string(member->name), *days, *actor, node.position});
}

bool sets(const Definition& definition, const State& end, const std::string& member) {
  const auto touched = touched_by(definition, end);
  return std::any_of(touched.begin(), touched.end(), [&](const Touch& touch) {
    return touch.member == member && (!touch.field.empty() || !touch.text.empty());
  });
}

}  // namespace

void load_reminders(Loading& loading, const YamlNode& node) {
  for (const auto& item : read_list(node, "remind", loading.faults)) load_one_reminder(loading, item);
  auto& reminders = loading.definition.reminders;
  std::stable_sort(reminders.begin(), reminders.end(), [](const MemberReminder& one, const MemberReminder& other) {
    return one.working_days > other.working_days;
  });
}

void check_reminders(Loading& loading) {
  const Definition& definition = loading.definition;
  if (definition.reminders.empty()) return;
  const MemberReminder& reminder = definition.reminders.front();
  if (definition.subject.several())
    return loading.faults.add(reminder.position, "a request about several students leaves no one date to remind of",
                              "leave `remind` to a request about one student");
  const auto leaves_it = [&](const State& state) {
    return state.kind == StateKind::end && state.outcome == Outcome::completed &&
           sets(definition, state, reminder.member);
  };
  if (std::none_of(definition.states.begin(), definition.states.end(), leaves_it))
    loading.faults.add(reminder.position,
                       fmt::format("no completed end sets `student.{}`, so nobody would be reminded", reminder.member),
                       fmt::format("let one `set: {{student.{}: field KEY}}`", reminder.member));
}

}  // namespace xueji
