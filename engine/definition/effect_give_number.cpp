#include <fmt/format.h>

#include "engine/definition/effect.hpp"
#include "engine/definition/loading.hpp"

namespace xueji {
namespace {

std::vector<Touch> number_given(const Definition&, const EffectCall&) {
  return {{.member = std::string(number_state), .text = std::string(to_string(NumberState::current))}};
}

/// Of the ID number as the effects before this one leave it.
std::optional<std::vector<RegistryChange>> plan_of_giving(const EffectCall&, const EffectInputs&,
                                                          const Student& student) {
  auto changes = giving(student, g_number_of(student));
  if (changes.empty()) return std::nullopt;
  return changes;
}

Text why_not_given(const Student& student) {
  if (!student.id_number)
    return {"学籍中没有身份证件号码，不能生成 G 号", "The record has no ID number of which a G number could be made"};
  return {"该生现用的学籍号已是由此身份证件号码生成的 G 号",
          "The student's present number is the G number of this ID number already"};
}

void load_give_number(Loading& loading, EffectCall&, const YamlNode& node) {
  const auto kind = read_text(node, "give_number", loading.faults);
  if (!kind || parse_number_kind(*kind) == NumberKind::G) return;
  loading.faults.add(node.position, fmt::format("a student who has a number is not given one of the kind `{}`", *kind),
                     "write `give_number: G`; L and J are what a record begins with");
}

}  // namespace

const Effect& give_number_effect() {
  static constexpr Effect effect{.name = "give_number",
                                 .touches = number_given,
                                 .plan = plan_of_giving,
                                 .load = load_give_number,
                                 .why_not = why_not_given};
  return effect;
}

}  // namespace xueji
