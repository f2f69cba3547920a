// OpenAPI 3.1 and AsyncAPI 3.0, made from the route table and the schemas.
#pragma once
#include <boost/json/object.hpp>

#include "web/server/route.hpp"

namespace xueji::web {

boost::json::object openapi_document(std::span<const Route> table, bool demo);
boost::json::object asyncapi_document();
std::string_view to_string(Access access);

}  // namespace xueji::web
