#include "web/shapes/json_workflow.hpp"

#include "engine/definition/main_way.hpp"
#include "engine/definition/windows.hpp"
#include "engine/machine/decide.hpp"
#include "engine/machine/places.hpp"
#include "engine/machine/sentences.hpp"
#include "engine/machine/steps.hpp"
#include "engine/registry/members.hpp"
#include "web/shapes/json_explain.hpp"
#include "web/shapes/json_office.hpp"
#include "web/shapes/json_subject.hpp"

namespace xueji::web {
namespace {

Explanation explain_opening(const Catalog::Entry& entry, const Prospect& prospect, const Rendering& rendering) {
  const Situation situation{*entry.definition,
                            entry.id,
                            nullptr,
                            &prospect.student,
                            prospect.open ? &prospect.open->request : nullptr,
                            *rendering.offices,
                            *rendering.calendar,
                            rendering.now,
                            {},
                            nullptr,
                            {},
                            nullptr,
                            {},
                            false,
                            prospect.who_has};
  return explain(situation, *prospect.caller, "open", prospect.found);
}

void write_open(JsonWriter& json, const Catalog::Entry& entry, const Rendering& rendering, const Prospect* prospect) {
  const Definition& definition = *entry.definition;
  const WindowAnswer window = definition.retired ? WindowAnswer{false, std::nullopt, std::nullopt, business_retired()}
                                                 : window_now(definition, rendering);
  json.begin_object().member("now", window.open);
  if (!window.open && window.from) json.member("from", *window.from);
  if (window.open && window.until) json.member("until", *window.until);
  if (!window.open) json.member("reason", rendering.text(window.reason));
  if (prospect && prospect->caller) {
    json.key("explain");
    write_explanation(json, explain_opening(entry, *prospect, rendering), rendering);
  }
  json.end_object();
}

/// The members that two records come to have alike when the machine opens it; null where people do.
void write_opens_on(JsonWriter& json, const Definition& definition, const Rendering& rendering) {
  if (!definition.opened_on) {
    json.null();
    return;
  }
  json.begin_array();
  for (const std::string& member : definition.opened_on->same)
    json.begin_object().member("key", member).member("title", rendering.text(title_of_member(member))).end_object();
  json.end_array();
}

void write_once_per(JsonWriter& json, const Definition& definition, const Rendering& rendering) {
  json.begin_array();
  for (const OnceTerm& term : definition.once_per)
    json.begin_object().member("key", term.source).member("title", rendering.text(term.title)).end_object();
  json.end_array();
}

/// In the order in which they are tried; one without a condition is of every row.
void write_offers(JsonWriter& json, const std::vector<RowOffer>& offers) {
  json.key("offers").begin_array();
  for (const RowOffer& offer : offers) {
    json.begin_object().member("workflow", offer.business);
    if (offer.when) json.member("when", offer.when->source());
    json.end_object();
  }
  json.end_array();
}

void write_field(JsonWriter& json, const Field& field, const Rendering& rendering) {
  json.begin_object().member("key", field.key).member("type", to_string(field.type));
  json.member("title", rendering.text(field.title)).member("required", field.required);
  if (field.each) json.member("each", true);
  if (field.max) json.member("max", field.max);
  if (!field.member().empty()) json.member("changes", field.member());
  if (!field.choices.empty()) {
    json.key("choices").begin_array();
    for (const auto& choice : field.choices)
      json.begin_object().member("key", choice.key).member("title", rendering.text(choice.title)).end_object();
    json.end_array();
  }
  if (field.help) json.member("help", rendering.text(*field.help));
  if (field.type == FieldType::rows) {
    json.member("atMost", field.at_most).key("rows").begin_array();
    for (const Field& inner : field.row) write_field(json, inner, rendering);
    json.end_array();
  }
  if (!field.offers.empty()) write_offers(json, field.offers);
  json.end_object();
}

void write_evidence_kind(JsonWriter& json, const EvidenceKind& kind, const Rendering& rendering) {
  json.begin_object().member("kind", kind.kind).member("title", rendering.text(kind.title));
  json.member("required", kind.min > 0 && !kind.when).member("min", kind.min).member("max", kind.max);
  json.key("mediaTypes").begin_array();
  for (const auto& type : kind.media_types) json.value(type);
  json.end_array().member("maxBytes", kind.max_bytes).end_object();
}

void write_actor(JsonWriter& json, const ActorExpression& actor, const Rendering& rendering) {
  json.member("by", actor.source).member("byTitle", rendering.text(describe(actor)));
}

void write_action(JsonWriter& json, const State& state, const Action& action, const Rendering& rendering) {
  json.begin_object()
      .member("key", action.key)
      .member("title", rendering.text(action.title))
      .member("state", state.key);
  json.member("to", action.to).member("comment", to_string(action.comment));
  if (action.by) write_actor(json, *action.by, rendering);
  json.end_object();
}

/// Who opens the business, or would, stands for the initiator.
std::optional<Holder> holder_for(const Definition& definition, const State& state, const Prospect& prospect,
                                 const Rendering& rendering) {
  const OfficeTree& offices = *rendering.offices;
  if (prospect.request) return holder_of(state, places_ahead(definition, *prospect.request), offices);
  const OfficeId school = prospect.student.school;
  const auto opener =
      prospect.caller ? opening_post(definition, *prospect.caller, offices, school, rendering.now) : std::nullopt;
  return holder_of(state, places_if_opened(definition, school, offices, opener ? opener->office : OfficeId{}), offices);
}

void write_branches(JsonWriter& json, const State& parallel, const Rendering& rendering) {
  json.member("join", parallel.join).key("branches").begin_array();
  for (const auto& branch : parallel.branches)
    json.begin_object().member("key", branch.key).member("title", rendering.text(branch.title)).end_object();
  json.end_array();
}

/// As the request would be led; nobody knows what a form will say that is not begun.
KnownWays ways_of(const Definition& definition, const Prospect* prospect, const Rendering& rendering) {
  if (!prospect || !prospect->request) return {};
  std::optional<GuardRecords> records;
  if (definition.subject.kind != SubjectRule::Kind::pair) records.emplace(*rendering.offices, prospect->student);
  return ways_known(definition, *prospect->request, *rendering.offices, records);
}

/// In the order in which they are tried; the last has no condition.
void write_ways(JsonWriter& json, const State& choice) {
  json.key("ways").begin_array();
  for (const Way& way : choice.ways) {
    json.begin_object();
    if (way.when) json.member("when", way.when->source());
    json.member("to", way.to).end_object();
  }
  json.end_array();
}

void write_state(JsonWriter& json, const Definition& definition, const State& state, const Rendering& rendering,
                 const Prospect* prospect) {
  json.begin_object().member("key", state.key).member("title", rendering.text(state.title));
  json.member("kind", to_string(state.kind));
  if (!state.parallel.empty())
    json.member("parallel", state.parallel)
        .member("branch", definition.state(state.parallel)->branches[state.branch].key);
  if (state.kind == StateKind::parallel) write_branches(json, state, rendering);
  if (state.kind == StateKind::choice) write_ways(json, state);
  if (waits_for_people(state.kind) || state.kind == StateKind::notice) write_actor(json, state.actor, rendering);
  if (state.kind == StateKind::check) {
    json.key("checks").begin_array();
    for (const auto& check : state.checks) json.value(check);
    json.end_array();
  }
  if (state.deadline) json.member("workingDays", state.deadline->working_days);
  if (is_decided(state.kind)) json.member("oneByOne", state.one_by_one);
  if (state.kind == StateKind::end) json.member("outcome", to_string(state.outcome));
  if (prospect && state.kind != StateKind::end && state.kind != StateKind::choice) {
    json.key("holder");
    write_post_or_null(json, holder_for(definition, state, *prospect, rendering), rendering);
  }
  json.end_object();
}

}  // namespace

WindowAnswer window_now(const Definition& definition, const Rendering& rendering) {
  return window_of(definition, *rendering.calendar, rendering.now);
}

void write_workflow(JsonWriter& json, const Catalog::Entry& entry, const Rendering& rendering,
                    const Prospect* prospect) {
  json.begin_object();
  write_workflow_members(json, entry, rendering, prospect);
  json.end_object();
}

void write_workflow_members(JsonWriter& json, const Catalog::Entry& entry, const Rendering& rendering,
                            const Prospect* prospect) {
  const Definition& definition = *entry.definition;
  json.member("key", definition.key).member("variant", definition.variant).member("version", definition.version);
  json.member("sha256", definition.sha256).member("title", rendering.text(definition.title));
  json.member("description", rendering.text(definition.description)).member("source", definition.source);
  json.member("retired", definition.retired);
  json.member("subject", subject_word(definition.subject.kind));
  json.member("atMost", definition.subject.at_most).member("chooses", definition.subject.where.has_value());
  json.key("places").begin_array();
  for (const NamedPlace& place : definition.places)
    json.begin_object()
        .member("key", place.word)
        .member("title", rendering.text(place.title))
        .member_or_null("field", place.field)
        .end_object();
  json.end_array().key("opensOn");
  write_opens_on(json, definition, rendering);
  json.member("lock", to_string(definition.lock)).key("oncePer");
  write_once_per(json, definition, rendering);
  json.key("open");
  write_open(json, entry, rendering, prospect);
  json.key("fields").begin_array();
  for (const auto& field : definition.fields) write_field(json, field, rendering);
  json.end_array().key("evidence").begin_array();
  for (const auto& kind : definition.evidence) write_evidence_kind(json, kind, rendering);
  json.end_array().key("states").begin_array();
  for (const auto& state : definition.states) write_state(json, definition, state, rendering, prospect);
  json.end_array().key("path").begin_array();
  for (const State* state : main_way(definition, definition.states.front(), ways_of(definition, prospect, rendering)))
    if (state->kind != StateKind::choice) json.value(state->key);
  json.end_array().key("actions").begin_array();
  for (const auto& state : definition.states)
    for (const auto& action : state.actions) write_action(json, state, action, rendering);
  json.end_array();
}

}  // namespace xueji::web
