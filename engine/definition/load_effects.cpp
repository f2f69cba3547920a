// The effects of an end: their names, what stands behind them, and on which condition they are made.
#include <fmt/format.h>

#include <algorithm>

#include "engine/definition/effects.hpp"
#include "engine/definition/loading.hpp"

namespace xueji {
namespace {

constexpr std::string_view when_word = "when";

/// `apply_changes`, or in format 2 `{move: student to receiving}`, `{set: {student.status: suspended}, when: …}`.
struct WrittenEffect {
  const YamlNode* name = nullptr;
  const YamlNode* argument = nullptr;  ///< null where nothing stands behind the name
  const YamlNode* when = nullptr;
};

/// Nothing after a fault.
std::optional<WrittenEffect> taken_apart(Loading& loading, const YamlNode& node) {
  WrittenEffect written;
  if (!node.is_map()) return WrittenEffect{&node, nullptr, nullptr};
  if (loading.definition.format < 2) {
    loading.faults.add(node.position, "effects with something behind them belong to format 2",
                       "write `format: 2` at the top");
    return std::nullopt;
  }
  for (const auto& [key, value] : node.entries) {
    if (key.text == when_word) {
      written.when = &value;
    } else if (written.name) {
      loading.faults.add(key.position, fmt::format("`{}` stands beside the effect `{}`", key.text, written.name->text),
                         "write each effect as an entry of its own; only `when` stands beside one");
      return std::nullopt;
    } else {
      written.name = &key;
      if (value.kind != YamlNode::Kind::empty) written.argument = &value;
    }
  }
  if (written.name) return written;
  loading.faults.add(node.position, "`when` stands here without an effect", "write `{EFFECT: …, when: CONDITION}`");
  return std::nullopt;
}

std::optional<EffectCall> read_effect(Loading& loading, const YamlNode& node) {
  const auto written = taken_apart(loading, node);
  if (!written) return std::nullopt;
  const auto name = read_text(*written->name, "effects", loading.faults);
  if (!name) return std::nullopt;
  const auto names = effect_names();
  if (std::find(names.begin(), names.end(), *name) == names.end()) {
    loading.faults.add(written->name->position, fmt::format("there is no effect `{}`", *name), suggest(*name, names));
    return std::nullopt;
  }
  EffectCall call{*name};
  call.position = written->name->position;
  const Effect& effect = effect_named(*name);
  const bool has_argument = written->argument != nullptr;
  if (has_argument != (effect.load != nullptr))
    loading.faults.add(written->name->position,
                       fmt::format("the effect `{}` {}", *name, has_argument ? "takes nothing" : "says nothing of how"),
                       !has_argument   ? fmt::format("write `{}: …`", *name)
                       : written->when ? fmt::format("write `{{{}, when: CONDITION}}`", *name)
                                       : fmt::format("write `{}` alone", *name));
  else if (has_argument)
    effect.load(loading, call, *written->argument);
  if (written->when) call.when = read_guard(loading, *written->when, GuardScope::effect);
  return call;
}

/// The first member that both change; empty for none.
std::string changed_by_both(const Definition& definition, const std::vector<Touch>& touched, const EffectCall& call) {
  for (const Touch& touch : effect_named(call.name).touches(definition, call))
    if (std::any_of(touched.begin(), touched.end(), [&](const Touch& other) { return other.member == touch.member; }))
      return touch.member;
  return {};
}

/// A number is made of the ID number that the record has then.
bool comes_too_late(const Definition& definition, const State& state, const EffectCall& call) {
  const auto touches = [&](const EffectCall& each, std::string_view member) {
    const auto touched = effect_named(each.name).touches(definition, each);
    return std::any_of(touched.begin(), touched.end(), [&](const Touch& touch) { return touch.member == member; });
  };
  return touches(call, "id_number") &&
         std::any_of(state.effects.begin(), state.effects.end(),
                     [&](const EffectCall& each) { return each.name == give_number_effect().name; });
}

}  // namespace

void load_effects(Loading& loading, State& state, const YamlNode& node) {
  for (const auto& item : read_list(node, "effects", loading.faults)) {
    auto call = read_effect(loading, item);
    if (!call) continue;
    if (std::find(state.effects.begin(), state.effects.end(), *call) != state.effects.end())
      loading.faults.add(item.position, fmt::format("`{}` stands here a second time", call->name),
                         "keep one of the two");
    else if (const auto member = changed_by_both(loading.definition, touched_by(loading.definition, state), *call);
             !member.empty())
      loading.faults.add(item.position,
                         fmt::format("another effect of `{}` changes the student's {} already", state.key, member),
                         "let one of the two change it");
    else if (comes_too_late(loading.definition, state, *call))
      loading.faults.add(item.position, "the ID number changes after a number was made of the old one",
                         fmt::format("write it before `{}`", give_number_effect().name));
    else
      state.effects.push_back(std::move(*call));
  }
}

}  // namespace xueji
