// The several students of a request.
#include "adapters/sql/sql_queries.hpp"

namespace xueji::sql {

Page<SubjectRow> SqlQueries::subjects(RequestId, std::optional<bool>, const PageRequest&) { return {}; }

}  // namespace xueji::sql
