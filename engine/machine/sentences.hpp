// How posts, states and moments are called in sentences for people.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/authority/office.hpp"
#include "engine/base/text.hpp"
#include "engine/base/time.hpp"
#include "engine/machine/request.hpp"

namespace xueji {

/// `经办人`, `reviewer`.
Text title_of(Role role);
/// `「东城区教育局」经办人`, `the reviewer at 东城区教育局`.
Text describe(const Holder& holder, const OfficeTree& offices);
/// All of them, joined by 或 / or; empty for none.
Text describe(const std::vector<Holder>& holders, const OfficeTree& offices);
/// Relative to the student: `学校所属主管部门经办人`, `reviewer at the school's authority`.
Text describe(const ActorExpression& actor);
Text join(const std::vector<Text>& parts, std::string_view between_zh, std::string_view between_en);
/// `2026-09-01 08:00`, in China.
std::string china_minute(Instant instant);

/// Why nobody may begin a retired business.
Text business_retired();

}  // namespace xueji
