#include <fmt/format.h>

#include "engine/definition/effect.hpp"
#include "engine/definition/loading.hpp"

namespace xueji {
namespace {

std::vector<Touch> school_touched(const Definition&, const EffectCall&) { return {{std::string(school_member)}}; }

std::optional<std::vector<RegistryChange>> plan_of_moving(const EffectCall& call, const EffectInputs& inputs,
                                                          const Student& student) {
  auto changes = moving(student, inputs.office_at(call.place));
  if (changes.empty()) return std::nullopt;
  return changes;
}

/// `student to receiving`
void load_move(Loading& loading, EffectCall& call, const YamlNode& node) {
  constexpr std::string_view student_to = "student to ";
  const auto text = read_text(node, "move", loading.faults);
  if (!text) return;
  const auto place =
      text->starts_with(student_to) ? place_named(text->substr(student_to.size()), loading.definition) : std::string{};
  if (place.empty())
    return loading.faults.add(node.position, fmt::format("`{}` is no way to move a student", *text),
                              "write `move: student to PLACE`, a place of `places`");
  if (place == student_school)
    return loading.faults.add(node.position, "the student is at that school already", "name the other place");
  call.place = place;
}

}  // namespace

const Effect& move_effect() {
  static constexpr Effect effect{"move", school_touched, plan_of_moving, nullptr, load_move};
  return effect;
}

}  // namespace xueji
