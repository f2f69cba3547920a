// Which offices see a request, as rows: what lists, counts and audits are cut by. See offices_in_sight().
#pragma once
#include "adapters/sql/schema_steps.hpp"

namespace xueji::sql {

/// Fills the table from the requests that are there.
SlicedWork fill_request_places();

}  // namespace xueji::sql
