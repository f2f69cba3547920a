#include "web/shapes/refusal_problem.hpp"

#include "web/json/problem_catalog.hpp"
#include "web/shapes/json_explain.hpp"
#include "web/shapes/json_history.hpp"
#include "web/shapes/json_office.hpp"

namespace xueji::web {

Problem problem_of(const Refusal& refusal, const Rendering& rendering, std::vector<HistoryRow> since) {
  if (refusal.kind == RefusalKind::not_found) return not_found();
  Problem problem{std::string(problem_type(refusal.kind).slug), refusal.detail, refusal.complaints, {}, {}};
  if (refusal.kind == RefusalKind::busy || refusal.kind == RefusalKind::idempotency_in_progress)
    problem.headers.emplace_back("Retry-After", "1");
  if (refusal.current_version)
    problem.headers.emplace_back("ETag", '"' + std::to_string(*refusal.current_version) + '"');
  problem.members = [refusal, rendering, since = std::move(since)](JsonWriter& json, Language language) {
    Rendering mine = rendering;
    mine.language = language;
    if (refusal.explanation) {
      json.key("explain");
      write_explanation(json, *refusal.explanation, mine);
    }
    if (refusal.blocking_request) {
      json.member("request", *refusal.blocking_request).key("holders").begin_array();
      for (const Holder& holder : refusal.blocking_holders) write_post(json, holder, mine);
      json.end_array();
    }
    if (refusal.opens_at) json.member("opensAt", *refusal.opens_at);
    if (refusal.current_version) {
      json.member("currentVersion", *refusal.current_version).key("changes").begin_array();
      for (const HistoryRow& row : since) write_change_since(json, row, mine);
      json.end_array();
    }
  };
  return problem;
}

}  // namespace xueji::web
