#include <algorithm>
#include <map>
#include <set>

#include "cli/demo/demo_world.hpp"
#include "engine/registry/names.hpp"
#include "engine/registry/numbers.hpp"
#include "tests/catch.hpp"

using namespace xueji;
using namespace xueji::demo;

namespace {

const DemoWorld& world() {
  static const DemoWorld made = make_demo_world();
  return made;
}

const Office& office(OfficeId id) {
  return *std::find_if(world().offices.begin(), world().offices.end(),
                       [&](const Office& each) { return each.id == id; });
}
const Student& student(StudentId id) { return world().students.at(static_cast<std::size_t>(id.value) - 1); }
const DemoAccount& account(const std::string& username) {
  const auto found = std::find_if(world().accounts.begin(), world().accounts.end(),
                                  [&](const DemoAccount& each) { return each.account.username == username; });
  REQUIRE(found != world().accounts.end());
  return *found;
}
OfficeId office_of(const std::string& username) { return account(username).posts.front().office; }
std::size_t offices_of(Level level) {
  return static_cast<std::size_t>(std::count_if(world().offices.begin(), world().offices.end(),
                                                [&](const Office& each) { return each.level == level; }));
}

}  // namespace

TEST_CASE("the demonstration has the offices and students that the issue asks for") {
  CHECK(offices_of(Level::ministry) == 1);
  CHECK(offices_of(Level::province) == 3);
  CHECK(offices_of(Level::county) >= 8);
  CHECK(offices_of(Level::school) >= 24);
  CHECK(world().students.size() == 6000);
  const OfficeTree tree{world().offices};
  CHECK(tree.at_level(office_of("registrar"), Level::prefecture) == nullptr);
  std::set<Level> authorities;
  for (const Office& each : world().offices)
    if (each.level == Level::school) authorities.insert(tree.authority_of(each.id)->level);
  CHECK(authorities == std::set<Level>{Level::county, Level::prefecture, Level::province});
}

TEST_CASE("the demonstration is the same every time") {
  const DemoWorld again = make_demo_world();
  CHECK(again.students == world().students);
  CHECK(again.population == world().population);
  CHECK(again.journeys.size() == world().journeys.size());
}

TEST_CASE("every student's numbers and names are valid, and student numbers are unique") {
  const Date today = china_date(parse_rfc3339("2026-11-01T00:00:00Z").value());
  std::set<std::string> numbers;
  std::set<NumberKind> kinds;
  std::set<StudentStatus> statuses;
  std::size_t four_byte_names = 0;
  for (const Student& each : world().students) {
    INFO(each.id.value);
    CHECK(!check_person_name(each.name));
    if (each.id_number) {
      CHECK(!check_id_number(*each.id_number, today));
      CHECK(birth_date_of_id_number(*each.id_number) == each.birth_date);
      CHECK(sex_of_id_number(*each.id_number) == each.sex);
    }
    for (const StudentNumber& number : each.numbers) {
      CHECK(!check_student_number(number.number));
      CHECK(numbers.insert(number.number.substr(1)).second);
      kinds.insert(number.kind);
    }
    statuses.insert(each.status);
    four_byte_names +=
        std::any_of(each.name.begin(), each.name.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xF0; });
  }
  CHECK(kinds.size() == 3);
  CHECK(statuses.size() == 12);
  CHECK(four_byte_names > 50);
}

TEST_CASE("the demo accounts stand where the contract says") {
  const OfficeTree tree{world().offices};
  CHECK(tree.authority_of(office_of("registrar"))->id == office_of("county"));
  CHECK(office_of("head") == office_of("registrar"));
  CHECK(office_of("county-approver") == office_of("county"));
  CHECK(tree.authority_of(office_of("registrar2"))->id != office_of("county"));
  CHECK(office_of("county2") != office_of("county"));
  CHECK(tree.at_level(office_of("county2"), Level::province)->id == office_of("province"));
  CHECK(office_of("province-approver") == office_of("province"));
  CHECK(office_of("province2") != office_of("province"));
  CHECK(office(office_of("ministry-approver")).level == Level::ministry);
  CHECK(account("admin").posts.front().role == Role::admin);
}

