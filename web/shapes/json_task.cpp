#include "web/shapes/json_task.hpp"

#include "engine/machine/deciders.hpp"
#include "engine/registry/check_names.hpp"
#include "web/shapes/json_office.hpp"
#include "web/shapes/json_request.hpp"
#include "web/shapes/json_subject.hpp"

namespace xueji::web {

namespace {

void write_suspect(JsonWriter& json, const std::vector<Finding>& suspect, const Rendering& rendering) {
  json.key("suspect").begin_array();
  for (const Finding& finding : suspect) {
    json.begin_object().member("check", finding.check);
    json.member("checkTitle", rendering.text(title_of_check(finding.check))).end_object();
  }
  json.end_array();
}

}  // namespace

void write_task(JsonWriter& json, const TaskRow& row, const Rendering& rendering) {
  const Task& task = row.task;
  const Definition& definition = rendering.definition(row.definition);
  json.begin_object().member("id", task.id).member("request", task.request).key("workflow").begin_object();
  json.member("key", definition.key).member("title", rendering.text(definition.title));
  json.member("subject", subject_word(definition.subject.kind)).end_object().key("state");
  write_state_name(json, definition, task.state, rendering);
  const State* state = definition.state(task.state);
  json.member("oneByOne", state && state->one_by_one)
      .key("student")
      .begin_object()
      .member("id", row.student)
      .member("name", row.student_name)
      .key("school");
  write_school(json, row.school, rendering);
  json.end_object().member("subjectCount", row.subjects).key("office");
  write_office(json, task.holder.office, rendering);
  json.member("role", to_string(task.holder.role)).member("since", task.since);
  write_due(json, task.due, rendering);
  json.member("overdue", task.due && *task.due < rendering.now);
  write_claimer(json, {row.task.claimed_by, row.claimed_by_username, row.claimed_by_name, {}});
  write_suspect(json, row.suspect, rendering);
  write_pending(json.key("pending"), row.pending ? &*row.pending : nullptr, definition, rendering);
  json.member("version", row.request_version).end_object();
}

void write_undecidable(JsonWriter& json, const UndecidableRow& row, const Rendering& rendering) {
  const Token* token = token_of(row.request, row.id);
  if (!token) token = &row.request.token;
  const Undecidable mark = token->undecidable.value_or(Undecidable{});
  const Definition& definition = rendering.definition(row.request.definition);
  json.begin_object().member("task", row.id).member("request", row.request.id).key("workflow").begin_object();
  json.member("key", definition.key).member("title", rendering.text(definition.title)).end_object().key("state");
  write_state_name(json, definition, token->state, rendering);
  json.key("office");
  write_office(json, token->holder.office, rendering);
  json.member("role", to_string(token->holder.role)).member("since", mark.since);
  json.member("why", rendering.text(why_undecidable(mark.why, token->holder, *rendering.offices))).key("standIn");
  write_post_or_null(json, mark.stand_in, rendering);
  json.end_object();
}

}  // namespace xueji::web
