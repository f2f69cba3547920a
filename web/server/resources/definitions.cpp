// GET /definitions: every version that requests run or ran on, how many stand where and how long they wait, for
// administrators.
#include <algorithm>
#include <map>
#include <tuple>

#include "web/json/query_reader.hpp"
#include "web/server/answers.hpp"
#include "web/server/resources/lookups.hpp"
#include "web/server/resources/resources.hpp"
#include "web/shapes/json_workflow.hpp"

namespace xueji::web {
namespace {

struct Figures {
  std::map<std::pair<DefinitionId, std::string>, DefinitionCount> counts;
  std::vector<StateWaiting> waiting;
};

Figures figures_within(const Scope& scope, Queries& queries, Instant now) {
  Figures figures{{}, queries.waiting(scope, now)};
  for (auto& row : queries.definition_counts(scope, now)) figures.counts[{row.definition, row.state}] = row;
  return figures;
}

/// By key and variant, the newest version first.
std::vector<Catalog::Entry> in_order(std::vector<Catalog::Entry> entries) {
  std::sort(entries.begin(), entries.end(), [](const Catalog::Entry& a, const Catalog::Entry& b) {
    return std::tuple(std::string_view(a.definition->key), std::string_view(a.definition->variant),
                      -a.definition->version) < std::tuple(std::string_view(b.definition->key),
                                                           std::string_view(b.definition->variant),
                                                           -b.definition->version);
  });
  return entries;
}

void write_violation(JsonWriter& json, const Violation& violation) {
  json.begin_object().member("rule", violation.rule);
  json.member("message", violation.fault.what).member("advice", violation.fault.advice);
  json.member("line", violation.fault.position.line).member_or_null("path", xueji::to_string(violation.path));
  json.end_object();
}

void write_violations(JsonWriter& json, const char* name, const std::vector<Violation>& violations) {
  json.key(name).begin_array();
  for (const Violation& violation : violations) write_violation(json, violation);
  json.end_array();
}

/// Null while a version that was just deployed is being proved.
void write_verification(JsonWriter& json, const Verification* verification) {
  if (!verification) {
    json.key("verification").null();
    return;
  }
  json.key("verification").begin_object();
  json.member("states", verification->states).member("properties", verification->properties);
  write_violations(json, "violations", verification->violations);
  write_violations(json, "warnings", verification->warnings);
  json.end_object();
}

void write_counts(JsonWriter& json, const Catalog::Entry& entry, const Figures& figures) {
  json.key("counts").begin_array();
  for (const State& state : entry.definition->states) {
    const auto found = figures.counts.find({entry.id, state.key});
    const DefinitionCount count = found == figures.counts.end() ? DefinitionCount{} : found->second;
    json.begin_object().member("state", state.key);
    json.member("count", count.count).member("overdue", count.overdue).end_object();
  }
  json.end_array();
}

/// An end waits for nobody: it only carries timers.
void write_waiting(JsonWriter& json, const Catalog::Entry& entry, const Figures& figures) {
  json.key("waiting").begin_array();
  for (const StateWaiting& row : figures.waiting) {
    if (row.definition != entry.id) continue;
    if (const State* state = entry.definition->state(row.state); state && state->kind == StateKind::end) continue;
    json.begin_object().member("state", row.state).member("count", row.count).member("overdue", row.overdue);
    json.member("meanSeconds", row.mean.count()).member("longestSeconds", row.longest.count()).end_object();
  }
  json.end_array();
}

void write_definition(JsonWriter& json, const Catalog::Entry& entry, const Figures& figures,
                      const Rendering& rendering) {
  json.begin_object();
  write_workflow_members(json, entry, rendering);
  const auto* newest = rendering.catalog->newest(entry.definition->key, entry.definition->variant);
  json.member("current", newest->id == entry.id);
  write_counts(json, entry, figures);
  write_waiting(json, entry, figures);
  write_verification(json, entry.verification.get());
  json.end_object();
}

}  // namespace

HttpResponse list_definitions(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  const auto page = query.page();
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  const auto rendering = rendering_for(context, exchange);
  const auto found = page_of(in_order(rendering.catalog->all()), page);
  const auto figures =
      figures_within(administered_by(*exchange.caller, rendering.now), context.services.queries, rendering.now);
  return list_response(found.items, found.next, [&](JsonWriter& json, const Catalog::Entry& entry) {
    write_definition(json, entry, figures, rendering);
  });
}

}  // namespace xueji::web
