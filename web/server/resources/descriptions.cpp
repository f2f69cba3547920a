// GET /openapi.json, GET /asyncapi.json, and the demo's content.
#include <boost/json/serialize.hpp>

#include "web/description/openapi.hpp"
#include "web/server/answers.hpp"
#include "web/server/resources/resources.hpp"

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

/// What nobody can open is no example to try.
boost::json::value without_retired(boost::json::value content, const Catalog& catalog) {
  boost::json::array offered;
  for (const auto& example : content.at("examples").as_array()) {
    const auto* newest = catalog.newest(example.at("workflow").as_string());
    if (!newest || !newest->definition->retired) offered.push_back(example);
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

HttpResponse show_demo(Context& context, const Exchange&) {
  return serialized(without_retired(context.options.demo_content, *context.services.directory.catalog()));
}

HttpResponse refuse_plain_events(Context&, const Exchange& exchange) {
  return answer(exchange, malformed({"此处只接受 WebSocket 连接", "Only a WebSocket can be opened here"}));
}

}  // namespace xueji::web
