#include "engine/authority/stage.hpp"

#include "tests/catch.hpp"

using namespace xueji;

TEST_CASE("the first two digits of a school's code say its stage") {
  CHECK(stage_of_school("2144000001") == Stage::primary);
  CHECK(stage_of_school("3144000001") == Stage::junior);
  CHECK(stage_of_school("3444000001") == Stage::senior);
  CHECK(stage_of_school("5144000001") == Stage::special);
}

TEST_CASE("other kinds of school and authorities have no stage") {
  for (const char* code : {"1144000001", "3644000001", "340000", "", "34440000011"}) CHECK_FALSE(stage_of_school(code));
}

TEST_CASE("stages are read as they are written") {
  for (const std::string_view word : stage_words) CHECK(to_string(parse_stage(word).value()) == word);
  CHECK_FALSE(parse_stage("college"));
}

TEST_CASE("the stage of a grade, and whether it is the last one, follow from the school's system") {
  using enum SchoolSystem;
  CHECK(stage_of_grade("5", six_three) == Stage::primary);
  CHECK(stage_of_grade("6", six_three) == Stage::primary);
  CHECK(stage_of_grade("6", five_four) == Stage::junior);
  CHECK(stage_of_grade("9", five_four) == Stage::junior);
  CHECK(stage_of_grade("10", six_three) == Stage::senior);
  for (const char* text : {"", "0", "13", "6a", "六"}) CHECK_FALSE(stage_of_grade(text, six_three));
  CHECK(is_graduating("6", six_three));
  CHECK_FALSE(is_graduating("5", six_three));
  CHECK(is_graduating("5", five_four));
  CHECK_FALSE(is_graduating("6", five_four));
  for (const char* last : {"9", "12"}) CHECK((is_graduating(last, six_three) && is_graduating(last, five_four)));
  for (const char* other : {"8", "10", "", "x"}) CHECK_FALSE(is_graduating(other, six_three));
}

TEST_CASE("a stage has its grades, and special education all of them") {
  using Grades = std::vector<std::string>;
  CHECK(grades_of(Stage::junior, SchoolSystem::six_three) == Grades{"7", "8", "9"});
  CHECK(grades_of(Stage::junior, SchoolSystem::five_four) == Grades{"6", "7", "8", "9"});
  CHECK(grades_of(Stage::special, SchoolSystem::six_three).size() == 12);
}

TEST_CASE("several stages are written with commas and read in order") {
  const std::vector both{Stage::primary, Stage::junior};
  CHECK(to_string(both) == "primary,junior");
  CHECK(parse_stages("junior,primary,junior") == both);
  CHECK(parse_stages("")->empty());
  CHECK_FALSE(parse_stages("primary,college"));
  CHECK_FALSE(parse_stages("primary, junior"));
}
