#pragma once
#include <boost/json.hpp>

namespace xueji::schema {

/// What an editor must know to complete and explain a definition (`workflows/KEY.yaml`): JSON Schema, draft 2020-12.
/// Looser than the loader, which also knows what refers to what.
boost::json::object definition_schema();

}  // namespace xueji::schema
