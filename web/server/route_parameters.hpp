// Parameters and problems that many rows of the route table share.
#pragma once
#include <array>
#include <string_view>

#include "web/server/route.hpp"

namespace xueji::web {

inline constexpr std::string_view id_schema = R"({"type":"string","pattern":"^[1-9][0-9]{0,18}$"})";
inline constexpr std::string_view text_schema = R"({"type":"string","maxLength":200})";
inline constexpr std::string_view truth_schema = R"({"type":"boolean"})";

inline constexpr Parameter cursor{"cursor", R"({"type":"string"})", "`next` of the page before"};
inline constexpr Parameter limit{"limit", R"({"type":"integer","minimum":1,"maximum":200,"default":50})",
                                 "items on a page"};
inline constexpr Parameter counted{"count", truth_schema, "`true`: `count` says how many there are, up to 1000"};

inline constexpr std::array paging{cursor, limit};

inline constexpr std::array not_found_only{404};
inline constexpr std::array bad_body{415, 422};
inline constexpr std::array bad_body_or_not_found{404, 415, 422};
inline constexpr std::array find_problems{403, 404, 415, 422};

}  // namespace xueji::web
