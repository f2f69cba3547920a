#include <fmt/format.h>

#include <algorithm>

#include "engine/definition/effect.hpp"
#include "engine/definition/loading.hpp"

namespace xueji {
namespace {

/// Stands in the call as what becomes of the member `number.state`; a G number where nothing is said.
NumberKind kind_given(const EffectCall& call) {
  const auto kind = call.settings.empty() ? std::nullopt : parse_number_kind(call.settings.front().text);
  return kind.value_or(NumberKind::G);
}

std::vector<Touch> number_given(const Definition&, const EffectCall& call) {
  return {{.member = std::string(number_state),
           .text = std::string(to_string(NumberState::current)),
           .gives = kind_given(call)}};
}

bool has_current_number(const Student& student) {
  return std::any_of(student.numbers.begin(), student.numbers.end(),
                     [](const StudentNumber& each) { return each.state == NumberState::current; });
}

/// L is for who has an ID number, J for who has none.
bool may_get_first(NumberKind kind, const Student& student) {
  return !has_current_number(student) && (kind == NumberKind::L) == student.id_number.has_value();
}

/// Of the record as the effects before this one leave it.
std::optional<std::vector<RegistryChange>> plan_of_giving(const EffectCall& call, const EffectInputs& inputs,
                                                          const Student& student) {
  const NumberKind kind = kind_given(call);
  std::string number;
  if (kind == NumberKind::G)
    number = g_number_of(student);
  else if (may_get_first(kind, student))
    number = inputs.new_number(kind, student).value_or("");
  auto changes = giving(student, number);
  if (changes.empty()) return std::nullopt;
  return changes;
}

Text why_not_given(const EffectCall& call, const Student& student) {
  const NumberKind kind = kind_given(call);
  if (kind != NumberKind::G && has_current_number(student))
    return {"该生已有学籍号，不再编第一个学籍号", "The student has a number already and is given no first one"};
  if (kind == NumberKind::J)
    return {"学籍中有身份证件号码，应编 L 号，不编 J 号",
            "The record has an ID number, so it is given an L number and no J number"};
  if (kind == NumberKind::L)
    return {"学籍中没有身份证件号码，不能编 L 号", "The record has no ID number, so it is given no L number"};
  if (!student.id_number)
    return {"学籍中没有身份证件号码，不能生成 G 号", "The record has no ID number of which a G number could be made"};
  return {"该生现用的学籍号已是由此身份证件号码生成的 G 号",
          "The student's present number is the G number of this ID number already"};
}

void load_give_number(Loading& loading, EffectCall& call, const YamlNode& node) {
  const auto text = read_text(node, "give_number", loading.faults);
  if (!text) return;
  if (!parse_number_kind(*text))
    return loading.faults.add(
        node.position, fmt::format("there is no kind of student number `{}`", *text),
        "write `G`, the number of the ID number, or the first of a record: `L` with an ID number, "
        "`J` without");
  call.settings.push_back({std::string(number_state), {}, *text});
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
