// GET /offices, GET /offices/{id}: the caller's offices, what stands above them, and everything below.
#include <algorithm>
#include <unordered_map>

#include "web/json/query_reader.hpp"
#include "web/server/answers.hpp"
#include "web/server/resources/lookups.hpp"
#include "web/server/resources/resources.hpp"
#include "web/shapes/json_office.hpp"

namespace xueji::web {
namespace {

bool stands_above(const Scope& scope, OfficeId office, const OfficeTree& offices) {
  return std::any_of(scope.offices.begin(), scope.offices.end(),
                     [&](OfficeId own) { return offices.contains(office, own); });
}

bool may_see(const Caller& caller, const Scope& scope, OfficeId office, const OfficeTree& offices, Instant now) {
  return may_see_office(caller, office, offices, now) || stands_above(scope, office, offices);
}

struct Wanted {
  std::optional<Level> level;
  std::optional<OfficeId> supervisor;
  std::string words;

  bool fits(const Office& office) const {
    return (!level || office.level == *level) && (!supervisor || office.supervisor == *supervisor) &&
           (office.name.find(words) != std::string::npos || office.code.starts_with(words));
  }
};

/// How many offices each of these supervises itself.
std::unordered_map<OfficeId, std::int64_t> counts_below(const std::vector<const Office*>& shown,
                                                        const OfficeTree& offices) {
  std::unordered_map<OfficeId, std::int64_t> below;
  for (const Office* office : shown) below[office->id] = 0;
  for (const Office& office : offices.all())
    if (const auto above = below.find(office.supervisor); above != below.end()) ++above->second;
  return below;
}

}  // namespace

HttpResponse list_offices(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  const Wanted wanted{query.parsed<Level>("level", parse_level), query.id<OfficeId>("supervisor"),
                      query.text("q").value_or("")};
  const auto page = query.page();
  const auto after = query.id<OfficeId>("cursor");
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  const auto offices = context.services.directory.offices();
  const Instant now = context.services.clock.now();
  const Scope scope = scope_of(*exchange.caller, now);
  std::vector<const Office*> found;
  for (const Office& office : offices->all())
    if (wanted.fits(office) && (!after || *after < office.id) &&
        may_see(*exchange.caller, scope, office.id, *offices, now))
      found.push_back(&office);
  std::sort(found.begin(), found.end(), [](const Office* a, const Office* b) { return a->id < b->id; });
  std::optional<std::string> next;
  if (found.size() > page.limit) {
    found.resize(page.limit);
    next = to_string(found.back()->id);
  }
  const auto below = counts_below(found, *offices);
  return list_response(found, next, [&](JsonWriter& json, const Office* office) {
    json.begin_object();
    write_office_members(json, *office);
    json.member("below", below.at(office->id)).end_object();
  });
}

HttpResponse show_office(Context& context, const Exchange& exchange) {
  const auto id = parse_id<OfficeId>(exchange.path[0]);
  const auto offices = context.services.directory.offices();
  const Instant now = context.services.clock.now();
  const Office* office = id ? offices->find(*id) : nullptr;
  if (!office || !may_see(*exchange.caller, scope_of(*exchange.caller, now), office->id, *offices, now))
    return answer(exchange, not_found());
  JsonWriter json;
  json.begin_object();
  write_office_members(json, *office);
  json.member("below", counts_below({office}, *offices).at(office->id)).end_object();
  return json_response(200, std::move(json));
}

}  // namespace xueji::web
