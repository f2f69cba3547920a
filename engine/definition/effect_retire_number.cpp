#include <fmt/format.h>

#include <algorithm>

#include "engine/definition/effect.hpp"
#include "engine/definition/loading.hpp"

namespace xueji {
namespace {

std::vector<Touch> number_touched(const Definition& definition, const EffectCall&) {
  std::vector<Touch> touched;
  for (const Field& field : definition.fields)
    if (field.type == FieldType::student_number) touched.push_back({std::string(number_state), field.key, true});
  return touched;
}

/// Of a pair: then this record has nothing to retire.
bool is_the_others(const EffectInputs& inputs, const Student& student, const std::string& number) {
  return std::any_of(inputs.pair.begin(), inputs.pair.end(),
                     [&](const Student& each) { return each.id != student.id && !retiring(each, number).empty(); });
}

/// Of a pair one G number is given up for that of the other, never the only one.
bool leaves_a_g_number(const EffectInputs& inputs, const Student& student) {
  return inputs.pair.empty() || std::any_of(inputs.pair.begin(), inputs.pair.end(), [&](const Student& each) {
           return each.id != student.id &&
                  std::any_of(each.numbers.begin(), each.numbers.end(), [](const StudentNumber& number) {
                    return number.kind == NumberKind::G && number.state == NumberState::current;
                  });
         });
}

std::optional<std::vector<RegistryChange>> plan_of_retiring(const EffectCall& call, const EffectInputs& inputs,
                                                            const Student& student) {
  for (const Touch& touch : number_touched(inputs.definition, call)) {
    const auto value = inputs.fields.find(touch.field);
    if (value == inputs.fields.end()) continue;
    if (auto changes = retiring(student, value->second); !changes.empty()) {
      if (!leaves_a_g_number(inputs, student)) return std::nullopt;
      return changes;
    }
    if (is_the_others(inputs, student, value->second)) return std::vector<RegistryChange>{};
  }
  return std::nullopt;
}

void check_number_to_retire(Loading& loading, const State* end) {
  if (!end) return;
  const auto numbers = number_touched(loading.definition, {}).size();
  if (numbers != 1)
    loading.faults.add(
        end->position,
        fmt::format("the effect retire_number needs one field of type student_number, and there are {}", numbers),
        "keep one field for the number to retire");
}

}  // namespace

const Effect& retire_number_effect() {
  static constexpr Effect effect{.name = "retire_number",
                                 .touches = number_touched,
                                 .plan = plan_of_retiring,
                                 .check = check_number_to_retire,
                                 .of_pair = true};
  return effect;
}

}  // namespace xueji
