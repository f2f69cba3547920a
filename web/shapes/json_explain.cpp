#include "web/shapes/json_explain.hpp"

#include "web/shapes/json_office.hpp"

namespace xueji::web {

void write_explanation(JsonWriter& json, const Explanation& explanation, const Rendering& rendering) {
  json.begin_object().member("action", explanation.action).member("allowed", explanation.allowed);
  json.key("reasons").begin_array();
  for (const Reason& reason : explanation.reasons) {
    json.begin_object().member("rule", reason.rule).member("message", rendering.text(reason.message));
    if (reason.since) json.member("since", *reason.since);
    if (reason.from) json.member("from", *reason.from);
    json.end_object();
  }
  json.end_array().key("who").begin_array();
  for (const Holder& holder : explanation.who) write_post(json, holder, rendering);
  json.end_array().end_object();
}

}  // namespace xueji::web
