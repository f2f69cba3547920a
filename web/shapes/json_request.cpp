#include "web/shapes/json_request.hpp"

#include <algorithm>
#include <set>

#include "engine/definition/branch_schools.hpp"
#include "engine/definition/rows.hpp"
#include "engine/machine/places.hpp"
#include "engine/machine/rows.hpp"
#include "engine/machine/sentences.hpp"
#include "engine/machine/steps.hpp"
#include "engine/registry/check_names.hpp"
#include "engine/registry/names.hpp"
#include "web/shapes/json_explain.hpp"
#include "web/shapes/json_office.hpp"
#include "web/shapes/json_subject.hpp"

namespace xueji::web {
namespace {

bool is_about_pair(const Request& request, const Rendering& rendering) {
  return rendering.definition(request.definition).subject.kind == SubjectRule::Kind::pair;
}

std::string shown_value(const Field* field, const std::string& value, const Rendering& rendering) {
  if (!field) return value;
  if (field->type == FieldType::id_number || field->type == FieldType::student_number)
    return shown_number(value, rendering);
  return rendering.brief && field->member() == "birth_date" && !value.empty() ? "****-**-**" : value;
}

/// One object for each row; `field` is null where the version that the request pins has none of that key.
void write_rows(JsonWriter& json, const Field* field, const std::string& value, const Rendering& rendering) {
  json.begin_array();
  for (const auto& row : rows_of(value).value_or(GuardRows{})) {
    json.begin_object();
    for (const auto& [key, cell] : row)
      json.member(key, shown_value(field ? field->inner(key) : nullptr, cell, rendering));
    json.end_object();
  }
  json.end_array();
}

/// As people read it: an office by its name.
std::string read_value(const Field* field, const std::string& value, const Rendering& rendering) {
  const bool is_office = field && (field->type == FieldType::school || field->type == FieldType::office);
  const auto id = is_office ? parse_id<OfficeId>(value) : std::nullopt;
  const Office* office = id ? rendering.offices->find(*id) : nullptr;
  return office ? office->name : shown_value(field, value, rendering);
}

/// What of the record is told to whoever has a part in a request about it.
bool is_told_elsewhere(std::string_view member) {
  static const std::set<std::string_view> told{"name", "sex", "birth_date", "status", "grade"};
  return told.contains(member);
}

/// `field` is null where the version that the request pins has none of that key.
void write_change(JsonWriter& json, const Field* field, const std::string& key, const std::string& old_value,
                  const std::string& new_value, const Rendering& rendering) {
  json.begin_object().member("field", key).member("title", field ? rendering.text(field->title) : key);
  const bool told = !rendering.elsewhere || !field || field->changes.empty() || is_told_elsewhere(field->changes);
  json.member("old", told ? read_value(field, old_value, rendering) : std::string());
  json.member("new", read_value(field, new_value, rendering)).end_object();
}

void write_fields(JsonWriter& json, const Definition& definition, const FieldValues& fields, const FieldValues& before,
                  const Rendering& rendering) {
  write_values(json.key("fields"), definition, fields, rendering);
  json.key("changes").begin_array();
  for (const FieldChange& change : field_changes(definition, fields, before))
    write_change(json, change.field, change.field->key, change.old_value, change.new_value, rendering);
  json.end_array();
}

void write_evidence(JsonWriter& json, std::string_view name, const std::vector<EvidenceItem>& evidence) {
  json.key(name).begin_array();
  for (const EvidenceItem& item : evidence) {
    json.begin_object().member("sha256", item.sha256).member("kind", item.kind).member("filename", item.filename);
    json.member("mediaType", item.media_type).member("size", item.size).end_object();
  }
  json.end_array();
}

/// Schools see their own pupils; whose record is like it is for those who judge it.
bool sees_schools_only(const Caller& caller, const Rendering& rendering) {
  return std::none_of(caller.posts.begin(), caller.posts.end(), [&](const Post& post) {
    const Office* office = rendering.offices->find(post.office);
    return post.in_force(rendering.now) && office && office->level != Level::school;
  });
}

Text detail_for(const Finding& finding, bool schools_only) {
  const bool is_of_another =
      finding.check == check_names[0] && finding.outcome == CheckOutcome::suspect && finding.code != registry_code;
  if (!schools_only || !is_of_another) return finding.detail;
  return {"另有学籍记录与此相符，由上级核实", "Another record is like it; the offices above look into it"};
}

void write_findings(JsonWriter& json, const RequestView& view, const Rendering& rendering) {
  const bool schools_only = sees_schools_only(view.caller, rendering);
  json.key("findings").begin_array();
  for (const Finding& finding : view.request.findings) {
    json.begin_object().member("check", finding.check);
    json.member("checkTitle", rendering.text(title_of_check(finding.check)));
    json.member("outcome", to_string(finding.outcome))
        .member("at", finding.at)
        .member("detail", rendering.text(detail_for(finding, schools_only)))
        .member("code", finding.code)
        .end_object();
  }
  json.end_array();
}

/// The task of the branch in that state; empty where none stands there.
std::string task_text(const Request& request, std::string_view state) {
  for (const Task& task : tasks_of(request))
    if (task.state == state) return to_string(task.id);
  return {};
}

void write_actions(JsonWriter& json, const RequestView& view, const Rendering& rendering) {
  const ClaimerPosts claimers = posts_of(view.people.claimers);
  const Situation situation = situation_of(view.request, view.student, view.subjects, claimers, view.others_have,
                                           view.pending, rendering, view.who_has);
  if (const auto& several = view.request.several)
    json.member("mayBeSetAside", !is_about_pair(view.request, rendering) && several->count - several->set_aside > 1 &&
                                     explain(situation, view.caller, set_aside_action().key).allowed);
  json.key("actions").begin_array();
  for (const ActionView& offered : actions_for(situation, view.caller)) {
    json.begin_object().member("key", offered.action->key).member("title", rendering.text(offered.action->title));
    json.member("allowed", offered.explanation.allowed).member("comment", to_string(offered.action->comment));
    if (!view.request.branches.empty())
      json.member("state", offered.state).member_or_null("task", task_text(view.request, offered.state));
    if (!offered.to.empty()) {
      json.key("to").begin_array();
      for (const auto& state : offered.to) json.value(state);
      json.end_array();
    }
    if (offered.as) {
      json.key("as");
      write_post(json, *offered.as, rendering);
    }
    if (!offered.explanation.allowed) {
      json.key("explain");
      write_explanation(json, offered.explanation, rendering);
    }
    json.end_object();
  }
  json.end_array();
}

void write_steps(JsonWriter& json, const RequestView& view, const Rendering& rendering) {
  const Definition& definition = rendering.definition(view.request.definition);
  const bool is_whole_pair = is_about_pair(view.request, rendering) && view.subjects.size() == 2;
  const GuardRecords records{*rendering.offices,
                             is_whole_pair ? shown_student(view.subjects[0])
                             : view.shown  ? *view.shown
                                           : view.student,
                             is_whole_pair ? &shown_student(view.subjects[1]) : nullptr};
  json.key("steps").begin_array();
  for (const Step& step : steps_of(definition, view.request, *rendering.offices, records)) {
    const State& state = *step.state;
    json.begin_object().member("key", state.key).member("title", rendering.text(state.title));
    json.member("kind", to_string(state.kind)).key("holder");
    write_post_or_null(json, step.holder, rendering);
    if (state.deadline) json.member("workingDays", state.deadline->working_days);
    json.member("position", to_string(step.position)).end_object();
  }
  json.end_array();
}

}  // namespace

ClaimerPosts posts_of(const std::vector<Claimer>& claimers) {
  ClaimerPosts posts;
  for (const Claimer& claimer : claimers) posts[claimer.account] = claimer.posts;
  return posts;
}

Situation situation_of(const Request& request, const Student& student, std::span<const SubjectRow> subjects,
                       const ClaimerPosts& claimers, OthersHave others_have, const PendingRow* pending,
                       const Rendering& rendering, WhoHas who_has) {
  std::vector<SubjectRecord> pair;
  if (is_about_pair(request, rendering))
    for (const SubjectRow& row : subjects) pair.push_back({row.subject, &row.student});
  return {rendering.definition(request.definition),
          request.definition,
          &request,
          &student,
          nullptr,
          *rendering.offices,
          *rendering.calendar,
          rendering.now,
          {},
          &claimers,
          std::move(others_have),
          pending ? &pending->act : nullptr,
          std::move(pair),
          false,
          std::move(who_has)};
}

void write_workflow_name(JsonWriter& json, const Definition& definition, const Rendering& rendering) {
  json.begin_object().member("key", definition.key).member("variant", definition.variant);
  json.member("version", definition.version);
  json.member("sha256", definition.sha256).member("title", rendering.text(definition.title));
  json.member("subject", subject_word(definition.subject.kind)).end_object();
}

void write_pending(JsonWriter& json, const PendingRow* pending, const Definition& definition,
                   const Rendering& rendering) {
  if (!pending) {
    json.null();
    return;
  }
  json.begin_object().member("action", pending->act.what.action);
  json.member("actionTitle", rendering.text(title_of(definition, pending->act)));
  json.member("by", pending->by_username).member("byName", pending->by_name);
  json.member("undoUntil", pending->act.until).end_object();
}

void write_state_name(JsonWriter& json, const Definition& definition, std::string_view key,
                      const Rendering& rendering) {
  const State* state = definition.state(key);
  json.begin_object().member("key", key).member("title", state ? rendering.text(state->title) : std::string(key));
  if (state) json.member("kind", to_string(state->kind));
  json.end_object();
}

namespace {

/// That of a `for each` is called by its school.
std::string title_of_branch(const Branch& branch, const Definition& definition, const Request& request,
                            const Rendering& rendering) {
  const std::string& place = definition.state(branch.first)->actor.office.place;
  const bool is_of_school = std::find(branch_schools.begin(), branch_schools.end(), place) != branch_schools.end();
  const Office* school = is_of_school ? rendering.offices->find(places_of(request).at(place)) : nullptr;
  return school ? school->name : rendering.text(branch.title);
}

void write_branches(JsonWriter& json, const Definition& definition, const Request& request,
                    const Rendering& rendering) {
  const State* parallel = definition.state(request.token.state);
  json.key("branches").begin_array();
  for (std::size_t position = 0; position < request.branches.size(); ++position) {
    const Token& token = request.branches[position];
    const Branch& branch = parallel->branches[position];
    const std::string title = title_of_branch(branch, definition, request, rendering);
    json.begin_object().member("key", branch.key).member("title", title).key("state");
    if (definition.state(token.state))
      write_state_name(json, definition, token.state, rendering);
    else
      json.null();
    json.member_or_null("ended", definition.state(token.state) ? std::string() : token.state);
    json.member("since", token.since).end_object();
  }
  json.end_array();
}

void write_name_warning(JsonWriter& json, const Field& field, const std::string& pointer, const std::string& value) {
  const auto meant = field.type == FieldType::person_name ? meant_name(value) : std::nullopt;
  if (meant) json.begin_object().member("pointer", pointer).member("meant", *meant).end_object();
}

void write_name_warnings(JsonWriter& json, const Definition& definition, const Request& request) {
  json.key("warnings").begin_array();
  for (const auto& [key, value] : request.fields) {
    const Field* field = definition.field(key);
    if (!field) continue;
    write_name_warning(json, *field, "/fields/" + key, value);
    const auto rows = field->type == FieldType::rows ? rows_of(value).value_or(GuardRows{}) : GuardRows{};
    for (std::size_t row = 0; row < rows.size(); ++row)
      for (const auto& [inner, cell] : rows[row])
        if (const Field* of_row = field->inner(inner))
          write_name_warning(json, *of_row, "/fields/" + key + '/' + std::to_string(row) + '/' + inner, cell);
  }
  json.end_array();
}

/// Whether the reader has a post that begins that business about the student.
bool may_be_offered(const RequestView& view, const std::string& business, const Rendering& rendering) {
  const auto files = rendering.catalog->newest_of(business);
  return std::any_of(files.begin(), files.end(), [&](const Catalog::Entry* each) {
    const auto post = each->definition->retired ? std::nullopt
                                                : opening_post(*each->definition, view.caller, *rendering.offices,
                                                               view.school, rendering.now);
    return post && view.caller.post(post->role, post->office, rendering.now);
  });
}

/// What its rows offer to the reader.
void write_row_offers(JsonWriter& json, const RequestView& view, const Definition& definition,
                      const Rendering& rendering) {
  const Request& request = view.request;
  if (std::all_of(definition.fields.begin(), definition.fields.end(),
                  [](const Field& field) { return field.offers.empty(); }))
    return;
  json.key("offers").begin_array();
  for (const Field& field : definition.fields) {
    const auto filled_in = request.fields.find(field.key);
    if (field.offers.empty() || filled_in == request.fields.end()) continue;
    const auto rows = rows_of(filled_in->second).value_or(GuardRows{});
    for (std::size_t row = 0; row < rows.size(); ++row)
      if (const std::string* business = business_offered(field, rows[row]);
          business && may_be_offered(view, *business, rendering))
        json.begin_object().member("field", field.key).member("row", row).member("workflow", *business).end_object();
  }
  json.end_array();
}

}  // namespace

void write_values(JsonWriter& json, const Definition& definition, const FieldValues& values,
                  const Rendering& rendering) {
  json.begin_object();
  for (const auto& [key, value] : values) {
    const Field* field = definition.field(key);
    if (holds_rows(value))
      write_rows(json.key(key), field, value, rendering);
    else
      json.member(key, shown_value(field, value, rendering));
  }
  json.end_object();
}

const Student& shown_student(const RequestRow& row) { return row.when_left ? *row.when_left : row.student; }

const Student& shown_student(const SubjectRow& row) { return row.when_left ? *row.when_left : row.student; }

Rendering shown_to(const Caller& caller, const Request& request, const Student& student, OfficeId school,
                   const Rendering& rendering) {
  const auto sees = [&](OfficeId office) { return may_see_office(caller, office, *rendering.offices, rendering.now); };
  Rendering shown = rendering;
  shown.elsewhere = !sees(school) && !(request.outcome && sees(student.school));
  return shown;
}

Rendering shown_to(const Caller& caller, const Request& request, const Student& student, OfficeId school,
                   std::span<const SubjectRow> subjects, const Rendering& rendering) {
  Rendering shown = shown_to(caller, request, student, school, rendering);
  if (is_about_pair(request, rendering))
    for (const SubjectRow& row : subjects)
      shown.elsewhere |= shown_to(caller, request, row.student, row.student.school, rendering).elsewhere;
  return shown;
}

namespace {

void write_only_student(JsonWriter& json, const RequestView& view, const Rendering& rendering) {
  const bool is_own = view.student.open_request == view.request.id;
  const bool knows_other = view.other_open && !rendering.elsewhere;
  const Request* open = is_own ? &view.request : knows_other ? &view.other_open->request : nullptr;
  write_student(json.key("student"), view.shown ? *view.shown : view.student, open,
                is_own || !knows_other ? view.people.claimers : view.other_open->claimers, rendering, view.goes_on_of);
  json.key("subjects").begin_array().begin_object().member("ordinal", 1).member("register", "student");
  json.member("id", view.request.student).end_object().end_array().member("subjectCount", 1);
}

void write_several(JsonWriter& json, const RequestView& view, const Rendering& rendering) {
  const Several& several = *view.request.several;
  json.key("student").null().key("subjects").begin_array();
  for (const SubjectRow& row : view.subjects)
    write_subject(json, row, view.request, view.people.claimers, view.caller, rendering, view.goes_on_of);
  json.end_array().member("subjectCount", several.count).member("setAsideCount", several.set_aside).key("applying");
  if (several.applied)
    json.begin_object().member("done", *several.applied).member("of", several.count).end_object();
  else
    json.null();
}

/// The request that it waits for; where that is out of the reader's sight only of which business it is.
void write_awaited(JsonWriter& json, const RequestView& view, const Rendering& rendering) {
  if (!view.awaited) return;
  const Request& other = *view.awaited;
  const Definition& business = rendering.definition(other.definition);
  json.key("awaits").begin_object().key("workflow");
  write_workflow_name(json, business, rendering);
  if (may_see(other, view.caller, *rendering.offices, rendering.now)) {
    json.member("id", other.id).key("state");
    write_state_name(json, business, other.token.state, rendering);
  }
  json.end_object();
}

/// Where the other one waits for it, that is said as long as it does.
void write_opened_from(JsonWriter& json, const OpenedFrom& from, bool is_open) {
  json.begin_object().member("id", from.request).member("workflow", from.business);
  if (from.depth > 0 && is_open) json.member("waits", true);
  json.end_object();
}

/// A person, or the request that opened it, as far as the reader sees that one.
void write_opener(JsonWriter& json, const RequestView& view, const Rendering& rendering) {
  const Request& request = view.request;
  const Person& person = view.people.opened_by;
  const bool by_machine = !request.opened_by;
  json.member("openedBy", by_machine ? std::string_view("system") : std::string_view(person.username));
  json.member("openedByName", by_machine ? rendering.text(title_of(Role::system)) : person.name);
  json.key("openedFrom");
  const auto& from = request.opened_from;
  if (from && view.opened_from && may_see(*view.opened_from, view.caller, *rendering.offices, rendering.now))
    write_opened_from(json, *from, !request.outcome);
  else
    json.null();
}

void write_places(JsonWriter& json, const Definition& definition, const Request& request, const Rendering& rendering) {
  const Places places = places_of(request);
  json.key("places").begin_object();
  for (const NamedPlace& named : definition.places) {
    if (!named.field.empty() && !places.named) continue;
    json.key(named.word);
    write_office(json, places.at(named.place), rendering);
  }
  json.end_object();
}

}  // namespace

void write_request(JsonWriter& json, const RequestView& view, const Rendering& for_all) {
  const Rendering rendering = shown_to(view.caller, view.request, view.student, view.school, view.subjects, for_all);
  const Request& request = view.request;
  const Definition& definition = rendering.definition(request.definition);
  json.begin_object().member("id", request.id).key("workflow");
  write_workflow_name(json, definition, rendering);
  json.key("state");
  write_state_name(json, definition, request.token.state, rendering);
  if (!request.branches.empty()) write_branches(json, definition, request, rendering);
  write_awaited(json, view, rendering);
  json.key("outcome");
  request.outcome ? json.value(to_string(*request.outcome)) : json.null();
  json.member("version", request.version);
  request.several ? write_several(json, view, rendering) : write_only_student(json, view, rendering);
  write_places(json, definition, request, rendering);
  write_fields(json, definition, request.fields, request.before, rendering);
  write_evidence(json, "evidence", request.evidence);
  json.member("submissions", request.pinned.submission);
  write_opener(json, view, rendering);
  json.key("openedAs");
  write_post(json, request.opened_as, rendering);
  json.member("openedAt", request.opened_at).key("holders");
  if (view.part_ended)
    json.begin_array().end_array();
  else
    write_holders(json, request, view.people.claimers, rendering);
  write_findings(json, view, rendering);
  write_pending(json.key("pending"), view.pending, definition, rendering);
  if (view.part_ended) json.key("partEnded").begin_object().member("at", view.part_ended->at).end_object();
  write_actions(json, view, rendering);
  if (!rendering.brief) write_name_warnings(json, definition, request);
  if (!rendering.brief) write_row_offers(json, view, definition, rendering);
  if (!rendering.brief) write_steps(json, view, rendering);
  json.end_object();
}

namespace {

std::string value_of(const FieldValues& fields, const std::string& key) {
  const auto found = fields.find(key);
  return found == fields.end() ? std::string() : found->second;
}

/// The scans of `one` that `other` has not, by their bytes and kind.
std::vector<EvidenceItem> scans_without(const std::vector<EvidenceItem>& one, const std::vector<EvidenceItem>& other) {
  std::vector<EvidenceItem> left;
  for (const EvidenceItem& item : one)
    if (std::none_of(other.begin(), other.end(),
                     [&](const EvidenceItem& known) { return known.sha256 == item.sha256 && known.kind == item.kind; }))
      left.push_back(item);
  return left;
}

void write_difference(JsonWriter& json, const Submission& one, const Submission& earlier, const Definition& definition,
                      const Rendering& rendering) {
  std::set<std::string> keys;
  for (const auto& [key, value] : one.fields) keys.insert(key);
  for (const auto& [key, value] : earlier.fields) keys.insert(key);
  std::vector<std::string> rows_changed;
  json.begin_object().key("fields").begin_array();
  for (const std::string& key : keys) {
    const std::string then = value_of(earlier.fields, key);
    const std::string now = value_of(one.fields, key);
    if (then != now && (holds_rows(then) || holds_rows(now)))
      rows_changed.push_back(key);
    else if (then != now)
      write_change(json, definition.field(key), key, then, now, rendering);
  }
  json.end_array();
  if (!rows_changed.empty()) json.key("rows").begin_array();
  for (const std::string& key : rows_changed) {
    const Field* field = definition.field(key);
    json.begin_object().member("field", key).member("title", field ? rendering.text(field->title) : key);
    write_rows(json.key("old"), field, value_of(earlier.fields, key), rendering);
    write_rows(json.key("new"), field, value_of(one.fields, key), rendering);
    json.end_object();
  }
  if (!rows_changed.empty()) json.end_array();
  write_evidence(json, "added", scans_without(one.evidence, earlier.evidence));
  write_evidence(json, "removed", scans_without(earlier.evidence, one.evidence));
  json.end_object();
}

}  // namespace

void write_submission(JsonWriter& json, const SubmissionRow& row, const Submission* earlier,
                      const Definition& definition, const Rendering& rendering) {
  const Submission& submission = row.submission;
  json.begin_object().member("ordinal", submission.ordinal).member("round", submission.round).member("at", row.at);
  json.member("by", row.by ? std::string_view(row.by_username) : "system").member("byName", row.by_name);
  json.member("entry", row.history);
  write_fields(json, definition, submission.fields, submission.before, rendering);
  write_evidence(json, "evidence", submission.evidence);
  json.key("since");
  if (earlier)
    write_difference(json, submission, *earlier, definition, rendering);
  else
    json.null();
  write_form_hash(json, row.hashes.form, rendering);
  json.member("evidenceSha256", row.hashes.evidence).end_object();
}

}  // namespace xueji::web
