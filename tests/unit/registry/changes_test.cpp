// What setting a member or retiring a number changes in a student's record, with what was there before.
#include "engine/registry/changes.hpp"

#include <map>
#include <stdexcept>

#include "tests/catch.hpp"

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

}  // namespace

TEST_CASE("setting a member changes it and nothing else") {
  const auto changes = setting(student(), "name", "张叁");
  CHECK(changes == std::vector<RegistryChange>{{"name", "张三", "张叁"}});
  Student expected = student();
  expected.name = "张叁";
  expected.version = 5;
  CHECK(apply(student(), changes, now) == expected);
}

TEST_CASE("a new ID number brings its sex and birth date") {
  const auto changes = setting(student(), "id_number", "11010519491231002X");
  CHECK(changes == std::vector<RegistryChange>{{"id_number", "440524188001010014", "11010519491231002X"},
                                               {"sex", "male", "female"},
                                               {"birth_date", "1880-01-01", "1949-12-31"}});
  const Student changed = apply(student(), changes, now);
  CHECK(changed.id_number == "11010519491231002X");
  CHECK(changed.sex == Sex::female);
  CHECK(to_string(changed.birth_date) == "1949-12-31");
  CHECK(changed.numbers == student().numbers);
}

TEST_CASE("a status other than suspended takes the term away, and the change says so") {
  Student suspended = student();
  suspended.status = StudentStatus::suspended;
  suspended.status_until = *parse_date("2027-08-31");
  CHECK(setting(suspended, "status", "suspended").empty());
  const auto changes = setting(suspended, "status", "in_school");
  CHECK(changes ==
        std::vector<RegistryChange>{{"status", "suspended", "in_school"}, {"status_until", "2027-08-31", ""}});
  const Student back = apply(suspended, changes, {});
  CHECK(back.status == StudentStatus::in_school);
  CHECK_FALSE(back.status_until);
  CHECK(setting(back, "status_until", "").empty());
}

TEST_CASE("a first ID number has an empty old value, and values that stay make no change") {
  Student without = student();
  without.id_number.reset();
  CHECK(setting(without, "id_number", "440524188001010014") ==
        std::vector<RegistryChange>{{"id_number", "", "440524188001010014"}});
  CHECK(setting(student(), "name", "张三").empty());
}

TEST_CASE("a number that is given is current, and what was current is former, found for ever") {
  Student with_j = student();
  with_j.numbers = {{"J210103201709011052", NumberKind::J, NumberState::current, then}};
  const std::string number = g_number_of(with_j);
  CHECK(number == "G440524188001010014");
  const auto changes = giving(with_j, number);
  const Student changed = apply(with_j, changes, now);
  CHECK(changed.numbers ==
        std::vector<StudentNumber>{{"J210103201709011052", NumberKind::J, NumberState::former, now},
                                   {"G440524188001010014", NumberKind::G, NumberState::current, now}});
  CHECK(changes[0].old_text() == "J210103201709011052 current");
  CHECK(changes[0].new_text() == "J210103201709011052 former");
  CHECK(changes[1].old_text().empty());
  CHECK(changes[1].new_text() == "G440524188001010014 current");
  CHECK(giving(changed, number).empty());
}

TEST_CASE("a former number can become current again, and no number is made of nothing") {
  Student changed = student();
  changed.numbers = {{"G440524188001010014", NumberKind::G, NumberState::former, then},
                     {"G210103201709010033", NumberKind::G, NumberState::current, then}};
  const Student back = apply(changed, giving(changed, "G440524188001010014"), now);
  REQUIRE(back.numbers.size() == 2);
  CHECK(back.numbers[0].state == NumberState::current);
  CHECK(back.numbers[1].state == NumberState::former);
  changed.id_number.reset();
  CHECK(g_number_of(changed).empty());
  CHECK(giving(changed, g_number_of(changed)).empty());
  CHECK(giving(changed, "G440524188001010013").empty());
}

TEST_CASE("a current number of that student is retired for ever, and only once") {
  const auto changes = retiring(student(), "G440524188001010014");
  CHECK(changes == std::vector<RegistryChange>{{"number.state", "current", "retired", "G440524188001010014"}});
  const Student changed = apply(student(), changes, now);
  REQUIRE(changed.numbers.size() == 2);
  CHECK(changed.numbers[0].state == NumberState::retired);
  CHECK(changed.numbers[0].since == now);
  CHECK(changed.numbers[1] == student().numbers[1]);
  CHECK(retiring(changed, "G440524188001010014").empty());
  CHECK_THROWS_AS(apply(changed, changes, now), std::logic_error);
  CHECK(retiring(student(), "G11010519491231002X").empty());
}

TEST_CASE("a former number can't be retired") { CHECK(retiring(student(), "L440524188001010014").empty()); }

TEST_CASE("a merger is taken back by its changes the other way round") {
  Student goes_on = student(), ends = student();
  goes_on.id = StudentId{8};
  ends.id = StudentId{9};
  ends.id_number.reset();
  ends.status = StudentStatus::suspended;
  ends.status_until = *parse_date("2027-08-31");
  ends.numbers = {{"L440524188001010022", NumberKind::L, NumberState::current, now}};
  const auto changes = merging(goes_on, ends).value();
  for (auto& [before, made] : {std::pair(goes_on, changes[0]), std::pair(ends, changes[1])}) {
    Student after = apply(before, made, now);
    std::vector<RegistryChange> back;
    for (auto each = made.rbegin(); each != made.rend(); ++each)
      back.push_back(change_of_texts(each->member, each->new_text(), each->old_text()));
    after = apply(after, back, now);
    after.version = before.version;
    CHECK(after == before);
  }
}

TEST_CASE("the record that goes on has every number, and one G number of its own or the other's") {
  Student goes_on = student(), ends = student();
  goes_on.id = StudentId{8};
  goes_on.numbers = {{"L440524188001010022", NumberKind::L, NumberState::current, now}};
  ends.id = StudentId{9};
  ends.id_number.reset();
  const auto states = [](const Student& of) {
    std::map<std::string, NumberState> by_number;
    for (const StudentNumber& each : of.numbers) by_number.emplace(each.number, each.state);
    return by_number;
  };
  const auto changes = merging(goes_on, ends).value();
  CHECK(states(apply(goes_on, changes[0], now)) ==
        std::map<std::string, NumberState>{{"G440524188001010014", NumberState::current},
                                           {"L440524188001010014", NumberState::former},
                                           {"L440524188001010022", NumberState::former}});
  const Student ended = apply(ends, changes[1], now);
  CHECK(ended.numbers.empty());
  CHECK(ended.merged_into == goes_on.id);
  CHECK(ended.status == StudentStatus::merged);

  CHECK_FALSE(merging(goes_on, goes_on));
  CHECK_FALSE(merging(goes_on, ended));
  CHECK_FALSE(merging(ended, goes_on));
  Student with_g = goes_on;
  with_g.numbers.push_back({"G11010519491231002X", NumberKind::G, NumberState::current, now});
  CHECK_FALSE(merging(with_g, ends));
  with_g.numbers.back().state = NumberState::retired;
  CHECK(merging(with_g, ends));
  ends.id_number = "440524188001010014";
  CHECK_FALSE(merging(goes_on, ends));
}

TEST_CASE("unknown members are errors of the program") {
  CHECK_THROWS_AS(member_text(student(), "shoe_size"), std::logic_error);
  CHECK_THROWS_AS(setting(student(), "shoe_size", "36"), std::logic_error);
}
