#include "web/shapes/json_office.hpp"

#include <algorithm>

namespace xueji::web {

void write_office_members(JsonWriter& json, const Office& office) {
  json.member("id", office.id).member("name", office.name).member("level", to_string(office.level));
  json.key("supervisor");
  office.supervisor ? json.value(office.supervisor) : json.null();
  json.member("code", office.code).key("stages").begin_array();
  for (const Stage stage : stages_taught(office)) json.value(to_string(stage));
  json.end_array().member_or_null("system", office.level == Level::school ? to_string(office.system) : "");
}

void write_office(JsonWriter& json, const Office& office) {
  json.begin_object();
  write_office_members(json, office);
  json.end_object();
}

void write_office(JsonWriter& json, OfficeId id, const Rendering& rendering) {
  const Office* office = rendering.offices->find(id);
  if (office)
    write_office(json, *office);
  else
    json.null();
}

void write_school(JsonWriter& json, OfficeId school, const Rendering& rendering) {
  const Office* office = rendering.offices->find(school);
  json.begin_object().member("id", school).member("name", office ? office->name : std::string()).end_object();
}

void write_post(JsonWriter& json, const Holder& holder, const Rendering& rendering) {
  json.begin_object().key("office");
  write_office(json, holder.office, rendering);
  json.member("role", to_string(holder.role)).end_object();
}

void write_post_or_null(JsonWriter& json, const std::optional<Holder>& holder, const Rendering& rendering) {
  if (holder)
    write_post(json, *holder, rendering);
  else
    json.null();
}

void write_due(JsonWriter& json, const std::optional<Instant>& due, const Rendering& rendering) {
  json.member("due", due).key("dueInWorkingDays");
  due ? json.value(rendering.calendar->working_days_until(*due, rendering.now)) : json.null();
}

void write_claimer(JsonWriter& json, const Claimer& claimer) {
  json.member_or_null("claimedBy", claimer.username).member_or_null("claimedByName", claimer.name);
}

void write_holders(JsonWriter& json, const Request& request, const std::vector<Claimer>& claimers,
                   const Rendering& rendering) {
  json.begin_array();
  for (const Task& task : tasks_of(request)) {
    if (token_of(request, task.id) == &request.token && !request.branches.empty()) continue;
    const auto claimer = std::find_if(claimers.begin(), claimers.end(),
                                      [&](const Claimer& each) { return each.account == task.claimed_by; });
    json.begin_object().key("office");
    write_office(json, task.holder.office, rendering);
    json.member("role", to_string(task.holder.role)).member("since", task.since);
    write_due(json, task.due, rendering);
    write_claimer(json, claimer == claimers.end() ? Claimer{} : *claimer);
    json.member("task", task.id).member("state", task.state).end_object();
  }
  json.end_array();
}

}  // namespace xueji::web
