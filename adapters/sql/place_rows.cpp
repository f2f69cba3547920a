#include "adapters/sql/place_rows.hpp"

#include <charconv>

#include "adapters/sql/bulk.hpp"
#include "adapters/sql/rows.hpp"
#include "engine/machine/places.hpp"

namespace xueji::sql {
namespace {

constexpr std::size_t requests_at_once = 1000;

Slice fill_next_places(Session& session, const std::string& cursor) {
  long long after = 0;
  std::from_chars(cursor.data(), cursor.data() + cursor.size(), after);
  auto& rows = session.prepare(
      "SELECT " + std::string(request_columns) + " FROM request r WHERE r.id > ?i ORDER BY r.id LIMIT ?i",
      request_kinds);
  Bulk places(session, "INSERT INTO request_place (request_id, office_id) VALUES (?i, ?i)");
  Slice slice{cursor, 0, true};
  rows.bind(after, requests_at_once).each([&] {
    const Request request = read_request(rows, 0);
    for (const OfficeId office : offices_in_sight(request)) places.add(request.id, office);
    slice.cursor = to_string(request.id);
    ++slice.rows;
  });
  places.run();
  slice.is_last = slice.rows < static_cast<std::int64_t>(requests_at_once);
  return slice;
}

std::int64_t count_requests_to_place(Session& session) {
  auto& row = session.prepare("SELECT COUNT(*) FROM request", "i");
  row.one();
  return row.integer(0);
}

}  // namespace

SlicedWork fill_request_places() {
  return {"the student's school and the initiator's office of each request, in order of their ids",
          count_requests_to_place, fill_next_places};
}

}  // namespace xueji::sql
