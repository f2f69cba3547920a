#pragma once
#include <boost/json.hpp>

namespace xueji::schema {

/// What an editor must know to complete and explain a scenario (`KEY.STORY.scenario.yaml`): JSON Schema, draft 2020-12.
boost::json::object scenario_schema();

}  // namespace xueji::schema
