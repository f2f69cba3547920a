// A small registry around decide(): the shipped definitions, one student, people called by the words of scenarios.
#pragma once
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include "engine/base/sha256.hpp"
#include "engine/definition/loader.hpp"
#include "engine/machine/decide.hpp"
#include "engine/scenario/world.hpp"
#include "tests/catch.hpp"

namespace xueji::test {

inline Definition definition_from(const std::string& yaml, const std::string& file) {
  auto loaded = load_definition(yaml, file);
  if (const auto* faults = std::get_if<std::vector<Fault>>(&loaded))
    throw std::runtime_error(faults->front().to_string());
  return std::get<Definition>(std::move(loaded));
}

inline Definition definition_in(const std::string& folder, const std::string& key) {
  const std::string path = std::string(XUEJI_SOURCE_DIR "/") + folder + "/" + key + ".yaml";
  std::ifstream stream(path, std::ios::binary);
  return definition_from({std::istreambuf_iterator<char>(stream), {}}, path);
}
inline Definition shipped(const std::string& key) { return definition_in("workflows", key); }
/// Of tests/definitions: what an author may write and nobody should.
inline Definition odd(const std::string& key) { return definition_in("tests/definitions", key); }

inline Instant at(const std::string& china_time) { return *parse_rfc3339(china_time + "+08:00"); }

inline Scenario people_of(std::vector<std::string> offices) {
  Scenario scenario;
  scenario.offices = std::move(offices);
  return scenario;
}

struct Bench {
  explicit Bench(Definition what, std::vector<std::string> offices = {"第一小学", "东城区教育局", "北京市教育委员会"})
      : definition(std::move(what)), scenario(people_of(std::move(offices))), world(scenario) {
    student.id = StudentId{7};
    student.school = world.school();
    student.name = "张三";
    student.id_number = "440524188001010014";
    student.birth_date = *parse_date("1880-01-01");
    student.grade = "3";
    student.numbers = {{"G440524188001010014", NumberKind::G, NumberState::current, now}};
  }
  Bench(const Bench&) = delete;
  Bench& operator=(const Bench&) = delete;

  Situation situation() const {
    Situation result{definition,
                     DefinitionId{1},
                     request ? &*request : nullptr,
                     &student,
                     request && student.open_request ? &*request : nullptr,
                     world.offices(),
                     calendar,
                     now,
                     {}};
    for (const auto& [sha256, item] : uploads) result.uploads[sha256] = item;
    result.claimers = &claimers;
    result.who_has = [this](const std::string& once) {
      asked_once = once;
      return had_once ? std::make_shared<const Request>(*had_once) : nullptr;
    };
    return result;
  }

  EvidenceReference upload(const std::string& kind, const std::string& name = "scan",
                           const std::string& type = "image/jpeg", std::int64_t size = 1000) {
    const std::string sha256 = sha256_hex(name);
    uploads[sha256] = {sha256, "", name + ".jpg", type, size};
    return {kind, sha256};
  }

  std::variant<Decision, Refusal, Nothing> try_by(const Caller& caller, decltype(Command::what) what,
                                                  std::optional<std::int64_t> version = std::nullopt) const {
    Situation where = situation();
    if (std::holds_alternative<Open>(what)) where.request = nullptr;
    return decide(where, {std::move(what), caller, version, std::nullopt});
  }
  std::variant<Decision, Refusal, Nothing> try_machine(decltype(Command::what) what) const {
    return decide(situation(), {std::move(what), std::nullopt, std::nullopt, std::nullopt});
  }
  Refusal refused(const std::string& who, decltype(Command::what) what,
                  std::optional<std::int64_t> version = std::nullopt) {
    auto verdict = try_by(world.person(who), std::move(what), version);
    if (!std::holds_alternative<Refusal>(verdict)) throw std::logic_error("it was to be refused, and was not");
    return std::get<Refusal>(std::move(verdict));
  }
  /// Does it and keeps what comes of it.
  Decision by(const std::string& who, decltype(Command::what) what) {
    if (std::holds_alternative<Open>(what)) request.reset();
    return kept(try_by(world.person(who), std::move(what)));
  }
  Decision machine(decltype(Command::what) what) { return kept(try_machine(std::move(what))); }
  Decision act(const std::string& who, const std::string& action, const std::string& comment = "",
               const std::string& to = "") {
    return by(who, perform(action, comment, to));
  }
  Perform perform(const std::string& action, const std::string& comment = "", const std::string& to = "") const {
    return {request ? request->id : RequestId{}, action, comment, std::nullopt, std::nullopt, to, {}, {}};
  }
  Decision answer(CheckOutcome duplicate, CheckOutcome identity) {
    return machine(
        AnswerChecks{request->id,
                     request->token.state,
                     request->token.attempts,
                     {{"duplicate_check", duplicate, now, "", {}}, {"identity_comparison", identity, now, "", {}}}});
  }
  Decision fire() { return machine(FireTimer{request->id, request->token.state, *request->token.timer}); }

  Open name_change(bool submit = true) {
    return {definition.key,
            student.id,
            {{"new_name", "张叁"}, {"ground", "register_changed"}, {"reason", "更正"}},
            {upload("household_register")},
            "",
            submit};
  }
  Open deletion(bool submit = true) {
    return {definition.key,
            student.id,
            {{"number", "G440524188001010014"}, {"ground", "duplicate_status"}, {"statement", "一人两号"}},
            {upload("certification")},
            "",
            submit};
  }

  Decision kept(std::variant<Decision, Refusal, Nothing> verdict) {
    if (const auto* refusal = std::get_if<Refusal>(&verdict)) throw std::logic_error("refused: " + refusal->detail.en);
    if (std::holds_alternative<Nothing>(verdict)) throw std::logic_error("nothing was done");
    Decision decision = std::get<Decision>(std::move(verdict));
    request = decision.request;
    if (!request->id) request->id = RequestId{++requests};
    if (decision.locks_student) student.open_request = request->id;
    if (decision.unlocks_student) student.open_request = {};
    if (!decision.changes.empty()) student = apply(student, decision.changes, now);
    return decision;
  }

  Definition definition;
  Calendar calendar;
  Scenario scenario;
  ScenarioWorld world;
  Student student;
  std::optional<Request> request;
  std::map<std::string, EvidenceItem> uploads;
  ClaimerPosts claimers;
  std::optional<Request> had_once;  ///< what has whatever is asked for; nothing where nobody does
  mutable std::string asked_once;
  std::int64_t requests = 0;
  Instant now = at("2026-09-07T09:00:00");
};

}  // namespace xueji::test
