#include "adapters/sql/bulk.hpp"

#include <utility>

namespace xueji::sql {

long long Bulk::run() {
  const auto values = std::exchange(values_, {});
  return values.empty() ? 0 : session_.run_rows(sql_, width_, values);
}

}  // namespace xueji::sql
