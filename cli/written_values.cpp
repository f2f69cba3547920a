#include "cli/written_values.hpp"

#include <algorithm>
#include <array>
#include <regex>

#include "engine/base/text.hpp"
#include "engine/registry/numbers.hpp"

namespace xueji {
namespace {

constexpr std::array<std::string_view, 3> apostrophes{"'", "‘", "’"};

std::string without_guards(std::string_view cell) {
  std::string text = plain_characters(cell);
  if (text.starts_with("=\"") && text.ends_with('"') && text.size() > 2) text = text.substr(2, text.size() - 3);
  for (const std::string_view mark : apostrophes)
    if (text.starts_with(mark)) return text.substr(mark.size());
  return text;
}

constexpr std::array<std::string_view, 12> chinese_numbers{"一", "二", "三", "四", "五",   "六",
                                                           "七", "八", "九", "十", "十一", "十二"};
constexpr int grade_max = 12;

/// A kind of school, and the grades before its first.
struct SchoolKind {
  std::string_view name;
  int before, years;
  bool says_grade;  ///< 初中一 alone is no grade, 初一 is
};
constexpr std::array<SchoolKind, 5> school_kinds{
    {{"小学", 0, 6, false}, {"初中", 6, 3, false}, {"高中", 9, 3, false}, {"初", 6, 3, true}, {"高", 9, 3, true}}};

bool take_suffix(std::string_view& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.remove_suffix(suffix.size());
  return true;
}

/// 0 where it is no number of a grade; `5.0` is how some spreadsheets write a 5.
int written_count(std::string_view text) {
  static const std::regex digits(R"(0*([1-9]\d?)(\.0+)?)");
  const auto named = std::find(chinese_numbers.begin(), chinese_numbers.end(), text);
  if (named != chinese_numbers.end()) return static_cast<int>(named - chinese_numbers.begin()) + 1;
  std::match_results<std::string_view::const_iterator> parts;
  return std::regex_match(text.begin(), text.end(), parts, digits) ? std::stoi(parts.str(1)) : 0;
}

/// Of a spreadsheet's date as text; the blanks around it are gone.
struct DayAndTime {
  std::string day, time;
};

DayAndTime parted(std::string_view cell) {
  while (!cell.empty() && is_blank(cell.substr(0, 1))) cell.remove_prefix(1);
  const std::size_t blank = cell.find(' ');
  if (blank == std::string_view::npos) return {without_guards(cell), {}};
  return {without_guards(cell.substr(0, blank)), plain_characters(cell.substr(blank))};
}

}  // namespace

std::string written_number(std::string_view cell) { return normalise_id_number(without_guards(cell)); }

bool is_rounded_number(std::string_view cell) {
  static const std::regex scientific(R"(\d(\.\d+)?E\+?\d+)");
  return std::regex_match(written_number(cell), scientific);
}

std::optional<std::string> written_grade(std::string_view cell) {
  const std::string plain = without_guards(cell);
  std::string_view text = plain;
  const bool says_grade = take_suffix(text, "年级") || take_suffix(text, "年級");
  int before = 0, last = grade_max;
  for (const SchoolKind& kind : school_kinds) {
    if (!text.starts_with(kind.name)) continue;
    if (!kind.says_grade && !says_grade) return std::nullopt;
    text.remove_prefix(kind.name.size());
    before = kind.before;
    last = kind.years;
    break;
  }
  const int count = written_count(text);
  return count >= 1 && count <= last ? std::optional(std::to_string(before + count)) : std::nullopt;
}

std::optional<Date> written_date(std::string_view cell) {
  static const std::regex by_marks(R"((\d{4})([-/.])(\d{1,2})\2(\d{1,2}))");
  static const std::regex by_words("(\\d{4})(年)(\\d{1,2})月(\\d{1,2})日");
  static const std::regex by_digits(R"((\d{4})()(\d{2})(\d{2}))");
  static const std::regex midnight(R"(0?0:00(:00(\.0+)?)?)");
  const auto [day, time] = parted(cell);
  if (!time.empty() && !std::regex_match(time, midnight)) return std::nullopt;
  std::smatch parts;
  if (!std::regex_match(day, parts, by_marks) && !std::regex_match(day, parts, by_words) &&
      !std::regex_match(day, parts, by_digits))
    return std::nullopt;
  const auto two_digits = [](const std::string& digits) { return std::string(2 - digits.size(), '0') + digits; };
  return parse_date(parts.str(1) + '-' + two_digits(parts.str(3)) + '-' + two_digits(parts.str(4)));
}

}  // namespace xueji
