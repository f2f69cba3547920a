#include <fmt/format.h>

#include "engine/definition/effect.hpp"
#include "engine/definition/loading.hpp"

namespace xueji {
namespace {

/// Numbers change hands and none is retired, so `number.state` is not named: it demands officers of the ministry.
std::vector<Touch> record_merged(const Definition&, const EffectCall& call) {
  return {{.member = "status", .text = std::string(to_string(StudentStatus::merged))},
          {.member = std::string(merged_into_member), .field = call.field, .needed = true}};
}

std::optional<std::vector<RegistryChange>> plan_of_merging(const EffectCall& call, const EffectInputs& inputs,
                                                           const Student& student) {
  const auto chosen = inputs.fields.find(call.field);
  if (chosen == inputs.fields.end() || inputs.pair.size() != 2) return std::nullopt;
  const bool first_goes_on = chosen->second == "1";
  const auto changes = merging(inputs.pair[first_goes_on ? 0 : 1], inputs.pair[first_goes_on ? 1 : 0]);
  if (!changes) return std::nullopt;
  const bool goes_on = student.id == inputs.pair[first_goes_on ? 0 : 1].id;
  return changes->at(goes_on ? 0 : 1);
}

/// `into field survivor`
void load_merge(Loading& loading, EffectCall& call, const YamlNode& node) {
  constexpr std::string_view into = "into ";
  const auto text = read_text(node, "merge", loading.faults);
  if (!text) return;
  const Field* field = nullptr;
  if (text->starts_with(into) && std::string_view(*text).substr(into.size()).starts_with(field_word))
    field = loading.definition.field(std::string_view(*text).substr(into.size() + field_word.size()));
  if (!field || field->type != FieldType::subject)
    return loading.faults.add(node.position, fmt::format("`{}` does not say which of the two records goes on", *text),
                              "write `merge: into field KEY`, a field of type subject");
  call.field = field->key;
}

}  // namespace

const Effect& merge_effect() {
  static constexpr Effect effect{.name = "merge",
                                 .touches = record_merged,
                                 .plan = plan_of_merging,
                                 .load = load_merge,
                                 .of_pair = true,
                                 .of_pair_alone = true};
  return effect;
}

}  // namespace xueji
