// GET /schools, GET /schools/{id}: every school of the country by name and code, which are public, for whoever names
// one.
#include <algorithm>

#include "web/json/query_reader.hpp"
#include "web/server/answers.hpp"
#include "web/server/resources/lookups.hpp"
#include "web/server/resources/resources.hpp"

namespace xueji::web {
namespace {

void write_named_school(JsonWriter& json, const Office& school, const OfficeTree& offices) {
  json.begin_object().member("id", school.id).member("name", school.name).member("code", school.code);
  const Office* authority = offices.authority_of(school.id);
  json.member_or_null("authority", authority ? std::string_view(authority->name) : std::string_view());
  json.end_object();
}

}  // namespace

HttpResponse list_schools(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  const std::string words = query.text("q").value_or("");
  const auto page = query.page();
  const auto after = query.id<OfficeId>("cursor");
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  const auto offices = context.services.directory.offices();
  std::vector<const Office*> found;
  for (const Office& office : offices->all())
    if (office.level == Level::school && (!after || *after < office.id) &&
        (office.name.find(words) != std::string::npos || office.code.starts_with(words)))
      found.push_back(&office);
  const auto shown = std::min(found.size(), page.limit + 1);
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(shown), found.end(),
                    [](const Office* a, const Office* b) { return a->id < b->id; });
  std::optional<std::string> next;
  if (found.size() > page.limit) {
    found.resize(page.limit);
    next = to_string(found.back()->id);
  }
  return list_response(found, next,
                       [&](JsonWriter& json, const Office* school) { write_named_school(json, *school, *offices); });
}

HttpResponse show_school(Context& context, const Exchange& exchange) {
  const auto id = parse_id<OfficeId>(exchange.path[0]);
  const auto offices = context.services.directory.offices();
  const Office* school = id ? offices->find(*id) : nullptr;
  if (!school || school->level != Level::school) return answer(exchange, not_found());
  JsonWriter json;
  write_named_school(json, *school, *offices);
  return json_response(200, std::move(json));
}

}  // namespace xueji::web
