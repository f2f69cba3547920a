// What holds of every record, whatever a definition says.
#include "engine/registry/invariants.hpp"
#include "engine/registry/names.hpp"
#include "engine/registry/numbers.hpp"

#include "tests/catch.hpp"

using namespace xueji;

namespace {

Student girl() {
  Student student;
  student.id = StudentId{1};
  student.name = "王丽";
  student.id_number = "11010519491231002X";
  student.sex = Sex::female;
  student.birth_date = *parse_date("1949-12-31");
  student.numbers = {{"G11010519491231002X", NumberKind::G, NumberState::current, {}},
                     {"L110105201509011234", NumberKind::L, NumberState::current, {}}};
  return student;
}

std::vector<std::string_view> broken_by(const Student& before, const std::vector<RegistryChange>& changes,
                                        const ChangeGrounds& grounds = {}) {
  std::vector<std::string_view> names;
  for (const Breach& breach : breaches_of(before, changes, grounds)) {
    CHECK_FALSE(breach.sentence.zh.empty());
    CHECK_FALSE(breach.sentence.en.empty());
    names.push_back(breach.invariant);
  }
  return names;
}

using Names = std::vector<std::string_view>;

}  // namespace

TEST_CASE("ID number, sex and birth date agree") {
  CHECK_FALSE(wrong_data_of(girl()));
  CHECK(broken_by(girl(), setting(girl(), "id_number", "440524188001010014")).empty());
  CHECK(broken_by(girl(), setting(girl(), "sex", "male")) == Names{"identity-agrees"});
  CHECK(broken_by(girl(), setting(girl(), "birth_date", "1949-12-30")) == Names{"identity-agrees"});
  Student without = girl();
  without.id_number.reset();
  CHECK(broken_by(without, setting(without, "sex", "male")).empty());
}

TEST_CASE("a record that disagrees already may change in other members, and be put right") {
  Student wrong = girl();
  wrong.sex = Sex::male;
  REQUIRE(wrong_data_of(wrong));
  CHECK(wrong_data_of(wrong)->en == "The ID number does not agree with the sex and the birth date");
  CHECK(broken_by(wrong, setting(wrong, "class", "三班")).empty());
  CHECK(broken_by(wrong, setting(wrong, "sex", "female")).empty());
}

TEST_CASE("wrong data of a record are named as an import names them") {
  Student wrong = girl();
  wrong.name = "张\x01三";
  REQUIRE(wrong_data_of(wrong));
  CHECK(*wrong_data_of(wrong) == *check_person_name(wrong.name));
  wrong = girl();
  wrong.id_number->back() = wrong.id_number->back() == '1' ? '2' : '1';
  REQUIRE(wrong_data_of(wrong));
  CHECK(*wrong_data_of(wrong) == *check_id_number(*wrong.id_number, *parse_date("2026-09-01")));
}

TEST_CASE("one ID number is one student's") {
  ChangeGrounds grounds;
  grounds.id_number_is_anothers = true;
  CHECK(broken_by(girl(), setting(girl(), "id_number", "440524188001010014"), grounds) ==
        Names{"id-number-is-one-students"});
  CHECK(broken_by(girl(), setting(girl(), "class", "三班"), grounds).empty());
}

TEST_CASE("nobody comes back from death") {
  Student dead = girl();
  CHECK(broken_by(dead, setting(dead, "status", "deceased")).empty());
  dead.status = StudentStatus::deceased;
  CHECK(broken_by(dead, setting(dead, "status", "in_school")) == Names{"deceased-is-final"});
  CHECK(broken_by(dead, setting(dead, "name", "张三")).empty());
  CHECK(broken_by(dead, moving(dead, OfficeId{99})) == Names{"deceased-is-final"});
  CHECK(broken_by(girl(), moving(girl(), OfficeId{99})).empty());
}

TEST_CASE("only a suspended student's status has a term") {
  Student suspended = girl();
  suspended.status = StudentStatus::suspended;
  CHECK(broken_by(suspended, setting(suspended, "status_until", "2027-08-31")).empty());
  suspended.status_until = *parse_date("2027-08-31");
  CHECK_FALSE(wrong_data_of(suspended));
  CHECK(broken_by(suspended, setting(suspended, "status", "in_school")).empty());
  CHECK(broken_by(girl(), setting(girl(), "status_until", "2027-08-31")) == Names{"term-is-a-suspensions"});
  const std::vector<RegistryChange> alone{{"status", "suspended", "in_school"}};
  CHECK(broken_by(suspended, alone) == Names{"term-is-a-suspensions"});
  suspended.status = StudentStatus::abroad;
  REQUIRE(wrong_data_of(suspended));
  CHECK(wrong_data_of(suspended)->en == "Only the record of a suspended student says until when");
  CHECK(broken_by(suspended, setting(suspended, "class", "三班")).empty());
}

