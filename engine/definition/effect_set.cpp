#include <fmt/format.h>

#include <algorithm>

#include "engine/definition/effect.hpp"
#include "engine/definition/loading.hpp"

namespace xueji {
namespace {

constexpr std::string_view none_word = "none";

std::vector<Touch> members_set(const Definition&, const EffectCall& call) {
  std::vector<Touch> touched;
  touched.reserve(call.settings.size());
  for (const MemberSetting& setting : call.settings)
    touched.push_back({setting.member, setting.field, false, setting.text});
  return touched;
}

std::optional<std::vector<RegistryChange>> plan_of_setting(const EffectCall& call, const EffectInputs& inputs,
                                                           const Student& student) {
  std::vector<RegistryChange> changes;
  Student so_far = student;
  for (const MemberSetting& each : call.settings) {
    const auto filled_in = inputs.fields.find(each.field);
    if (!each.field.empty() && (filled_in == inputs.fields.end() || filled_in->second.empty())) continue;
    const auto more = setting(so_far, each.member, each.field.empty() ? each.text : filled_in->second);
    so_far = apply(std::move(so_far), more, {});
    changes.insert(changes.end(), more.begin(), more.end());
  }
  return changes;
}

const Member* read_member(Loading& loading, const YamlNode& key) {
  for (const Member& member : student_members())
    if (member.path() == key.text) return &member;
  const auto paths = member_paths();
  const bool is_school = key.text == student_school;
  loading.faults.add(
      key.position, fmt::format("`set` cannot set `{}`", key.text),
      is_school ? "write `move: student to PLACE` instead" : suggest(key.text, {paths.begin(), paths.end()}));
  return nullptr;
}

/// `field new_class`
void take_field(Loading& loading, MemberSetting& setting, const Member& member, const YamlNode& node) {
  Field* field = read_named_field(loading, node);
  if (!field) return;
  const std::string& key = field->key;
  if (!fits_member(loading, *field, member, node.position)) return;
  if (!field->member().empty() && field->member() != member.name)
    return loading.faults.add(node.position,
                              fmt::format("the field `{}` sets `student.{}` already", key, field->member()),
                              "take the value from another field");
  if (!field->changes.empty())
    return loading.faults.add(node.position, fmt::format("the field `{}` `changes` `{}` itself", key, member.path()),
                              "leave out one of the two");
  setting.field = key;
  field->set_by_end = member.name;
}

/// What is the same for every student: never what says who somebody is.
void take_constant(Loading& loading, MemberSetting& setting, const Member& member, const YamlNode& node) {
  const auto words = words_of(member.type);
  if (says_who_somebody_is(member))
    return loading.faults.add(node.position,
                              fmt::format("`{}` cannot be `{}` for every student", member.path(), node.text),
                              "take it from a field, `field KEY`");
  const bool known = words.empty() ? code_points(node.text) <= class_code_points_max
                                   : std::find(words.begin(), words.end(), node.text) != words.end();
  if (!known)
    return loading.faults.add(
        node.position, fmt::format("`{}` cannot be `{}`", member.path(), node.text),
        words.empty() ? fmt::format("write at most {} characters", class_code_points_max) : suggest(node.text, words));
  setting.text = node.text;
}

void load_set(Loading& loading, EffectCall& call, const YamlNode& node) {
  for (const auto& [key, value] : read_entries(node, "set", loading.faults)) {
    const Member* member = read_member(loading, key);
    if (!member || !read_text(value, key.text, loading.faults)) continue;
    MemberSetting setting{std::string(member->name)};
    const auto faults_before = loading.faults.size();
    if (value.text.starts_with(field_word))
      take_field(loading, setting, *member, value);
    else if (value.text != none_word)
      take_constant(loading, setting, *member, value);
    else if (!member->may_be_empty)
      loading.faults.add(value.position, fmt::format("`{}` cannot be empty", key.text),
                         "set it to a value, or to `field KEY`");
    if (loading.faults.size() == faults_before) call.settings.push_back(std::move(setting));
  }
}

}  // namespace

bool says_who_somebody_is(const Member& member) {
  return member.type == MemberType::sex || (words_of(member.type).empty() && member.type != MemberType::text);
}

const Effect& set_effect() {
  static constexpr Effect effect{.name = "set",
                                 .touches = members_set,
                                 .plan = plan_of_setting,
                                 .load = load_set,
                                 .takes_members = true,
                                 .of_several = true};
  return effect;
}

}  // namespace xueji