TEST_CASE("the examples are distinct, enough, and the national side knows what is to be clear") {
  std::map<std::string, std::size_t> clear;
  std::size_t suspect = 0;
  std::set<StudentId> students;
  const std::set<std::string> changed_status{"suspension", "resumption", "return"};
  std::map<std::string, std::size_t> possible, refused;
  for (const DemoExample& each : world().examples) {
    INFO(each.title);
    const Student& about = student(each.student);
    CHECK(students.insert(each.student).second);
    if (each.is_open) continue;
    const bool changes_status = changed_status.contains(each.workflow);
    if (changes_status) {
      ++(each.refused.empty() ? possible : refused)[each.workflow];
      CHECK(about.school == office_of("registrar"));
      CHECK(each.account == "registrar");
      CHECK(each.evidence.front() == "application");
      continue;
    }
    if (each.workflow == "class-change" || each.workflow == "class-division") {
      ++(each.refused.empty() ? possible : refused)[each.workflow];
      CHECK(about.school == office_of("registrar"));
      CHECK((about.status == StudentStatus::in_school) == each.refused.empty());
      continue;
    }
    if (each.is_found) {
      ++(each.refused.empty() ? possible : refused)[each.workflow];
      CHECK(about.school != office_of(each.account));
      CHECK((about.status == StudentStatus::in_school) == each.refused.empty());
      continue;
    }
    CHECK(about.status == StudentStatus::in_school);
    if (each.workflow == "j-to-g" || each.workflow == "g-number-change") {
      ++(each.refused.empty() ? possible : refused)[each.workflow];
      CHECK(about.school == office_of("registrar"));
      continue;
    }
    if (each.workflow == "g-number-deletion") {
      CHECK(each.account == "province");
      CHECK(OfficeTree{world().offices}.contains(office_of("province"), about.school));
    } else {
      CHECK(about.school == office_of("registrar"));
      const auto name = each.fields.count("new_name") ? each.fields.at("new_name") : about.name;
      const auto number = each.fields.count("new_id_number") ? each.fields.at("new_id_number") : *about.id_number;
      const auto known = world().population.find(number);
      const bool matches = known != world().population.end() && known->second == name;
      const bool duplicate = std::any_of(world().students.begin(), world().students.end(), [&](const Student& other) {
        return other.id != about.id &&
               (other.id_number == number ||
                (other.name == name && other.birth_date == about.birth_date && other.sex == about.sex));
      });
      CHECK((matches && !duplicate) == each.cause.empty());
    }
    if (each.cause.empty())
      ++clear[each.workflow];
    else
      ++suspect;
  }
  CHECK(clear["key-information-change"] >= 200);
  CHECK(clear["g-number-deletion"] >= 5);
  CHECK(suspect >= 10);
  CHECK(possible["transfer"] >= 10);
  CHECK(refused["transfer"] == 2);
  for (const std::string workflow : {"class-change", "class-division"}) {
    CHECK(possible[workflow] == 3);
    CHECK(refused[workflow] == 1);
  }
  for (const std::string workflow : {"j-to-g", "g-number-change"}) CHECK(possible[workflow] == 3);
  CHECK(refused["j-to-g"] == 1);
  CHECK(refused["g-number-change"] == 2);
  for (const std::string& workflow : changed_status) {
    CHECK(possible[workflow] >= 2);
    CHECK(refused[workflow] == 1);
  }
}

TEST_CASE("an example is acted on by accounts that are there, and ends where the last of them leaves it") {
  for (const DemoExample& each : world().examples) {
    INFO(each.title);
    CHECK(each.account.empty() == each.is_open);
    if (!each.is_open) CHECK(account(each.account).account.username == each.account);
    CHECK(each.way.empty() == !each.refused.empty());
    for (const DemoAct& act : each.way) CHECK(account(act.account).account.username == act.account);
    const bool is_refused = each.way.empty() || !each.way.back().refused.empty();
    CHECK(each.then.outcome.empty() == is_refused);
    if (!is_refused) CHECK((each.then.outcome == "rejected") == (each.way.back().action == "reject"));
  }
}

TEST_CASE(
    "each pair has a record without an ID number, both of one name, sex and birth date, and nobody else is like them") {
  std::set<Level> common;
  std::size_t both_with_g = 0, to_try = 0;
  std::set<StudentId> about;
  const OfficeTree tree{world().offices};
  for (const DemoJourney& each : world().journeys) {
    if (!each.by_machine) continue;
    INFO(each.student.value);
    REQUIRE(each.students.size() == 2);
    const Student& one = student(each.students[0]);
    const Student& other = student(each.students[1]);
    CHECK(one.id < other.id);
    CHECK(about.insert(one.id).second);
    CHECK(about.insert(other.id).second);
    CHECK((one.name == other.name && one.sex == other.sex && one.birth_date == other.birth_date));
    CHECK((one.id_number.has_value() && !other.id_number));
    CHECK(std::count_if(world().students.begin(), world().students.end(), [&](const Student& any) {
            return any.name == one.name && any.birth_date == one.birth_date;
          }) == 2);
    const auto has_g = [](const Student& any) {
      return std::any_of(any.numbers.begin(), any.numbers.end(), [](const StudentNumber& number) {
        return number.kind == NumberKind::G && number.state == NumberState::current;
      });
    };
    both_with_g += has_g(one) && has_g(other);
    const bool one_school = one.school == other.school;
    common.insert(one_school ? Level::school : tree.common_superior(one.school, other.school)->level);
  }
  for (const DemoExample& each : world().examples) to_try += each.is_open && about.contains(each.student);
  CHECK(common == std::set<Level>{Level::school, Level::county, Level::prefecture, Level::province, Level::ministry});
  CHECK(both_with_g >= 2);
  CHECK(to_try == 5);
}

TEST_CASE("the population holds mismatches and unknown people for the checks to find") {
  std::size_t unknown = 0;
  std::size_t misnamed = 0;
  for (const Student& each : world().students) {
    if (!each.id_number) continue;
    const auto known = world().population.find(*each.id_number);
    if (known == world().population.end())
      ++unknown;
    else if (known->second != each.name)
      ++misnamed;
  }
  CHECK(unknown >= 10);
  CHECK(misnamed >= 10);
}
