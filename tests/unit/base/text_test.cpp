#include <array>

#include "engine/base/text.hpp"
#include "tests/catch.hpp"

using namespace xueji;
using namespace std::string_view_literals;

TEST_CASE("well-formed UTF-8 of every length is clean") {
  CHECK(is_clean_utf8(""));
  CHECK(is_clean_utf8("plain\ttext\n"));
  CHECK(is_clean_utf8("é张𠮷"));
  CHECK(is_clean_utf8("\xF4\x8F\xBF\xBF"));
}

TEST_CASE("ill-formed UTF-8 and control characters are not clean") {
  const auto bad = GENERATE(as<std::string_view>{}, "\0"sv, "\r", "\x1B", "\x7F", "\xC2\x80", "\x80", "\xC0\xAF",
                            "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF0\x9F\x92", "\xFF");
  CHECK_FALSE(is_clean_utf8(bad));
  CHECK_FALSE(is_clean_utf8("before" + std::string{bad}));
}

TEST_CASE("a text is blank where people see nothing in it") {
  const auto blank =
      GENERATE(as<std::string_view>{}, "", " ", "\t\n\n", "\r\n", "\u00A0", "\u3000\u3000", "\u200B\u200D", "\uFEFF",
               "\u2028", "\u2800", "\u3164", "\u00AD", "\u2003 \u202F", "\U000E0020");
  CHECK(is_blank(blank));
  CHECK_FALSE(is_blank(std::string{blank} + "张"));
  CHECK_FALSE(is_blank(std::string{blank} + "." + std::string{blank}));
}

TEST_CASE("what is no text is not blank") {
  CHECK_FALSE(is_blank("\xFF"));
  CHECK_FALSE(is_blank(" \xE3\x80"));
}

TEST_CASE("one line has no blanks at its ends, one space within, and nothing that nobody sees") {
  CHECK(in_one_line("  3班\u3000") == "3班");
  CHECK(in_one_line("初一\r\n \t二班\n") == "初一 二班");
  CHECK(in_one_line("5\u200b班\u202e") == "5班");
  CHECK(in_one_line("\n").empty());
  CHECK(in_one_line("a\xff b") == "a\xff b");
}

TEST_CASE("code points are counted, not bytes") {
  CHECK(code_points("") == 0);
  CHECK(code_points("a张𠮷") == 3);
}

TEST_CASE("the edit distance counts insertions, deletions and replacements") {
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("approval", "aproval") == 1);
  CHECK(edit_distance("kitten", "sitting") == 3);
}

TEST_CASE("the nearest word is only offered when it is near") {
  constexpr std::array<std::string_view, 3> words{"registrar", "head", "reviewer"};
  CHECK(nearest("registrer", words) == "registrar");
  CHECK(nearest("reviever", words) == "reviewer");
  CHECK(nearest("minister", words).empty());
}
