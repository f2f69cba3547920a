// Variants: a business's file of one province, and where it stands in place of the national one.
#include "tests/unit/definition/small_definition.hpp"

using namespace xueji;

namespace {

const std::string two_places = "places:\n  receiving: initiator.office\n  sending: student.school\n";
const std::string senior =
    "applies: {place: receiving, provinces: [\"450000\", 440000], within: prefecture, stages: [special, senior]}\n";

/// The small definition as a variant; lines 3 and 11 say which.
std::string variant_of_two_schools(const std::string& applies = senior, const std::string& variant = "guangdong") {
  std::string text = with(small_definition, "format: 1", "format: 2");
  text = with(text, "version: 3\n", "variant: " + variant + "\nversion: 3\n");
  return with(text, "open:\n  by: registrar at student.school",
              two_places + applies + "open:\n  by: registrar at any school");
}

std::string first_fault(const std::string& yaml) {
  const std::string faults = faults_of(yaml);
  return faults.substr(0, faults.find('\n'));
}

}  // namespace

TEST_CASE("a variant says whose province, which stages, and how far apart the schools may be") {
  const Definition definition = loaded(variant_of_two_schools());
  CHECK(definition.variant == "guangdong");
  REQUIRE(definition.applies);
  CHECK(definition.applies->place == "initiator.office");
  CHECK(definition.applies->provinces == std::vector<std::string>{"440000", "450000"});
  CHECK(definition.applies->within == Level::prefecture);
  CHECK(definition.applies->stages == std::vector{Stage::senior, Stage::special});
  CHECK(definition.applies->position == Position{11, 10});
}

TEST_CASE("a variant within the nation is bound by nothing") {
  const Definition definition =
      loaded(variant_of_two_schools("applies: {place: sending, provinces: [\"440000\"], within: nation}\n"));
  CHECK_FALSE(definition.applies->within);
  CHECK(definition.applies->stages.empty());
}

TEST_CASE("a national file has no variant") {
  const Definition definition = loaded(small_definition);
  CHECK(definition.variant.empty());
  CHECK_FALSE(definition.applies);
}

TEST_CASE("what is wrong with a variant is told where it stands") {
  const auto [from, to, fault] = GENERATE(table<std::string, std::string, std::string>({
      {"variant: guangdong", "variant: Guang_dong",
       "3:10: error: `variant` must be small letters and digits joined by hyphens; write it like `variant: "
       "guangdong-senior`"},
      {senior, "",
       "3:10: error: a variant needs `applies`; say where it stands in place of the national file, `applies: {place: "
       "PLACE, provinces: [\"440000\"]}`"},
      {"variant: guangdong\n", "",
       "10:10: error: the national file applies everywhere; remove `applies`, or name the variant, `variant: "
       "guangdong-senior`"},
      {"place: receiving, ", "",
       "11:10: error: `applies` needs `place`; name the place whose province is asked, one of `places`"},
      {"place: receiving", "place: recieving",
       "11:18: error: a request has no place `recieving`; did you mean `receiving`?"},
      {", provinces: [\"450000\", 440000]", "",
       "11:10: error: `applies` needs `provinces`; list the division codes of provinces, `provinces: [\"440000\"]`"},
      {"\"450000\", 440000", "",
       "11:40: error: `provinces` must be a list with at least one entry; write it as [one, two]"},
      {"440000]", "440100]",
       "11:51: error: `440100` is no division code of a province; write its six digits, like \"440000\""},
      {"440000]", "450000]", "11:51: error: `450000` stands here a second time; keep one of the two"},
      {"within: prefecture", "within: ministry",
       "11:68: error: `within` cannot be `ministry`; write one of: county, prefecture, province, nation"},
      {"by: registrar at any school", "by: registrar at student.school",
       "11:68: error: one school takes part, so there is no office above two; remove `within`"},
      {"stages: [special, senior]", "stages: [special, seniors]",
       "11:98: error: there is no stage `seniors`; did you mean `senior`?"},
      {"stages: [special, senior]", "grades: [11]",
       "11:80: error: `applies` has no key `grades`; did you mean `stages`?"},
  }));
  CAPTURE(to);
  CHECK(first_fault(with(variant_of_two_schools(), from, to)) == "w.yaml:" + fault);
}

TEST_CASE("the first format has no variants") {
  const std::string faults = faults_of(with(small_definition, "version: 3\n", "variant: guangdong\nversion: 3\n"));
  CHECK(faults.find("3:10: error: `variant` belongs to format 2; write `format: 2` at the top") != std::string::npos);
}
