// ID numbers (GB 11643) and student numbers.
#include "engine/registry/numbers.hpp"
#include "tests/catch.hpp"

using namespace xueji;

namespace {

const Date today = *parse_date("2026-09-01");

std::string in_zh(const Complaint& complaint) { return complaint ? complaint->zh : ""; }

}  // namespace

TEST_CASE("real ID numbers pass") {
  for (const auto* number : {"11010519491231002X", "440524188001010014", "34052419800101001X"}) {
    INFO(number);
    CHECK_FALSE(check_id_number(number, today));
    CHECK(id_number_check_character(std::string_view(number).substr(0, 17)) == number[17]);
  }
}

TEST_CASE("every wrong check character is refused") {
  for (const std::string number : {"11010519491231002X", "440524188001010014", "34052419800101001X"})
    for (const char wrong : std::string("0123456789X")) {
      if (wrong == number.back()) continue;
      const std::string changed = number.substr(0, 17) + wrong;
      INFO(changed);
      CHECK(in_zh(check_id_number(changed, today)) == "身份证件号码的校验码不正确，请核对");
    }
}

TEST_CASE("a single wrong digit anywhere is noticed") {
  const std::string number = "11010519491231002X";
  for (std::size_t position = 0; position < 17; ++position)
    for (char digit = '0'; digit <= '9'; ++digit) {
      if (digit == number[position]) continue;
      std::string changed = number;
      changed[position] = digit;
      INFO(changed);
      CHECK(check_id_number(changed, today));
    }
}

TEST_CASE("lower-case x is accepted once normalised, and only then") {
  CHECK(normalise_id_number("11010519491231002x") == "11010519491231002X");
  CHECK_FALSE(check_id_number(normalise_id_number("11010519491231002x"), today));
  CHECK(check_id_number("11010519491231002x", today));
}

TEST_CASE("the shape and the birth date are checked, the division code is not") {
  CHECK(check_id_number("", today)->en == "An ID number has 18 characters");
  CHECK(check_id_number("1101051949123100", today));
  CHECK(check_id_number("110105194912310O2X", today)->en == "An ID number has 17 digits and then a digit or X");
  CHECK(check_id_number("１1010519491231", today));
  const auto with_birth_date = [](const std::string& date, const std::string& division = "110105") {
    const std::string digits = division + date + "001";
    return digits + id_number_check_character(digits);
  };
  CHECK(check_id_number(with_birth_date("20110229"), today)->en ==
        "Characters 7 to 14 of the ID number are not a real date");
  CHECK(check_id_number(with_birth_date("20260902"), today)->en ==
        "The birth date in the ID number is later than today");
  CHECK_FALSE(check_id_number(with_birth_date("20260901"), today));
  CHECK_FALSE(check_id_number(with_birth_date("20120229"), today));
  CHECK_FALSE(check_id_number(with_birth_date("20150901", "999999"), today));
}

TEST_CASE("sex and birth date are read from an ID number, which is masked in lists") {
  CHECK(sex_of_id_number("11010519491231002X") == Sex::female);
  CHECK(sex_of_id_number("440524188001010014") == Sex::male);
  for (const char* other : {"", "hello", "1101051949123100", "11010519491231002x"}) {
    CHECK_THROWS_AS(sex_of_id_number(other), std::invalid_argument);
    CHECK_THROWS_AS(birth_date_of_id_number(other), std::invalid_argument);
  }
  CHECK(to_string(birth_date_of_id_number("11010519491231002X")) == "1949-12-31");
  CHECK(mask_number("11010519491231002X") == "110105************");
  CHECK(mask_number("G11010519491231002X") == "G110105************");
  CHECK(mask_number("L110105201503091001") == "L110105************");
  CHECK(mask_number("").empty());
}

TEST_CASE("student numbers are a letter and an ID-like number; L has a free end") {
  CHECK_FALSE(check_student_number("G11010519491231002X"));
  CHECK_FALSE(check_student_number("J11010519491231002X"));
  CHECK(check_student_number("G110105194912310021")->en ==
        "The check character of the student number is wrong; compare it with the record");
  CHECK(check_student_number("J110105194912310021"));
  CHECK_FALSE(check_student_number("L110105194912310021"));
  CHECK(check_student_number("L110105194913310021")->en ==
        "Characters 8 to 15 of the student number are not a real date");
  CHECK(check_student_number("X11010519491231002X"));
  CHECK(check_student_number("G11010519491231002"));
  CHECK(check_student_number("g11010519491231002X"));
  CHECK(check_student_number(""));
  CHECK(kind_of_student_number("L110105194912310021") == NumberKind::L);
  CHECK_FALSE(kind_of_student_number("A"));
}
