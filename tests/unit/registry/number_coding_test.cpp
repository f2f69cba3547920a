// How L and J numbers are coded: division, birth date, a serial with the sex, a last character (FAQ 5).
#include "engine/registry/number_coding.hpp"

#include <set>
#include <stdexcept>

#include "engine/registry/numbers.hpp"
#include "tests/catch.hpp"

using namespace xueji;

namespace {

NumberRange range(std::string division, const char* born, Sex sex) {
  return {std::move(division), *parse_date(born), sex};
}

const IsTaken nobody = [](std::string_view) { return false; };

}  // namespace

TEST_CASE("a number says the division of the school, the birth date, and the sex in its seventeenth place") {
  for (const std::string division : {"110105", "440524", "650102", "660000", "310230", "500231"})
    for (const auto* born : {"2019-09-01", "2020-02-29", "2000-02-29", "2019-12-31"})
      for (const Sex sex : {Sex::male, Sex::female})
        for (const NumberKind kind : {NumberKind::L, NumberKind::J}) {
          const std::string number = coded_number(kind, range(division, born, sex), 7);
          INFO(number);
          CHECK(number.substr(0, 1) == to_string(kind));
          CHECK(number.substr(1, 6) == division);
          CHECK_FALSE(check_student_number(number));
          CHECK(birth_date_of_id_number(number.substr(1)) == *parse_date(born));
          CHECK(sex_of_id_number(number.substr(1)) == sex);
        }
}

TEST_CASE("J ends with its check character, and no L can be taken for an ID number") {
  const Date today = *parse_date("2026-09-01");
  for (const Sex sex : {Sex::male, Sex::female}) {
    const auto of = range("110105", "2020-02-29", sex);
    for (int place = 0; place < l_numbers_of_range; ++place)
      if (!check_id_number(coded_number(NumberKind::L, of, place).substr(1), today)) FAIL_CHECK(place);
    for (int place = 0; place < j_numbers_of_range; ++place)
      if (check_id_number(coded_number(NumberKind::J, of, place).substr(1), today)) FAIL_CHECK(place);
  }
}

TEST_CASE(
    "5,000 boys and 5,000 girls of one division and birth date have numbers of their own, and the next has none") {
  std::set<std::string, std::less<>> given;
  const IsTaken is_taken = [&](std::string_view characters) { return given.contains(characters); };
  for (const Sex sex : {Sex::male, Sex::female}) {
    const auto of = range("110105", "2020-02-29", sex);
    for (int child = 0; child < l_numbers_of_range; ++child) {
      const auto number = first_free_number(NumberKind::L, of, is_taken, child);
      if (!number || !given.insert(number->substr(1)).second) FAIL_CHECK(child);
    }
    CHECK_FALSE(first_free_number(NumberKind::L, of, is_taken));
  }
  CHECK(given.size() == 10'000);
  CHECK(first_free_number(NumberKind::L, range("110105", "2020-03-01", Sex::male), is_taken));
  CHECK(first_free_number(NumberKind::L, range("110106", "2020-02-29", Sex::male), is_taken));
}

TEST_CASE("a J number that somebody has as an ID number or had as another number is passed over") {
  const auto of = range("110105", "2020-02-29", Sex::female);
  const std::string first = first_free_number(NumberKind::J, of, nobody).value();
  CHECK(first == coded_number(NumberKind::J, of, 0));
  const IsTaken first_is_taken = [&](std::string_view characters) { return characters == first.substr(1); };
  CHECK(first_free_number(NumberKind::J, of, first_is_taken) == coded_number(NumberKind::J, of, 1));
  CHECK_FALSE(first_free_number(NumberKind::J, of, [](std::string_view) { return true; }));
}

TEST_CASE("what is no range, or no place in it, is an error of the program") {
  const auto of = range("110105", "2020-02-29", Sex::male);
  CHECK_THROWS_AS(coded_number(NumberKind::G, of, 0), std::invalid_argument);
  CHECK_THROWS_AS(coded_number(NumberKind::L, of, l_numbers_of_range), std::invalid_argument);
  CHECK_THROWS_AS(coded_number(NumberKind::J, of, j_numbers_of_range), std::invalid_argument);
  CHECK_THROWS_AS(coded_number(NumberKind::L, of, -1), std::invalid_argument);
  CHECK_THROWS_AS(coded_number(NumberKind::L, range("11010", "2020-02-29", Sex::male), 0), std::invalid_argument);
}
