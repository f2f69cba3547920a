// GET /openapi.json, GET /asyncapi.json, and the demo's content.
#include <boost/json/serialize.hpp>

#include "engine/machine/refusal.hpp"
#include "web/description/openapi.hpp"
#include "web/server/answers.hpp"
#include "web/server/resources/lookups.hpp"
#include "web/server/resources/resources.hpp"
#include "web/shapes/json_workflow.hpp"

namespace xueji::web {
namespace {

HttpResponse serialized(const boost::json::value& value) {
  HttpResponse response;
  response.content_type = "application/json; charset=utf-8";
  response.body = boost::json::serialize(value);
  return response;
}

/// A text that is made once, since anybody may ask for it as often as they like.
class Once {
 public:
  explicit Once(const boost::json::value& value)
      : text_(std::make_shared<const std::string>(boost::json::serialize(value))) {}
  HttpResponse response() const {
    HttpResponse response;
    response.content_type = "application/json; charset=utf-8";
    response.shared_body = text_;
    return response;
  }

 private:
  std::shared_ptr<const std::string> text_;
};

/// Outside the window nothing else can come of it.
void refuse_as_closed(boost::json::object& example) {
  example["outcome"] = nullptr;
  example["refused"] = slug(RefusalKind::window_closed);
  example["way"] = boost::json::array();
  example["then"] = {{"outcome", nullptr}};
}

/// The examples as they can be tried now; what nobody can open any more is none.
boost::json::value as_of_now(boost::json::value content, const Rendering& now) {
  boost::json::array offered;
  for (auto& example : content.at("examples").as_array()) {
    const auto* newest = now.catalog->newest(example.at("workflow").as_string());
    if (newest && newest->definition->retired) continue;
    const bool is_closed = newest && !window_now(*newest->definition, now).open;
    if (is_closed) refuse_as_closed(example.as_object());
    offered.push_back(std::move(example));
  }
  content.as_object()["examples"] = std::move(offered);
  return content;
}

}  // namespace

HttpResponse show_openapi(Context& context, const Exchange&) {
  static const Once described(openapi_document(routes(), false)), described_with_demo(openapi_document(routes(), true));
  return (context.options.demo ? described_with_demo : described).response();
}

HttpResponse show_asyncapi(Context&, const Exchange&) {
  static const Once described(asyncapi_document());
  return described.response();
}

HttpResponse show_demo(Context& context, const Exchange& exchange) {
  return serialized(as_of_now(context.options.demo_content, rendering_for(context, exchange)));
}

HttpResponse refuse_plain_events(Context&, const Exchange& exchange) {
  return answer(exchange, malformed({"此处只接受 WebSocket 连接", "Only a WebSocket can be opened here"}));
}

}  // namespace xueji::web
