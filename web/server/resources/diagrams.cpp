// GET /requests/{id}/diagram, GET /definitions/{key}/{version}/diagram: the procedure as a picture.
#include "web/files/diagrams.hpp"

#include <algorithm>

#include "web/json/query_reader.hpp"
#include "web/server/answers.hpp"
#include "web/server/resources/lookups.hpp"
#include "web/server/resources/resources.hpp"

namespace xueji::web {
namespace {

HttpResponse diagram_of(Context& context, const Exchange& exchange, const Definition& definition) {
  HttpResponse response;
  response.content_type = svg_type;
  response.shared_body = context.diagrams.of(definition, exchange.language);
  return response;
}

}  // namespace

HttpResponse show_request_diagram(Context& context, const Exchange& exchange) {
  const auto row = visible_request(context, exchange, exchange.path[0]);
  if (!row) return answer(exchange, not_found());
  return diagram_of(context, exchange, rendering_for(context, exchange).definition(row->request.definition));
}

HttpResponse show_definition_diagram(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  const std::string variant = query.text("variant").value_or("");
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  const auto catalog = context.services.directory.catalog();
  const auto found = std::find_if(catalog->all().begin(), catalog->all().end(), [&](const Catalog::Entry& entry) {
    return entry.definition->key == exchange.path[0] && entry.definition->variant == variant &&
           std::to_string(entry.definition->version) == exchange.path[1];
  });
  if (found == catalog->all().end()) return answer(exchange, not_found());
  return diagram_of(context, exchange, *found->definition);
}

}  // namespace xueji::web
