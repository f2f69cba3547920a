// Which changes the effects of a definition make, from the fields of a request.
#include "engine/definition/effects.hpp"

#include <stdexcept>

#include "tests/catch.hpp"

using namespace xueji;

namespace {

Student student() {
  Student result;
  result.name = "张三";
  result.id_number = "440524188001010014";
  result.birth_date = *parse_date("1880-01-01");
  result.numbers = {
      {"G440524188001010014", NumberKind::G, NumberState::current, *parse_rfc3339("2026-01-01T00:00:00Z")}};
  return result;
}

Field field(std::string key, FieldType type, std::string changes) {
  Field result;
  result.key = std::move(key);
  result.type = type;
  result.changes = std::move(changes);
  return result;
}

Definition definition() {
  Definition result;
  result.fields = {field("new_name", FieldType::person_name, "name"),
                   field("new_id_number", FieldType::id_number, "id_number"),
                   field("number", FieldType::student_number, ""), field("reason", FieldType::text, "")};
  return result;
}

std::optional<std::vector<RegistryChange>> planned(std::string_view effect, const FieldValues& fields) {
  const Definition about = definition();
  return effect_named(effect).plan({std::string(effect)}, {about, fields}, student());
}

}  // namespace

TEST_CASE("apply_changes sets what its fields change and nothing else") {
  CHECK(planned("apply_changes", {{"new_name", "张叁"}, {"reason", "更正"}}) ==
        std::vector<RegistryChange>{{"name", "张三", "张叁"}});
  CHECK(planned("apply_changes", {{"new_name", ""}, {"reason", "更正"}}) == std::vector<RegistryChange>{});
}

TEST_CASE("apply_changes follows the order of the form, and a new ID number brings its sex and birth date") {
  CHECK(planned("apply_changes", {{"new_id_number", "11010519491231002X"}, {"new_name", "张叁"}}) ==
        std::vector<RegistryChange>{{"name", "张三", "张叁"},
                                    {"id_number", "440524188001010014", "11010519491231002X"},
                                    {"sex", "male", "female"},
                                    {"birth_date", "1880-01-01", "1949-12-31"}});
}

TEST_CASE("retire_number retires the number that the field of that type names") {
  CHECK(planned("retire_number", {{"number", "G440524188001010014"}}) ==
        std::vector<RegistryChange>{{"number.state", "current", "retired", "G440524188001010014"}});
}

TEST_CASE("what is no current number of the student can't be retired") {
  CHECK(planned("retire_number", {{"number", "G11010519491231002X"}}) == std::nullopt);
  CHECK(planned("retire_number", {}) == std::nullopt);
}

TEST_CASE("move takes the student to the school of a place, and nowhere where they are already") {
  const Definition about = definition();
  const FieldValues fields;
  Student moved = student();
  moved.school = OfficeId{4};
  const auto plan = [&](OfficeId office) {
    return move_effect().plan(
        {"move", "initiator.office"},
        {about, fields, {}, [&](std::string_view place) { return place == "initiator.office" ? office : OfficeId{}; }},
        moved);
  };
  CHECK(plan(OfficeId{9}) == std::vector<RegistryChange>{{"school", "4", "9"}});
  CHECK(plan(OfficeId{4}) == std::nullopt);
  CHECK(plan(OfficeId{}) == std::nullopt);
  CHECK(apply(moved, *plan(OfficeId{9}), {}).school == OfficeId{9});
  CHECK_THROWS_AS(apply(moved, std::vector<RegistryChange>{{"school", "5", "9"}}, {}), std::logic_error);
}

TEST_CASE("set gives members what stands there: a constant, a field's value, or none") {
  Definition about = definition();
  const EffectCall call{
      "set", {}, {{"status", {}, "suspended"}, {"name", "new_name"}, {"grade", "grade"}, {"class", {}, {}}}};
  Student one = student();
  one.class_name = "2班";
  CHECK(set_effect().plan(call, {about, FieldValues{{"new_name", "张叁"}, {"grade", ""}}}, one) ==
        std::vector<RegistryChange>{
            {"status", "in_school", "suspended"}, {"name", "张三", "张叁"}, {"class", "2班", ""}});
  CHECK(set_effect().plan({"set", {}, {{"name", "new_name"}}}, {about, FieldValues{}}, one) ==
        std::vector<RegistryChange>{});
}

