// GET /workflows, GET /workflows/{key}: the businesses that the caller may open; GET /requests/{id}/workflow: the one
// that a request runs on.
#include "web/shapes/json_workflow.hpp"

#include <algorithm>

#include "engine/authority/token.hpp"
#include "engine/machine/variants.hpp"
#include "web/json/query_reader.hpp"
#include "web/server/answers.hpp"
#include "web/server/resources/lookups.hpp"
#include "web/server/resources/resources.hpp"

namespace xueji::web {
namespace {

bool is_asked(const ActorExpression& actor, const Caller& caller, const Rendering& rendering) {
  Definition as_if;
  as_if.opened_by = actor;
  return may_ever_open(as_if, caller, *rendering.offices, rendering.now);
}

/// Whether the caller has a part in the procedure: those who decide, or may once it is overdue, need the titles of its
/// fields too.
bool takes_part(const Definition& definition, const Caller& caller, const Rendering& rendering) {
  if (may_ever_open(definition, caller, *rendering.offices, rendering.now) ||
      caller.holds_role(Role::admin, rendering.now))
    return true;
  return std::any_of(definition.states.begin(), definition.states.end(), [&](const State& state) {
    if (!waits_for_people(state.kind)) return false;
    const bool escalates = state.deadline && state.deadline->escalate;
    return is_asked(state.actor, caller, rendering) ||
           (escalates && is_asked(*state.deadline->escalate, caller, rendering));
  });
}

std::optional<std::string> read_prospect(QueryReader& query) {
  return query.parsed<std::string>("student", [](std::string_view text) {
    return parse_id<StudentId>(text) || is_token(text) ? std::optional(std::string(text)) : std::nullopt;
  });
}

/// Of an id or a handle; nothing where the caller may not see the student and has not found them.
std::optional<Prospect> prospect_of(const Context& context, const Exchange& exchange, const std::string& named) {
  const auto handled = student_of_handle(context, exchange, named);
  auto student = handled ? context.services.queries.student(*handled) : visible_student(context, exchange, named);
  if (!student) return std::nullopt;
  auto open = open_request_of(context, *student);
  return Prospect{std::move(*student), std::move(open), &*exchange.caller,
                  handled.has_value(), nullptr,         who_has(context)};
}

/// About a student it is the file that they would open, otherwise each that may be theirs to open.
bool is_offered(const Catalog::Entry& entry, const Caller& caller, const Prospect* prospect,
                const Rendering& rendering) {
  const Definition& definition = *entry.definition;
  const OfficeTree& offices = *rendering.offices;
  if (definition.retired || !may_ever_open(definition, caller, offices, rendering.now)) return false;
  if (!prospect) return may_ever_fit(definition, caller, offices, rendering.now);
  const auto* opened = rendering.catalog->to_open(definition.key, caller, prospect->student, offices, rendering.now);
  return opened && opened->id == entry.id;
}

/// The variant that is asked for, or the file that the caller would open about the student, or the national one.
const Catalog::Entry* asked_for(const std::string& key, const std::optional<std::string>& variant, const Caller& caller,
                                const Prospect* prospect, const Rendering& rendering) {
  if (variant) return rendering.catalog->newest(key, *variant);
  if (prospect) return rendering.catalog->to_open(key, caller, prospect->student, *rendering.offices, rendering.now);
  const auto files = rendering.catalog->newest_of(key);
  return files.empty() ? nullptr : files.front();
}

}  // namespace

HttpResponse list_workflows(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  const auto student = read_prospect(query);
  const auto page = query.page();
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  const auto prospect = student ? prospect_of(context, exchange, *student) : std::nullopt;
  if (student && !prospect) return answer(exchange, not_found());
  const auto rendering = rendering_for(context, exchange);
  std::vector<Catalog::Entry> offered;
  for (const auto& entry : rendering.catalog->newest())
    if (is_offered(entry, *exchange.caller, prospect ? &*prospect : nullptr, rendering)) offered.push_back(entry);
  const auto found = page_of(std::move(offered), page);
  return list_response(found.items, found.next, [&](JsonWriter& json, const Catalog::Entry& entry) {
    write_workflow(json, entry, rendering, prospect ? &*prospect : nullptr);
  });
}

HttpResponse show_workflow(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  const auto student = read_prospect(query);
  const auto variant = query.text("variant");
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  const auto rendering = rendering_for(context, exchange);
  const auto prospect = student ? prospect_of(context, exchange, *student) : std::nullopt;
  if (student && !prospect) return answer(exchange, not_found());
  const auto* entry =
      asked_for(exchange.path[0], variant, *exchange.caller, prospect ? &*prospect : nullptr, rendering);
  if (!entry || !takes_part(*entry->definition, *exchange.caller, rendering)) return answer(exchange, not_found());
  JsonWriter json;
  write_workflow(json, *entry, rendering, prospect ? &*prospect : nullptr);
  return json_response(200, std::move(json));
}

HttpResponse show_request_workflow(Context& context, const Exchange& exchange) {
  const auto row = visible_request(context, exchange, exchange.path[0]);
  if (!row) return answer(exchange, not_found());
  const auto rendering = rendering_for(context, exchange);
  const DefinitionId pinned = row->request.definition;
  const Prospect prospect{shown_student(*row), std::nullopt, nullptr, false, &row->request};
  JsonWriter json;
  write_workflow(json, {pinned, rendering.catalog->find(pinned)}, rendering, &prospect);
  return json_response(200, std::move(json));
}

}  // namespace xueji::web
