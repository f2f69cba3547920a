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

}  // namespace

TEST_CASE("apply_changes sets what its fields change and nothing else") {
  CHECK(changes_of_effect("apply_changes", definition(), {{"new_name", "张叁"}, {"reason", "更正"}}, student()) ==
        std::vector<RegistryChange>{{"name", "张三", "张叁"}});
  CHECK(changes_of_effect("apply_changes", definition(), {{"new_name", ""}, {"reason", "更正"}}, student()).empty());
}

TEST_CASE("apply_changes follows the order of the form, and a new ID number brings its sex and birth date") {
  CHECK(changes_of_effect("apply_changes", definition(),
                          {{"new_id_number", "11010519491231002X"}, {"new_name", "张叁"}}, student()) ==
        std::vector<RegistryChange>{{"name", "张三", "张叁"},
                                    {"id_number", "440524188001010014", "11010519491231002X"},
                                    {"sex", "male", "female"},
                                    {"birth_date", "1880-01-01", "1949-12-31"}});
}

TEST_CASE("retire_number retires the number that the field of that type names") {
  CHECK(changes_of_effect("retire_number", definition(), {{"number", "G440524188001010014"}}, student()) ==
        std::vector<RegistryChange>{{"number.state", "G440524188001010014 current", "G440524188001010014 retired"}});
  CHECK(changes_of_effect("retire_number", definition(), {{"number", "G11010519491231002X"}}, student()).empty());
  CHECK(changes_of_effect("retire_number", definition(), {}, student()).empty());
}

TEST_CASE("unknown effects are errors of the program") {
  CHECK_THROWS_AS(changes_of_effect("delete_student", definition(), {}, student()), std::logic_error);
  CHECK(effect_names().size() == 2);
}