TEST_CASE("an ID number that is set brings its sex and birth date, and one that is taken away leaves them") {
  const Definition about = definition();
  const EffectCall by_field{"set", {}, {{"id_number", "new_id_number"}}}, emptied{"set", {}, {{"id_number", {}, {}}}};
  CHECK(set_effect().plan(by_field, {about, FieldValues{{"new_id_number", "11010519491231002X"}}}, student())->size() ==
        3);
  const auto changes = set_effect().plan(emptied, {about, FieldValues{}}, student());
  CHECK(changes == std::vector<RegistryChange>{{"id_number", "440524188001010014", ""}});
  CHECK_FALSE(apply(student(), *changes, {}).id_number);
}

TEST_CASE("give_number makes the G number of the ID number as it is then, and the old number is a former one") {
  const Definition about = definition();
  const EffectCall call{"give_number"};
  Student with_j = student();
  with_j.numbers = {{"J210103201709011052", NumberKind::J, NumberState::current, {}}};
  const auto changes = give_number_effect().plan(call, {about, FieldValues{}}, with_j);
  CHECK(changes == std::vector<RegistryChange>{{"number.state", "current", "former", "J210103201709011052"},
                                               {"number.state", "", "current", "G440524188001010014"}});
  CHECK(give_number_effect().plan(call, {about, FieldValues{}}, student()) == std::nullopt);
  with_j.id_number.reset();
  CHECK(give_number_effect().plan(call, {about, FieldValues{}}, with_j) == std::nullopt);
  const auto touched = give_number_effect().touches(about, call);
  REQUIRE(touched.size() == 1);
  CHECK((touched[0].member == "number.state" && touched[0].field.empty() && touched[0].text == "current"));
}

TEST_CASE("give_number gives a record without a number its first: L beside an ID number, J where there is none") {
  const Definition about = definition();
  const EffectCall give_l{"give_number", {}, {{"number.state", {}, "L"}}},
      give_j{"give_number", {}, {{"number.state", {}, "J"}}};
  EffectInputs inputs{about, FieldValues{}};
  std::optional<std::string> next = "L440524188001010010";
  inputs.new_number = [&](NumberKind, const Student&) { return next; };
  const auto planned = [&](const EffectCall& call, const Student& of) {
    return give_number_effect().plan(call, inputs, of);
  };
  Student with = student();
  with.numbers = {{"L440524188001010029", NumberKind::L, NumberState::retired, {}}};
  CHECK(planned(give_l, with) == std::vector<RegistryChange>{{"number.state", "", "current", "L440524188001010010"}});
  CHECK_FALSE(planned(give_j, with));
  with.numbers.front().state = NumberState::current;
  CHECK_FALSE(planned(give_l, with));
  Student without = with;
  without.numbers.clear();
  without.id_number.reset();
  CHECK_FALSE(planned(give_l, without));
  next = "J110003202002290022";
  CHECK(planned(give_j, without)->front().number == next);
  next.reset();
  CHECK_FALSE(planned(give_j, without));
  CHECK(give_number_effect().touches(about, give_j).front().gives == NumberKind::J);
}

TEST_CASE("an effect says what it touches, by which field or with which value") {
  const auto set = set_effect().touches(definition(), {"set", {}, {{"status", {}, "left"}, {"name", "new_name"}}});
  REQUIRE(set.size() == 2);
  CHECK((set[0].member == "status" && set[0].field.empty() && set[0].text == "left"));
  CHECK((set[1].member == "name" && set[1].field == "new_name" && !set[1].needed));
  const auto touched = effect_named("apply_changes").touches(definition(), {"apply_changes"});
  REQUIRE(touched.size() == 2);
  CHECK((touched[0].member == "name" && touched[0].field == "new_name" && !touched[0].needed));
  CHECK(is_needed_by_effects(Definition{}, definition().fields[2]) == false);
}

TEST_CASE("the record after a request has all of its effects that can be made") {
  Definition both = definition();
  State end;
  end.effects = {{"apply_changes"}, {"retire_number"}};
  both.states = {end, end};
  const Instant now = *parse_rfc3339("2026-09-01T00:00:00Z");
  const Guard::Lookup values = [](std::string_view) { return GuardValue{}; };
  const Student renamed =
      record_after(both, {{"new_name", "张叁"}, {"number", "G11010519491231002X"}}, student(), values, now);
  CHECK((renamed.name == "张叁" && renamed.numbers == student().numbers));
  CHECK(record_after(both, {{"number", "G440524188001010014"}}, student(), values, now).numbers[0].state ==
        NumberState::retired);
  CHECK(is_needed_by_effects(both, both.fields[2]));
  CHECK_FALSE(is_needed_by_effects(both, both.fields[0]));
}

TEST_CASE("unknown effects are errors of the program") {
  CHECK_THROWS_AS(effect_named("delete_student"), std::logic_error);
  CHECK(effect_names().size() == 7);
}
