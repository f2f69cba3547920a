#include "web/shapes/json_check.hpp"

#include <algorithm>

#include "engine/registry/check_names.hpp"
#include "web/shapes/json_subject.hpp"

namespace xueji::web {
namespace {

/// The check that the job waits for, with its last answer where there is one.
struct Awaited {
  std::string name;
  const Finding* last = nullptr;
};

Awaited awaited(const State& state, const std::vector<Finding>& findings) {
  const auto unclear = std::find_if(findings.begin(), findings.end(),
                                    [](const Finding& finding) { return finding.outcome != CheckOutcome::clear; });
  if (unclear != findings.end()) return {unclear->check, &*unclear};
  for (const std::string& check : state.checks) {
    const bool answered =
        std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) { return finding.check == check; });
    if (!answered) return {check, nullptr};
  }
  return {};
}

}  // namespace

void write_check(JsonWriter& json, const CheckRow& row, bool under_way, const Rendering& rendering) {
  const Request& request = row.request;
  const Definition& definition = rendering.definition(request.definition);
  const Token* token = token_of(request, row.id);
  if (!token) token = &request.token;
  const State* state = definition.state(token->state);
  const Awaited check = state ? awaited(*state, request.findings) : Awaited{};
  json.begin_object().member("id", row.id).member("request", request.id).key("workflow").begin_object();
  json.member("key", definition.key).member("title", rendering.text(definition.title));
  json.member("subject", subject_word(definition.subject.kind)).end_object();
  json.key("student").begin_object().member("id", request.student).member("name", row.student_name).end_object();
  json.member("subjectCount", request.several ? request.several->count : 1);
  json.member("check", check.name).member("checkTitle", rendering.text(title_of_check(check.name)));
  json.member("since", token->since).member("attempts", token->attempts);
  json.member("nextAt", token->timer).member("underWay", under_way);
  json.key("lastOutcome");
  check.last ? json.value(to_string(check.last->outcome)) : json.null();
  json.key("detail");
  check.last ? json.value(rendering.text(check.last->detail)) : json.null();
  json.end_object();
}

}  // namespace xueji::web
