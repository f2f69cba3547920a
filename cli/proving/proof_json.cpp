#include "cli/proving/proof_json.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value_to.hpp>
#include <utility>

namespace xueji {
namespace {

namespace json = boost::json;

std::string text(const json::object& object, std::string_view name) {
  const json::value& value = object.at(name);
  return value.is_null() ? std::string{} : json::value_to<std::string>(value);
}

Violation read_violation(const json::object& told, const std::string& file) {
  Violation violation;
  violation.rule = text(told, "rule");
  violation.severity = text(told, "severity") == to_string(Severity::warning) ? Severity::warning : Severity::violation;
  violation.fault.file = file;
  violation.fault.position.line = json::value_to<int>(told.at("line"));
  violation.fault.position.column = json::value_to<int>(told.at("column"));
  violation.fault.what = text(told, "message");
  violation.fault.advice = text(told, "advice");
  for (const json::value& step : told.at("path").as_array()) {
    const json::object& object = step.as_object();
    violation.path.push_back({text(object, "state"), text(object, "event"), text(object, "to"), text(object, "who")});
  }
  for (const auto& [name, value] : told.at("data").as_object())
    violation.data.emplace(name, json::value_to<std::string>(value));
  return violation;
}

Verification read_figures(const json::object& told) {
  Verification verification;
  verification.states = json::value_to<std::size_t>(told.at("states"));
  verification.properties = json::value_to<std::size_t>(told.at("properties"));
  return verification;
}

}  // namespace

void write(web::JsonWriter& json, const Violation& violation) {
  json.begin_object().member("rule", violation.rule).member("severity", to_string(violation.severity));
  json.member("file", violation.fault.file);
  json.member("line", violation.fault.position.line).member("column", violation.fault.position.column);
  json.member("message", violation.fault.what).member("advice", violation.fault.advice);
  json.key("path").begin_array();
  for (const PathStep& step : violation.path)
    json.begin_object()
        .member_or_null("state", step.state)
        .member("event", step.event)
        .member("to", step.to)
        .member_or_null("who", step.who)
        .end_object();
  json.end_array().key("data").begin_object();
  for (const auto& [name, value] : violation.data) json.member(name, value);
  json.end_object().end_object();
}

std::optional<Verification> read_proof(std::string_view answer, std::string_view checked_as, const std::string& file) {
  try {
    const json::value told = json::parse(json::string_view(answer.data(), answer.size()));
    std::optional<Verification> verification;
    for (const json::value& each : told.at("definitions").as_array())
      if (text(each.as_object(), "file") == checked_as) verification = read_figures(each.as_object());
    if (!verification) return std::nullopt;
    for (const json::value& each : told.at("violations").as_array()) {
      if (text(each.as_object(), "file") != checked_as) continue;
      Violation violation = read_violation(each.as_object(), file);
      auto& all = violation.severity == Severity::warning ? verification->warnings : verification->violations;
      all.push_back(std::move(violation));
    }
    return verification;
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

}  // namespace xueji
