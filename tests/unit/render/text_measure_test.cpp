#include <numeric>

#include "engine/base/text.hpp"
#include "engine/render/text_measure.hpp"
#include "tests/catch.hpp"

using namespace xueji;
using Lines = std::vector<std::string>;

TEST_CASE("a Chinese character is as wide as it is high, a Latin letter narrower, a combining mark nothing") {
  CHECK(text_width("学籍", 10) == Catch::Approx(20));
  CHECK(text_width("𠮷", 10) == Catch::Approx(10));
  CHECK(text_width("ab", 10) < 16);
  CHECK(text_width("e\u0301", 10) == Catch::Approx(text_width("e", 10)));
  CHECK(text_width("", 10) == 0);
}

TEST_CASE("lines break where the script allows it") {
  CHECK(wrap_text("Review by the head", 10, 70) == Lines{"Review by", "the head"});
  CHECK(wrap_text("主管部门经办", 10, 40) == Lines{"主管部门", "经办"});
  CHECK(wrap_text("审核，复核", 10, 20) == Lines{"审", "核，", "复核"});
  CHECK(wrap_text("", 10, 40).empty());
}

TEST_CASE("a word that is too wide alone is cut, and nothing is lost") {
  const std::string word = "Rechtsschutzversicherungsgesellschaften";
  const Lines lines = wrap_text(word, 10, 60);
  CHECK(lines.size() > 2);
  CHECK(std::accumulate(lines.begin(), lines.end(), std::string{}) == word);
  for (const auto& line : lines) CHECK(text_width(line, 10) <= 60);
}

TEST_CASE("no line is wider than asked, in either script") {
  for (const std::string text : {"学校所属省级教育行政部门审批人", "Approval by the authority of the student's school"})
    for (double width = 30; width < 300; width += 10)
      for (const auto& line : wrap_text(text, 12, width)) CHECK(text_width(line, 12) <= width);
}
