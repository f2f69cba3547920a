// A student's authority is whoever supervises the school, whatever the level; jurisdiction follows the tree downwards.
#include "engine/authority/office.hpp"
#include "tests/catch.hpp"

#include <stdexcept>

#include "engine/authority/caller.hpp"

using namespace xueji;

namespace {

constexpr OfficeId ministry{1}, province{2}, prefecture{3}, county{4}, school{5}, municipality{6}, district{7},
    city_school{8}, senior_high{9}, unknown{99};

OfficeTree tree() {
  return OfficeTree({{school, "2111000001", "第一小学", Level::school, county},
                     {ministry, "100000", "教育部", Level::ministry, {}},
                     {province, "210000", "辽宁省教育厅", Level::province, ministry},
                     {prefecture, "210100", "沈阳市教育局", Level::prefecture, province},
                     {county, "210102", "和平区教育局", Level::county, prefecture},
                     {municipality, "110000", "北京市教育委员会", Level::province, ministry},
                     {district, "110101", "东城区教育局", Level::county, municipality},
                     {city_school, "2111000002", "东城小学", Level::school, district},
                     {senior_high, "3121000003", "省实验中学", Level::school, province}});
}

const Instant noon = *parse_rfc3339("2026-09-01T04:00:00Z");

Post post(Role role, OfficeId office) {
  Post result;
  result.id = PostId{1};
  result.account = AccountId{1};
  result.office = office;
  result.role = role;
  return result;
}

}  // namespace

TEST_CASE("the authority of a school is the office that supervises it, at whatever level") {
  const OfficeTree offices = tree();
  CHECK(offices.authority_of(school)->id == county);
  CHECK(offices.authority_of(senior_high)->id == province);
  CHECK(offices.authority_of(ministry) == nullptr);
  CHECK(offices.authority_of(unknown) == nullptr);
}

TEST_CASE("the office of a township is no authority: its county's is, and it has sight of its schools") {
  constexpr OfficeId other_county{10}, township{11}, village_school{12}, other_school{13};
  const OfficeTree offices({{ministry, "100000", "教育部", Level::ministry, {}},
                            {province, "410000", "河南省教育厅", Level::province, ministry},
                            {other_county, "411422", "睢县教育体育局", Level::county, province},
                            {township, "411422200", "柳集乡中心校", Level::township, other_county},
                            {village_school, "2141000001", "第一小学", Level::school, township},
                            {other_school, "2141000002", "第二小学", Level::school, township}});
  CHECK(offices.above(village_school)->id == township);
  CHECK(offices.authority_of(village_school)->id == other_county);
  CHECK(offices.authority_of(township)->id == other_county);
  CHECK(offices.at_level(village_school, Level::township)->id == township);
  CHECK(offices.common_superior(village_school, other_school)->id == other_county);
  CHECK(offices.contains(township, village_school));
  CHECK(offices.chain(village_school) ==
        std::vector<OfficeId>{village_school, township, other_county, province, ministry});
}

TEST_CASE("a level is found above an office or is missing") {
  const OfficeTree offices = tree();
  CHECK(offices.at_level(school, Level::prefecture)->id == prefecture);
  CHECK(offices.at_level(city_school, Level::prefecture) == nullptr);
  CHECK(offices.at_level(city_school, Level::province)->id == municipality);
  CHECK(offices.at_level(school, Level::school)->id == school);
  CHECK(offices.at_level(province, Level::county) == nullptr);
}

TEST_CASE("an office contains itself and what is below it") {
  const OfficeTree offices = tree();
  CHECK(offices.contains(province, school));
  CHECK(offices.contains(school, school));
  CHECK_FALSE(offices.contains(school, county));
  CHECK_FALSE(offices.contains(municipality, school));
  CHECK_FALSE(offices.contains(unknown, school));
  CHECK(offices.chain(city_school) == std::vector<OfficeId>{city_school, district, municipality, ministry});
}

TEST_CASE("a tree with a cycle, an unknown supervisor or an office given twice is refused") {
  CHECK_THROWS_AS(OfficeTree({{county, "", "A", Level::county, school}, {school, "", "B", Level::school, county}}),
                  std::invalid_argument);
  CHECK_THROWS_AS(OfficeTree({{county, "", "A", Level::county, unknown}}), std::invalid_argument);
  CHECK_THROWS_AS(OfficeTree({{ministry, "", "A", Level::ministry, {}}, {ministry, "", "B", Level::ministry, {}}}),
                  std::invalid_argument);
}

TEST_CASE("a post is in force from its beginning up to, and without, its end") {
  Post lent = post(Role::reviewer, county);
  lent.from = noon;
  lent.until = noon + std::chrono::hours(1);
  CHECK_FALSE(lent.in_force(noon - std::chrono::microseconds(1)));
  CHECK(lent.in_force(noon));
  CHECK_FALSE(lent.in_force(*lent.until));
}

TEST_CASE("a caller sees what is below a post in force, and acts by an own post before a lent one") {
  const OfficeTree offices = tree();
  Caller caller;
  Post lent = post(Role::reviewer, county);
  lent.delegated_from = AccountId{7};
  caller.posts = {lent, post(Role::reviewer, county)};
  CHECK(may_see_office(caller, school, offices, noon));
  CHECK_FALSE(may_see_office(caller, city_school, offices, noon));
  CHECK_FALSE(may_see_office(caller, prefecture, offices, noon));
  REQUIRE(caller.post(Role::reviewer, county, noon));
  CHECK_FALSE(caller.post(Role::reviewer, county, noon)->delegated_from);
  CHECK(caller.post(Role::approver, county, noon) == nullptr);
  caller.posts = {lent};
  CHECK(caller.post(Role::reviewer, county, noon)->delegated_from == AccountId{7});
  caller.posts[0].until = noon;
  CHECK_FALSE(may_see_office(caller, school, offices, noon));
  CHECK_FALSE(caller.holds_role(Role::reviewer, noon));
}

TEST_CASE("words of levels and roles are read back") {
  for (const auto word : level_words) CHECK(to_string(*parse_level(word)) == word);
  for (const auto word : role_words) CHECK(to_string(*parse_role(word)) == word);
  CHECK_FALSE(parse_role("clerk"));
  CHECK_FALSE(parse_level("village"));
}

TEST_CASE("a school teaches the stages that were entered, else those of its code") {
  Office of_code{school, "2144000001", "第一小学", Level::school, county};
  CHECK(stages_taught(of_code) == std::vector{Stage::primary});
  CHECK(grades_taught(of_code) == std::vector<std::string>{"1", "2", "3", "4", "5", "6"});
  of_code.stages = {Stage::junior, Stage::senior};
  of_code.system = SchoolSystem::five_four;
  CHECK(stages_taught(of_code) == std::vector{Stage::junior, Stage::senior});
  CHECK(grades_taught(of_code) == std::vector<std::string>{"6", "7", "8", "9", "10", "11", "12"});
  CHECK(stage_at(of_code, "6") == Stage::junior);
  CHECK(is_graduating_at(of_code, "5"));
  CHECK(stages_taught({school, "1144000001", "幼儿园", Level::school, county}).empty());
  CHECK(stages_taught({county, "340000", "A", Level::county, {}}).empty());
}
