// Where the next page begins, as a text that callers pass back unread.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "adapters/sql/session.hpp"

namespace xueji::sql {

/// `query` names the list with its order and filters: a cursor of another list is refused.
std::string make_cursor(std::string_view query, const std::vector<Value>& key);
/// Values of the kinds given ("it"). Throws BadCursor.
std::vector<Value> read_cursor(std::string_view query, std::string_view kinds, std::string_view cursor);

}  // namespace xueji::sql
