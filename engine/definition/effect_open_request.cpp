#include <fmt/format.h>

#include "engine/definition/effect.hpp"
#include "engine/definition/loading.hpp"

namespace xueji {
namespace {

/// The record stays as it is: what the other business changes is its own.
std::vector<Touch> nothing_touched(const Definition&, const EffectCall&) { return {}; }

std::optional<std::vector<RegistryChange>> plan_of_opening(const EffectCall&, const EffectInputs&, const Student&) {
  return std::vector<RegistryChange>{};
}

void read_subject_of_opening(Loading& loading, const YamlNode& node) {
  const auto about = read_text(node, "about", loading.faults);
  if (about && *about != "student")
    loading.faults.add(node.position, fmt::format("a business cannot be opened about `{}`", *about),
                       "write `about: student`");
}

/// `field KEY`, or a value that is the same for every student.
FieldSetting read_first_value(Loading& loading, const YamlNode& key, const YamlNode& node) {
  FieldSetting setting{key.text};
  const auto text = read_text(node, key.text, loading.faults);
  if (!text) return setting;
  if (!text->starts_with(field_word))
    setting.text = *text;
  else if (const Field* field = read_named_field(loading, node))
    setting.field = field->key;
  return setting;
}

std::optional<ActorExpression> read_whom_to_inform(Loading& loading, const YamlNode& node) {
  MapReader map{node, "`otherwise`", loading.faults};
  const auto* inform = map.need("inform", "say who is told, `inform: ROLE at OFFICE`");
  map.finish();
  return inform ? read_actor(loading, *inform, "inform") : std::nullopt;
}

/// `{definition: return, about: student, by: registrar at receiving, fields: {…}, otherwise: {inform: …}}`
void load_opening(Loading& loading, EffectCall& call, const YamlNode& node) {
  MapReader map{node, "an opening", loading.faults};
  const auto* definition = map.need("definition", "name the business, `definition: KEY`");
  const auto* about = map.need("about", "write `about: student`");
  const auto* by = map.need("by", "say who fills it in, `by: ROLE at OFFICE`");
  const auto* fields = map.take("fields");
  const auto* otherwise = map.take("otherwise");
  map.finish();
  Opening opening;
  if (definition) opening.definition = read_text(*definition, "definition", loading.faults).value_or("");
  if (about) read_subject_of_opening(loading, *about);
  if (auto actor = by ? read_actor(loading, *by, "by") : std::nullopt) opening.by = std::move(*actor);
  if (fields) opening.fields = read_first_values(loading, *fields);
  if (otherwise) opening.inform = read_whom_to_inform(loading, *otherwise);
  call.opens = std::move(opening);
}

}  // namespace

std::vector<FieldSetting> read_first_values(Loading& loading, const YamlNode& fields) {
  std::vector<FieldSetting> settings;
  for (const auto& [key, value] : read_entries(fields, "fields", loading.faults))
    settings.push_back(read_first_value(loading, key, value));
  return settings;
}

const Effect& open_effect() {
  static constexpr Effect effect{"open", nothing_touched, plan_of_opening, nullptr, load_opening, false, true};
  return effect;
}

}  // namespace xueji