TEST_CASE("nothing of a merged record changes any more, and nobody who has died is merged") {
  Student merged = girl();
  merged.status = StudentStatus::merged;
  merged.merged_into = StudentId{99};
  CHECK(broken_by(merged, setting(merged, "class", "三班")) == Names{"merged-is-final"});
  Student dead = girl(), other = girl();
  dead.status = StudentStatus::deceased;
  dead.id_number.reset();
  dead.numbers.clear();
  other.id = StudentId{dead.id.value + 1};
  CHECK(broken_by(dead, merging(other, dead).value()[1]) == Names{"deceased-is-final"});
}

TEST_CASE("a number that was retired goes over with the record, and that retires nothing") {
  Student goes_on = girl(), ends = girl();
  ends.id = StudentId{goes_on.id.value + 1};
  ends.id_number.reset();
  ends.numbers = {{"G110105201509015024", NumberKind::G, NumberState::retired, {}}};
  const auto changes = merging(goes_on, ends).value();
  CHECK(broken_by(goes_on, changes[0]).empty());
  CHECK(broken_by(ends, changes[1]).empty());
}

TEST_CASE("a record is at a school") {
  ChangeGrounds grounds;
  const auto moved = moving(girl(), OfficeId{99});
  CHECK(broken_by(girl(), moved, grounds).empty());
  grounds.moves_to_no_school = true;
  CHECK(broken_by(girl(), moved, grounds) == Names{"record-is-at-a-school"});
  CHECK(broken_by(girl(), setting(girl(), "class", "三班"), grounds).empty());
}

TEST_CASE("a G number is retired by two officers of the ministry, an L number by whom the definition says") {
  const auto retired = retiring(girl(), "G11010519491231002X");
  ChangeGrounds grounds;
  for (grounds.ministry_officers = 0; grounds.ministry_officers < 2; ++grounds.ministry_officers)
    CHECK(broken_by(girl(), retired, grounds) == Names{"number-needs-two-officers"});
  CHECK(broken_by(girl(), retired, grounds).empty());
  CHECK(broken_by(girl(), retiring(girl(), "L110105201509011234")).empty());
}

namespace {

/// With a J number, and the G number that the ID number makes.
struct GivenG {
  Student before = girl();
  ChangeGrounds grounds;
  GivenG() {
    before.numbers = {{"J210103201709011052", NumberKind::J, NumberState::current, {}}};
    grounds.both_checks_clear = true;
  }
  Names broken(const std::string& number = "G11010519491231002X") const {
    return broken_by(before, giving(before, number), grounds);
  }
};

}  // namespace

TEST_CASE("a G number is given where both national checks are clear, J stays where they are not") {
  GivenG given;
  CHECK(given.broken().empty());
  given.grounds.both_checks_clear = false;
  CHECK(given.broken() == Names{"number-needs-both-checks"});
}

TEST_CASE("a G number is made of the ID number that the record has then") {
  GivenG given;
  CHECK(given.broken("G440524188001010014") == Names{"number-is-the-id-numbers"});
  auto changes = setting(given.before, "id_number", "440524188001010014");
  const auto more = giving(given.before, "G440524188001010014");
  changes.insert(changes.end(), more.begin(), more.end());
  CHECK(broken_by(given.before, changes, given.grounds).empty());
  given.before.id_number.reset();
  CHECK(given.broken() == Names{"number-is-the-id-numbers"});
}

TEST_CASE("the eighteen characters of a number are one student's for ever, whatever the letter") {
  GivenG given;
  given.grounds.number_is_anothers = true;
  CHECK(given.broken() == Names{"number-is-one-students"});
  CHECK(broken_by(given.before, setting(given.before, "class", "三班"), given.grounds).empty());
}

TEST_CASE("a number that was retired never returns, not even to whose it was") {
  GivenG given;
  given.before.numbers.push_back({"G11010519491231002X", NumberKind::G, NumberState::retired, {}});
  CHECK(given.broken() == Names{"retired-is-final"});
  given.before.numbers.back().state = NumberState::former;
  CHECK(given.broken().empty());
}
