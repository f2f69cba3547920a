// What a transition changes in the registry, with what was there before.
#include "engine/registry/effects.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

using namespace xueji;

namespace {

const Instant then = *parse_rfc3339("2026-01-01T00:00:00Z");
const Instant now = *parse_rfc3339("2026-09-01T00:00:00Z");

Student student() {
  Student result;
  result.name = "张三";
  result.id_number = "440524188001010014";
  result.birth_date = *parse_date("1880-01-01");
  result.sex = Sex::male;
  result.grade = "3";
  result.version = 4;
  result.numbers = {{"G440524188001010014", NumberKind::G, NumberState::current, then},
                    {"L440524188001010014", NumberKind::L, NumberState::former, then}};
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

}  // namespace

TEST_CASE("apply_changes sets what its fields change and nothing else") {
  const auto changes =
      changes_of_effect("apply_changes", definition(), {{"new_name", "张叁"}, {"reason", "更正"}}, student());
  CHECK(changes == std::vector<RegistryChange>{{"name", "张三", "张叁"}});
  Student expected = student();
  expected.name = "张叁";
  expected.version = 5;
  CHECK(apply(student(), changes, now) == expected);
}

TEST_CASE("a new ID number brings its sex and birth date") {
  const auto changes =
      changes_of_effect("apply_changes", definition(), {{"new_id_number", "11010519491231002X"}}, student());
  CHECK(changes == std::vector<RegistryChange>{{"id_number", "440524188001010014", "11010519491231002X"},
                                               {"sex", "male", "female"},
                                               {"birth_date", "1880-01-01", "1949-12-31"}});
  const Student changed = apply(student(), changes, now);
  CHECK(changed.id_number == "11010519491231002X");
  CHECK(changed.sex == Sex::female);
  CHECK(to_string(changed.birth_date) == "1949-12-31");
  CHECK(changed.numbers == student().numbers);
}

TEST_CASE("a first ID number has an empty old value, and values that stay make no change") {
  Student without = student();
  without.id_number.reset();
  CHECK(changes_of_effect("apply_changes", definition(), {{"new_id_number", "440524188001010014"}}, without) ==
        std::vector<RegistryChange>{{"id_number", "", "440524188001010014"}});
  CHECK(changes_of_effect("apply_changes", definition(), {{"new_name", "张三"}}, student()).empty());
}

TEST_CASE("retire_number retires a current number of that student for ever, and only once") {
  const FieldValues fields{{"number", "G440524188001010014"}};
  const auto changes = changes_of_effect("retire_number", definition(), fields, student());
  CHECK(changes ==
        std::vector<RegistryChange>{{"number.state", "G440524188001010014 current", "G440524188001010014 retired"}});
  const Student changed = apply(student(), changes, now);
  REQUIRE(changed.numbers.size() == 2);
  CHECK(changed.numbers[0].state == NumberState::retired);
  CHECK(changed.numbers[0].since == now);
  CHECK(changed.numbers[1] == student().numbers[1]);
  CHECK(changes_of_effect("retire_number", definition(), fields, changed).empty());
  CHECK_THROWS_AS(apply(changed, changes, now), std::logic_error);
  CHECK(changes_of_effect("retire_number", definition(), {{"number", "G11010519491231002X"}}, student()).empty());
}

TEST_CASE("unknown effects and members are errors of the program") {
  CHECK_THROWS_AS(changes_of_effect("delete_student", definition(), {}, student()), std::logic_error);
  CHECK_THROWS_AS(member_text(student(), "shoe_size"), std::logic_error);
  CHECK(effect_names().size() == 2);
}
