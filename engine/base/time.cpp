#include "engine/base/time.hpp"

#include <date/date.h>
#include <fmt/format.h>

namespace xueji {
namespace {

using namespace std::chrono;

constexpr hours china_offset{8};

/// Takes exactly `width` digits off the front.
std::optional<int> take_number(std::string_view& text, std::size_t width) {
  if (text.size() < width) return std::nullopt;
  int number = 0;
  for (const char digit : text.substr(0, width)) {
    if (digit < '0' || digit > '9') return std::nullopt;
    number = number * 10 + (digit - '0');
  }
  text.remove_prefix(width);
  return number;
}

bool take_character(std::string_view& text, char wanted) {
  if (text.empty() || text.front() != wanted) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Date> take_date(std::string_view& text) {
  const auto year_number = take_number(text, 4);
  if (!year_number || *year_number == 0 || !take_character(text, '-')) return std::nullopt;
  const auto month_number = take_number(text, 2);
  if (!month_number || !take_character(text, '-')) return std::nullopt;
  const auto day_number = take_number(text, 2);
  if (!day_number) return std::nullopt;
  const Date date{year{*year_number}, month{static_cast<unsigned>(*month_number)},
                  day{static_cast<unsigned>(*day_number)}};
  if (!date.ok()) return std::nullopt;
  return date;
}

/// `hh:mm`, below 24:00.
std::optional<minutes> take_hour_and_minute(std::string_view& text) {
  const auto hour = take_number(text, 2);
  if (!hour || *hour > 23 || !take_character(text, ':')) return std::nullopt;
  const auto minute = take_number(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  return hours{*hour} + minutes{*minute};
}

/// The digits after the point, at most six; zero where there is no point.
std::optional<microseconds> take_fraction(std::string_view& text) {
  if (!take_character(text, '.')) return microseconds{0};
  std::int64_t value = 0;
  int digits = 0;
  for (; digits < 6; ++digits) {
    const auto digit = take_number(text, 1);
    if (!digit) break;
    value = value * 10 + *digit;
  }
  if (digits == 0) return std::nullopt;
  for (; digits < 6; ++digits) value *= 10;
  return microseconds{value};
}

std::optional<minutes> take_offset(std::string_view& text) {
  if (take_character(text, 'Z') || take_character(text, 'z')) return minutes{0};
  const bool east = take_character(text, '+');
  if (!east && !take_character(text, '-')) return std::nullopt;
  const auto offset = take_hour_and_minute(text);
  if (!offset) return std::nullopt;
  return east ? *offset : -*offset;
}

}  // namespace

std::string to_rfc3339(Instant instant) {
  const auto whole = floor<seconds>(instant);
  const auto fraction = (instant - whole).count();
  const auto text = date::format("%FT%T", whole);
  return fraction == 0 ? text + "Z" : fmt::format("{}.{:06}Z", text, fraction);
}

std::optional<Instant> parse_rfc3339(std::string_view text) {
  const auto date = take_date(text);
  if (!date || !(take_character(text, 'T') || take_character(text, 't'))) return std::nullopt;
  const auto time = take_hour_and_minute(text);
  if (!time || !take_character(text, ':')) return std::nullopt;
  const auto second = take_number(text, 2);
  if (!second || *second > 59) return std::nullopt;
  const auto fraction = take_fraction(text);
  if (!fraction) return std::nullopt;
  const auto offset = take_offset(text);
  if (!offset || !text.empty()) return std::nullopt;
  return sys_days{*date} + *time + seconds{*second} + *fraction - *offset;
}

std::string to_string(Date date) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::optional<Date> parse_date(std::string_view text) {
  const auto date = take_date(text);
  if (!date || !text.empty()) return std::nullopt;
  return date;
}

Date china_date(Instant instant) { return Date{floor<days>(instant + china_offset)}; }

Instant start_of_day_in_china(Date date) { return sys_days{date} - china_offset; }

}  // namespace xueji
