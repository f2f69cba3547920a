#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include "web/description/openapi.hpp"
#include "web/live/live_hello.hpp"

namespace xueji::web {
namespace {

namespace json = boost::json;

struct Event {
  const char* type;
  const char* summary;
  const char* data;
};
constexpr const char* task_data =
    R"({"type":"object","required":["task","request","workflow","state","office","role"],"properties":{
  "task":{"type":"string"},"request":{"type":"string"},"workflow":{"type":"string"},"state":{"type":"string"},"office":{"type":"string"},"role":{"type":"string"}}})";
constexpr Event events[] = {
    {"task.added", "A task has entered a queue of the caller's posts", task_data},
    {"task.changed", "A task of the caller's posts was claimed, released or changed", task_data},
    {"task.removed", "A task has left a queue of the caller's posts", task_data},
    {"request.changed", "A request that concerns one of the caller's offices has changed",
     R"({"type":"object","required":["request","version","state"],"properties":{"request":{"type":"string"},"version":{"type":"integer"},"state":{"type":"string"}}})"},
    {"notification.added", "The inbox has a new notification",
     R"({"type":"object","required":["notification"],"properties":{"notification":{"type":"string"}}})"},
    {"resync", "The id is too old to go on from: fetch anew", R"({"type":"object"})"},
};

json::object frame(const Event& event) {
  return {{"type", "object"},
          {"required", {"specversion", "id", "source", "type", "time", "data"}},
          {"properties",
           {{"specversion", {{"const", "1.0"}}},
            {"id", {{"type", "string"}, {"description", "grows; give it as `after` to go on from there"}}},
            {"source", {{"const", "/xueji"}}},
            {"type", {{"const", event.type}}},
            {"time", {{"type", "string"}, {"format", "date-time"}}},
            {"subject", {{"type", "string"}}},
            {"data", json::parse(event.data)}}}};
}

}  // namespace

json::object asyncapi_document() {
  json::object messages{{"hello",
                         {{"summary", "The first message of the client: where to go on"},
                          {"payload",
                           {{"type", "object"},
                            {"additionalProperties", false},
                            {"required", {"after"}},
                            {"properties",
                             {{"after", {{"type", {"string", "null"}}}},
                              {"heartbeat",
                               {{"type", "integer"},
                                {"minimum", heartbeat_min.count()},
                                {"maximum", heartbeat_max.count()},
                                {"description", "seconds between frames of type heartbeat; none without it"}}}}}}}}}};
  messages["heartbeat"] = {{"summary", "The line is alive. Its id is no place to go on from"},
                           {"contentType", "application/cloudevents+json"},
                           {"payload",
                            {{"type", "object"},
                             {"required", {"specversion", "id", "source", "type"}},
                             {"properties",
                              {{"specversion", {{"const", "1.0"}}},
                               {"id", {{"const", "heartbeat"}}},
                               {"source", {{"const", "/xueji"}}},
                               {"type", {{"const", "heartbeat"}}}}}}}};
  json::array sent{json::object{{"$ref", "#/channels/events/messages/heartbeat"}}};
  for (const Event& event : events) {
    messages[event.type] = {
        {"summary", event.summary}, {"contentType", "application/cloudevents+json"}, {"payload", frame(event)}};
    sent.push_back(json::object{{"$ref", std::string("#/channels/events/messages/") + event.type}});
  }
  return {
      {"asyncapi", "3.0.0"},
      {"info",
       {{"title", "xueji live events"},
        {"version", "1"},
        {"description",
         "CloudEvents 1.0 in JSON, with ids and keys only. Signed in by cookie (Origin must be the server's own) or by "
         "Authorization. "
         "Ended by 1001 (the server stops), 1008 (the session ended), 1013 (too slow: resume)."}}},
      {"defaultContentType", "application/json"},
      {"channels",
       {{"events",
         {{"address", "/api/v1/events"},
          {"messages", std::move(messages)},
          {"bindings", {{"ws", {{"method", "GET"}}}}}}}}},
      {"operations",
       {{"follow", {{"action", "send"}, {"channel", {{"$ref", "#/channels/events"}}}, {"messages", std::move(sent)}}},
        {"resume",
         {{"action", "receive"},
          {"channel", {{"$ref", "#/channels/events"}}},
          {"messages", {{{"$ref", "#/channels/events/messages/hello"}}}}}}}}};
}

}  // namespace xueji::web
