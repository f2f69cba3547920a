#pragma once
#include <boost/json.hpp>

namespace xueji::schema {

/// `state`, `state_in_branch`, `action` and `action_anywhere`; `rules` is the schema of a list of rules.
boost::json::object state_definitions(const boost::json::object& rules);

}  // namespace xueji::schema
