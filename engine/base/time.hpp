// Instants and dates. Instants are UTC in microseconds; rules about days are read in China standard time, UTC+8
// without daylight saving since 15 September 1991, which is before any moment this program decides about.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace xueji {

using Instant = std::chrono::sys_time<std::chrono::microseconds>;
using Date = std::chrono::year_month_day;

/// `2026-09-01T01:02:03.000004Z`; the fraction is left out when it is zero.
std::string to_rfc3339(Instant instant);
/// Accepts `Z` or an offset, and up to six digits of a second; nothing for anything else, and for the year 0000.
std::optional<Instant> parse_rfc3339(std::string_view text);

/// `YYYY-MM-DD`.
std::string to_string(Date date);
/// Nothing unless the text is a real day of the Gregorian calendar of the years 0001 to 9999, written `YYYY-MM-DD`.
std::optional<Date> parse_date(std::string_view text);

/// The day it is in China at that instant.
Date china_date(Instant instant);
/// 00:00 of that day in China.
Instant start_of_day_in_china(Date date);

}  // namespace xueji
