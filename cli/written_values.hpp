// Values as spreadsheets write them into a table, and what is meant by them where that is beyond doubt.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/time.hpp"

namespace xueji {

/// A code, an ID number or a student number: without what was put before it to keep the spreadsheet from reckoning with
/// it (a tab, an apostrophe, `="…"`), and as normalise_id_number() has it.
std::string written_number(std::string_view cell);
/// `1.10105E+17`: the last digits are gone.
bool is_rounded_number(std::string_view cell);
/// Year, month and day in this order: `2015-09-01`, `2015-9-1`, `2015/9/1`, `2015.9.1`, `2015年9月1日`, `20150901`,
/// also with the time of midnight behind it. Nothing for anything else, and where the order is a guess (`9/1/2015`).
std::optional<Date> written_date(std::string_view cell);
/// `1` to `12`: `5`, `05`, `５`, `5.0`, `5年级`, `五年级`, `小学五年级`; 初一 and 初中一年级 are 7, 高一 is 10. Nothing
/// for anything else.
std::optional<std::string> written_grade(std::string_view cell);

}  // namespace xueji
