// Numbers that an end gives: kept beside the old one, which is found for ever; one student's, whatever the letter.
#include "adapters/sql/audit.hpp"
#include "adapters/sql/connections.hpp"
#include "engine/registry/finding.hpp"
#include "tests/catch.hpp"
#include "tests/contract/store/fixture.hpp"

using namespace xueji;
using namespace xueji::store_test;

namespace {

constexpr StudentId given_one{101}, another{102};

/// A student whose J number became the G number of the ID number, and one who has nothing to do with it.
struct Given {
  Registry registry;
  Given() {
    auto loader = registry.database->bulk_loader();
    for (const StudentId id : {given_one, another}) {
      Student student = student_of(id.value, school, "王小明");
      student.id_number = "110105201709010016";
      student.birth_date = std::chrono::year{2017} / 9 / 1;
      student.sex = Sex::male;
      student.numbers = {{"J210103201709011052", NumberKind::J, NumberState::current, at(-5)}};
      if (id == another) {
        student.id_number.reset();
        student.numbers = {{"L210103201709011010", NumberKind::L, NumberState::current, at(-5)}};
      }
      CHECK(loader->add(student) == id);
    }
    loader->commit();
    loader.reset();
    const Student before = *registry.queries().student(given_one);
    const auto request = open_request(registry, given_one, school, at(0));
    commit(registry.store(), {ending(request, giving(before, g_number_of(before)), at(1))});
  }

  std::vector<StudentId> found(const StudentFilter& filter) {
    std::vector<StudentId> ids;
    for (const Student& each : registry.queries().students({{county}}, filter, {}).items) ids.push_back(each.id);
    return ids;
  }
};

}  // namespace

TEST_CASE("a number that is given is kept beside the old one, and the student is found by either for ever") {
  Given given;
  given.registry.reopen();
  const auto student = given.registry.queries().student(given_one);
  REQUIRE(student);
  REQUIRE(student->numbers.size() == 2);
  for (const StudentNumber& each : student->numbers) {
    CHECK(each.state == (each.kind == NumberKind::G ? NumberState::current : NumberState::former));
    CHECK(each.since == at(1));
    StudentFilter whole, by_end;
    whole.number = each.number;
    CHECK(given.found(whole) == std::vector{given_one});
    by_end.sought = sought_in_names_and_numbers(each.number.substr(13));
    CHECK(given.found(by_end) == std::vector{given_one});
  }
}

TEST_CASE("the characters of a number are another's whatever the letter, and its own student's never") {
  Given given;
  for (const std::string letter : {"G", "L", "J"})
    for (const std::string characters : {"210103201709011052", "110105201709010016"}) {
      CAPTURE(letter, characters);
      const std::string number = letter + characters;
      CHECK(given.registry.queries().is_anothers_number(number, another));
      CHECK_FALSE(given.registry.queries().is_anothers_number(number, given_one));
      const auto transaction = given.registry.store().begin();
      CHECK(transaction->is_anothers_number(number, another));
      CHECK_FALSE(transaction->is_anothers_number(number, given_one));
    }
  CHECK_FALSE(given.registry.queries().is_anothers_number("G440524188001010014", another));
}

TEST_CASE("the audit finds a given number sound, and one that came from nowhere") {
  const std::string statement = GENERATE("", "UPDATE student SET id_number = '440524188001010014' WHERE id = 101");
  Given given;
  if (!statement.empty()) {
    sql::Connections connections(given.registry.place.url(), {});
    sql::Connections::Writing writing(connections);
    writing->execute(statement);
    writing.commit();
  }
  const auto report = audit(given.registry.place.url(), {}, {}, [](std::int64_t, std::int64_t) {});
  if (statement.empty())
    CHECK(report.faults == std::vector<std::string>{});
  else
    CHECK_THAT(report.faults,
               Catch::Matchers::VectorContains(std::string(
                   "1 number(s) came neither from a record that was merged nor from an ID number of the student")));
}

TEST_CASE("the audit finds the first number of a record sound, unless it tells another birth date or replaced one") {
  const std::string statement = GENERATE("", "UPDATE student SET birth_date = '2016-09-01' WHERE id = 101");
  const bool replaces_another = GENERATE(false, true);
  Registry registry;
  auto loader = registry.database->bulk_loader();
  Student student = student_of(given_one.value, school, "王小明");
  student.birth_date = std::chrono::year{2017} / 9 / 1;
  student.sex = Sex::male;
  student.id_number.reset();
  student.numbers.clear();
  if (replaces_another) student.numbers = {{"L210103201709011010", NumberKind::L, NumberState::current, at(-5)}};
  CHECK(loader->add(student) == given_one);
  loader->commit();
  loader.reset();
  const Student before = *registry.queries().student(given_one);
  const auto request = open_request(registry, given_one, school, at(0));
  commit(registry.store(), {ending(request, giving(before, "J210103201709011052"), at(1))});
  if (!statement.empty()) {
    sql::Connections connections(registry.place.url(), {});
    sql::Connections::Writing writing(connections);
    writing->execute(statement);
    writing.commit();
  }
  const auto report = audit(registry.place.url(), {}, {}, [](std::int64_t, std::int64_t) {});
  if (statement.empty() && !replaces_another)
    CHECK(report.faults == std::vector<std::string>{});
  else
    CHECK_THAT(report.faults,
               Catch::Matchers::VectorContains(std::string(
                   "1 number(s) came neither from a record that was merged nor from an ID number of the student")));
}
