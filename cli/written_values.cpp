#include "cli/written_values.hpp"

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
