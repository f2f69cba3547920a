// Conditions of effects, and the effect that opens another business, as authors write them.
#include "engine/definition/effects.hpp"
#include "tests/unit/definition/small_definition.hpp"

using namespace xueji;

namespace {

const std::string an_opening =
    "{open: {definition: return, about: student, by: registrar at student.school, fields: {ground: other, name: field "
    "new_name}, otherwise: {inform: head at student.school}}}";

/// The small definition in the second format, with such effects at its end.
std::string with_end_effects(const std::string& effects) {
  return with(with(small_definition, "format: 1", "format: 2"), "effects: [apply_changes]",
              "effects: [" + effects + "]");
}

std::string fault_of_effects(const std::string& effects) {
  const std::string faults = faults_of(with_end_effects(effects));
  return faults.substr(0, faults.find('\n'));
}

const State& completed_of(const Definition& definition) { return *definition.state("completed"); }

std::vector<std::string> effect_names_of(const std::vector<const EffectCall*>& calls) {
  std::vector<std::string> names;
  names.reserve(calls.size());
  for (const EffectCall* call : calls) names.push_back(call->name);
  return names;
}

}  // namespace

TEST_CASE("an effect is made only where its condition holds") {
  const Definition definition = loaded(with_end_effects(
      "{apply_changes, when: has(new_name)}, {set: {student.class: none}, when: student.grade == \"3\"}"));
  const State& end = completed_of(definition);
  REQUIRE(end.effects.size() == 2);
  CHECK(end.effects[0].when->source() == "has(new_name)");
  const auto made = [&](const std::string& name, const std::string& grade) {
    return effect_names_of(effects_made(end, [&](std::string_view path) -> GuardValue {
      const std::string& value = path == "new_name" ? name : grade;
      return value.empty() ? GuardValue{} : GuardValue{value};
    }));
  };
  CHECK(made("张叁", "3") == std::vector<std::string>{"apply_changes", "set"});
  CHECK(made("", "3") == std::vector<std::string>{"set"});
  CHECK(made("张叁", "4") == std::vector<std::string>{"apply_changes"});
}

TEST_CASE("the record after a request has what its conditions let through") {
  const Definition definition = loaded(with_end_effects("{apply_changes, when: student.grade == \"3\"}"));
  const Definition by_office = loaded(with_end_effects("{apply_changes, when: student.school == initiator.office}"));
  const Student student{};
  const auto name_after = [&](const Definition& about, const std::string& grade) {
    const Guard::Lookup values = [&](std::string_view path) {
      return path == "student.grade" ? GuardValue{grade} : GuardValue{};
    };
    return record_after(about, {{"new_name", "张叁"}}, student, values, {}).name;
  };
  CHECK(name_after(definition, "3") == "张叁");
  CHECK(name_after(definition, "4").empty());
  CHECK(name_after(by_office, "4") == "张叁");
}

TEST_CASE("an end can open another business") {
  const Definition definition = loaded(with_end_effects("apply_changes, " + an_opening));
  REQUIRE(completed_of(definition).effects.size() == 2);
  const EffectCall& call = completed_of(definition).effects[1];
  REQUIRE(call.opens);
  CHECK(call.opens->definition == "return");
  CHECK(call.opens->by.source == "registrar at student.school");
  CHECK(call.opens->fields == std::vector<FieldSetting>{{"ground", {}, "other"}, {"name", "new_name"}});
  CHECK(call.opens->inform->source == "head at student.school");
  CHECK(open_effect().touches(definition, call).empty());
  CHECK(definition.field("new_name")->member() == "name");
}

TEST_CASE("faults of conditions and openings have their place and advice") {
  const auto [effects, fault] = GENERATE(table<std::string, std::string>({
      {"{apply_changes, when: has(nobody)}", "there is no field `nobody`"},
      {"{apply_changes, when: comment == \"a\"}", "there is no field `comment`"},
      {"{apply_changes, when: request.round > 1}", "there is no field `request.round`"},
      {"{apply_changes, when: student.grade}", "a text alone is no condition"},
      {"apply_changes, {when: has(new_name)}",
       "`when` stands here without an effect; write `{EFFECT: …, when: CONDITION}`"},
      {"{apply_changes: everything, when: has(new_name)}",
       "the effect `apply_changes` takes nothing; write `{apply_changes, when: CONDITION}`"},
      {"{set: {student.class: none}, move: student to student.school}",
       "`move` stands beside the effect `set`; write each effect as an entry of its own"},
      {"{apply_changes, when: has(new_name)}, {apply_changes, when: \"!has(new_name)\"}",
       "another effect of `completed` changes the student's name already; let one of the two change it"},
      {"apply_changes, {open: {about: student, by: registrar at student.school}}",
       "an opening needs `definition`; name the business"},
      {"apply_changes, {open: {definition: return, about: school, by: registrar at student.school}}",
       "a business cannot be opened about `school`; write `about: student`"},
      {"apply_changes, {open: {definition: return, about: student, by: registrar}}", ""},
      {"apply_changes, {open: {definition: return, about: student, by: registrar at any school}}",
       "only who opens the request can be at any school"},
      {"apply_changes, {open: {definition: return, about: student, by: registrar at student.school, fields: {name: "
       "field "
       "new_nam}}}",
       "there is no field `new_nam`; did you mean `new_name`?"},
      {"apply_changes, {open: {definition: return, about: student, by: registrar at student.school, otherwise: {tell: "
       "head at student.school}}}",
       "`otherwise`"},
      {"apply_changes, open", "the effect `open` says nothing of how; write `open: …`"},
      {"apply_changes, " + an_opening + ", " + an_opening, "`open` stands here a second time; keep one of the two"},
  }));
  CAPTURE(effects);
  const std::string told = fault_of_effects(effects);
  CAPTURE(told);
  CHECK(told.starts_with("w.yaml:"));
  CHECK(told.find(fault) != std::string::npos);
}

TEST_CASE("conditions of effects belong to format 2") {
  CHECK(faults_of(with(small_definition, "effects: [apply_changes]", "effects: [{apply_changes, when: has(new_name)}]"))
            .find("effects with something behind them belong to format 2; write `format: 2` at the top") !=
        std::string::npos);
}
