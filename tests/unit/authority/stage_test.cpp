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
