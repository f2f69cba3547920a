// GET /offices: the caller's offices, what stands above them, and everything below.
#include <algorithm>

#include "web/server/answers.hpp"
#include "web/server/json_office.hpp"
#include "web/server/query_reader.hpp"
#include "web/server/resources/lookups.hpp"
#include "web/server/resources/resources.hpp"

namespace xueji::web {
namespace {

bool stands_above(const Scope& scope, OfficeId office, const OfficeTree& offices) {
  return std::any_of(scope.offices.begin(), scope.offices.end(),
                     [&](OfficeId own) { return offices.contains(office, own); });
}

}  // namespace

HttpResponse list_offices(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  const auto level = query.parsed<Level>("level", parse_level);
  const auto supervisor = query.id<OfficeId>("supervisor");
  const auto page = query.page();
  const auto after = query.id<OfficeId>("cursor");
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  const auto offices = context.services.directory.offices();
  const Instant now = context.services.clock.now();
  const Scope scope = scope_of(*exchange.caller, now);
  std::vector<const Office*> found;
  for (const Office& office : offices->all()) {
    const bool wanted = (!level || office.level == *level) && (!supervisor || office.supervisor == *supervisor) &&
                        (!after || *after < office.id);
    if (wanted &&
        (may_see_office(*exchange.caller, office.id, *offices, now) || stands_above(scope, office.id, *offices)))
      found.push_back(&office);
  }
  std::sort(found.begin(), found.end(), [](const Office* a, const Office* b) { return a->id < b->id; });
  std::optional<std::string> next;
  if (found.size() > page.limit) {
    found.resize(page.limit);
    next = to_string(found.back()->id);
  }
  return list_response(found, next, [](JsonWriter& json, const Office* office) { write_office(json, *office); });
}

}  // namespace xueji::web
