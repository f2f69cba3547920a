#include "engine/registry/check_names.hpp"
#include "tests/catch.hpp"

using namespace xueji;

TEST_CASE("every check has a title in both languages") {
  CHECK(title_of_check("duplicate_check") == Text{"全国查重", "National duplicate check"});
  CHECK(title_of_check("identity_comparison") == Text{"身份比对", "Identity comparison"});
  CHECK(title_of_check("blood_test") == Text{"blood_test", "blood_test"});
}
