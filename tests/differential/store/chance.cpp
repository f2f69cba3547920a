#include "tests/differential/store/chance.hpp"

#include <fmt/format.h>

#include <array>

#include "engine/registry/numbers.hpp"

namespace xueji::differential {
namespace {

constexpr std::array surnames{"王",      "李", "𠮷", "欧阳", "买", "Å", "A\u030A", "é",
                              "e\u0301", "ß",  "SS", "ss",   "ａ", "a", "A"};
constexpr std::array given{"明", "小明", "𫝆", "𬭎花",   "·买买提", "•买买提", "１", "ï",
                           "I",  "ı",    "·",  "O'Neil", "-Luc",    "Zoë",     "〇"};
constexpr std::array texts{"同意",
                           "",
                           "同意 ",
                           "同意  ",
                           " 同意",
                           "line\nfeed\n",
                           "\ttab\t",
                           "it's \"quoted\" \\ and `ticked`",
                           "at 12:30, :v1 :name ?i ?t ?",
                           "100 % of a_b",
                           "'; DROP TABLE request; --",
                           "/* 12:30 */ -- #",
                           "𠮷野家·𫝆 👩‍👩‍👧‍👦 🏫",
                           "Straße STRASSE ﬁ fi",
                           "\u00e9 e\u0301 \u212b \u00c5",
                           "null",
                           "NULL",
                           "\\0 \\n \\Z",
                           "{\"a\": [1, null]}"};
/// A field of text takes 500 code points; one more is refused.
constexpr std::array lengths{499, 500, 501};

}  // namespace

std::string some_name(Chance& chance) { return std::string(chance.pick(surnames)) + chance.pick(given); }

std::string some_text(Chance& chance) {
  if (!chance.percent(2)) return chance.pick(texts);
  std::string text;
  for (int length = chance.pick(lengths); length > 0; --length) text += "𠮷";
  return text;
}

std::string some_id_number(Chance& chance) {
  const auto digits = fmt::format("110105{:04}{:02}{:02}{:03}", 2008 + chance.below(10), 1 + chance.below(12),
                                  1 + chance.below(28), chance.below(1000));
  return digits + id_number_check_character(digits);
}

std::string some_hash(Chance& chance) {
  return fmt::format("{:016x}{:016x}{:016x}{:016x}", chance.bits(), chance.bits(), chance.bits(), chance.bits());
}

}  // namespace xueji::differential
