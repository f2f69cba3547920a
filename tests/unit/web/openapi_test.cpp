#include "web/description/openapi.hpp"
#include "tests/catch.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <set>

using namespace xueji::web;
namespace json = boost::json;

namespace {

void collect_references(const json::value& value, std::set<std::string>& found) {
  if (const auto* object = value.if_object()) {
    for (const auto& [key, member] : *object) {
      if (key == "$ref") found.insert(member.as_string().c_str());
      collect_references(member, found);
    }
  } else if (const auto* array = value.if_array()) {
    for (const auto& item : *array) collect_references(item, found);
  }
}

}  // namespace

TEST_CASE("the description names every route with its access, and every problem it may answer") {
  const json::value document = openapi_document(routes(), true);
  CHECK(document.at("openapi").as_string() == "3.1.0");
  for (const Route& route : routes()) {
    INFO(route.operation);
    const auto& path = document.at("paths").as_object().at({route.pattern.data(), route.pattern.size()});
    std::string method(to_string(route.method));
    for (char& c : method) c = static_cast<char>(c + 32);
    const auto& operation = path.as_object().at(method).as_object();
    CHECK(operation.at("operationId").as_string() == json::string_view(route.operation.data(), route.operation.size()));
    CHECK(operation.at("x-access").is_string());
    const auto& responses = operation.at("responses").as_object();
    CHECK(responses.contains(std::to_string(route.success)));
    for (const int status : route.problems) CHECK(responses.contains(std::to_string(status)));
    if (route.access != Access::open) CHECK(responses.contains("401"));
    const auto parameters = operation.if_contains("parameters");
    for (const Parameter& parameter : route.parameters) {
      REQUIRE(parameters);
      CHECK(json::serialize(*parameters).find("\"name\":\"" + std::string(parameter.name) + "\"") != std::string::npos);
    }
  }
}

TEST_CASE("every schema that is referred to is there") {
  const json::value document = openapi_document(routes(), true);
  std::set<std::string> references;
  collect_references(document, references);
  CHECK(references.size() > 30);
  for (const auto& reference : references) {
    INFO(reference);
    REQUIRE(reference.rfind("#/components/schemas/", 0) == 0);
    CHECK(document.at("components").at("schemas").as_object().contains(reference.substr(21)));
  }
}

TEST_CASE("security is either of the two schemes, and none for what is open") {
  const json::value document = openapi_document(routes(), false);
  CHECK(json::serialize(document.at("security")) == R"([{"cookie":[]},{"bearer":[]}])");
  CHECK(json::serialize(document.at("paths").at("/api/v1/session").at("post").at("security")) == "[]");
}

TEST_CASE("the live events are described with all their types") {
  const json::value document = asyncapi_document();
  CHECK(document.at("asyncapi").as_string() == "3.0.0");
  const auto& channel = document.at("channels").at("events");
  CHECK(channel.at("address").as_string() == "/api/v1/events");
  for (const auto* type :
       {"task.added", "task.changed", "task.removed", "request.changed", "notification.added", "resync", "hello"})
    CHECK(channel.at("messages").as_object().contains(type));
  CHECK(document.at("operations").at("follow").at("messages").as_array().size() == 7);
  CHECK(document.at("operations").at("resume").at("messages").at(0).at("$ref").as_string() ==
        "#/channels/events/messages/hello");
}
