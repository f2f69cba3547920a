#include "adapters/central/simulated_national_side.hpp"

#include <boost/json.hpp>
#include <boost/url/params_view.hpp>
#include <boost/url/parse_query.hpp>

namespace xueji {
namespace {

namespace json = boost::json;

constexpr std::size_t keys_max = 500'000;
constexpr std::int64_t latency_ms_max = 600'000;

NationalAnswer answer_of(unsigned status, const json::value& body) {
  return {status, json::serialize(body), {}, false};
}
NationalAnswer fault(unsigned status, std::string_view detail) {
  return answer_of(status, {{"title", "error"}, {"status", status}, {"detail", detail}});
}

struct Question {
  std::string name, id_number;
};

std::optional<Question> question_of(const std::string& body) {
  json::error_code error;
  const auto value = json::parse(body, error);
  const auto* object = error ? nullptr : value.if_object();
  const auto* name = object ? object->if_contains("name") : nullptr;
  const auto* id_number = object ? object->if_contains("idNumber") : nullptr;
  if (!name || !id_number || !name->is_string() || !id_number->is_string()) return std::nullopt;
  return Question{std::string(name->get_string()), std::string(id_number->get_string())};
}

/// False for a member that is unknown or out of its range.
bool set_switch(NationalSwitches& switches, std::string_view member, const json::value& value) {
  if (member == "outage" && value.is_bool()) return switches.outage = value.get_bool(), true;
  json::error_code error;
  if (member == "latencyMs" && value.is_number()) {
    const auto ms = value.to_number<std::int64_t>(error);
    switches.latency = std::chrono::milliseconds(ms);
    return !error && ms >= 0 && ms <= latency_ms_max;
  }
  if (member == "errorRate" && value.is_number()) {
    switches.error_rate = value.to_number<double>(error);
    return !error && switches.error_rate >= 0 && switches.error_rate <= 1;
  }
  return false;
}

std::optional<std::string> query_key(const std::string& query) {
  const auto parameters = boost::urls::parse_query(query);
  if (!parameters) return std::nullopt;
  for (const auto parameter : boost::urls::params_view(*parameters))
    if (parameter.key == "key") return std::string(parameter.value);
  return std::nullopt;
}

}  // namespace

SimulatedNationalSide::SimulatedNationalSide(Population population, NationalSwitches switches)
    : population_(std::move(population)), switches_(switches) {}

NationalAnswer SimulatedNationalSide::answer(const NationalCall& call) {
  const bool is_get = call.method == "GET";
  if (call.path == "/healthz" && is_get) return answer_of(200, {{"status", "ok"}, {"people", population_.size()}});
  if (call.path == "/v1/identity-comparison") return call.method == "POST" ? compare(call) : fault(405, "use POST");
  if (call.path == "/v1/switches" && is_get) return read_switches();
  if (call.path == "/v1/switches") return call.method == "PUT" ? set_switches(call) : fault(405, "use GET or PUT");
  if (call.path == "/v1/statistics" && is_get) return statistics(call);
  return fault(404, "there is no such resource");
}

NationalAnswer SimulatedNationalSide::compare(const NationalCall& call) {
  if (call.idempotency_key.empty()) return fault(400, "the header Idempotency-Key is missing");
  const auto question = question_of(call.body);
  if (!question) return fault(400, "the body must be {\"name\", \"idNumber\"}");
  if (asked_.size() >= keys_max) asked_.erase(asked_.begin());
  Asked& asked = asked_[call.idempotency_key];
  ++questions_;
  ++asked.times;
  if (switches_.outage) return {0, "", switches_.latency, true};
  if (std::uniform_real_distribution<>(0, 1)(random_) < switches_.error_rate) {
    NationalAnswer failed = fault(500, "simulated error");
    failed.delay = switches_.latency;
    return failed;
  }
  const std::string words = question->id_number + '\t' + question->name;
  if (asked.outcome.empty() || asked.question != words) {
    asked.question = words;
    asked.outcome = population_.compare(question->id_number, question->name);
    ++answered_;
  }
  NationalAnswer answer = answer_of(200, {{"outcome", asked.outcome}});
  answer.delay = switches_.latency;
  return answer;
}

NationalAnswer SimulatedNationalSide::read_switches() const {
  return answer_of(
      200,
      {{"latencyMs", switches_.latency.count()}, {"errorRate", switches_.error_rate}, {"outage", switches_.outage}});
}

NationalAnswer SimulatedNationalSide::set_switches(const NationalCall& call) {
  json::error_code error;
  const auto value = json::parse(call.body, error);
  const auto* object = error ? nullptr : value.if_object();
  if (!object) return fault(400, "the body must be a JSON object");
  NationalSwitches changed = switches_;
  for (const auto& member : *object)
    if (!set_switch(changed, member.key(), member.value()))
      return fault(422, "known are latencyMs (0 to 600000), errorRate (0 to 1) and outage (true or false)");
  switches_ = changed;
  return read_switches();
}

NationalAnswer SimulatedNationalSide::statistics(const NationalCall& call) const {
  const auto key = query_key(call.query);
  if (!key) return answer_of(200, {{"questions", questions_}, {"answers", answered_}, {"keys", asked_.size()}});
  const auto found = asked_.find(*key);
  if (found == asked_.end()) return answer_of(200, {{"key", *key}, {"asked", 0}, {"outcome", nullptr}});
  const Asked& asked = found->second;
  return answer_of(200, {{"key", *key},
                         {"asked", asked.times},
                         {"outcome", asked.outcome.empty() ? json::value(nullptr) : json::value(asked.outcome)}});
}

}  // namespace xueji
