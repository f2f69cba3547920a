// Random walks through the real decide(), on the shipped definitions and on generated ones: no behaviour that the
// verifier excluded. XUEJI_STEPS walks longer, XUEJI_SEED elsewhere.
#include <chrono>
#include <cstdlib>
#include <iostream>

#include "engine/verify/exploration.hpp"
#include "generated_definition.hpp"
#include "tests/unit/definition/parallel_definition.hpp"
#include "walker.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

const std::vector<std::vector<std::string>> schools{{"第一小学", "东城区教育局", "北京市教育委员会"},
                                                    {"第一小学", "沈河区教育局", "沈阳市教育局", "辽宁省教育厅"},
                                                    {"省实验中学", "辽宁省教育厅"}};

std::size_t from_environment(const char* name, std::size_t otherwise) {
  const char* text = std::getenv(name);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

/// Of all walks together.
std::size_t steps_wanted() { return from_environment("XUEJI_STEPS", 200'000); }
unsigned seed() { return static_cast<unsigned>(from_environment("XUEJI_SEED", 20260901)); }

/// The kind of subject of the verifier that has the walker's offices.
std::size_t kind_of(const Exploration& exploration, const Walker& walker) {
  const auto levels = [](const OfficeTree& offices, OfficeId school) {
    std::vector<Level> result;
    for (const OfficeId id : offices.chain(school)) result.push_back(offices.find(id)->level);
    return result;
  };
  for (std::size_t kind = 0; kind < exploration.kinds().size(); ++kind) {
    const auto& each = exploration.kinds()[kind];
    if (levels(each.offices, each.school) == levels(walker.bench().world.offices(), walker.bench().student.school))
      return kind;
  }
  throw std::logic_error("the verifier knows no such kind of subject");
}

std::set<StateConfiguration> explored(const Exploration& exploration, std::size_t kind) {
  std::set<StateConfiguration> configurations;
  for (const auto& node : exploration.nodes())
    if (node.kind == kind) configurations.insert(exploration.configuration(node));
  return configurations;
}

void check_within(const std::set<StateConfiguration>& walked, const std::set<StateConfiguration>& explored) {
  for (const StateConfiguration& each : walked)
    if (!explored.contains(each)) FAIL_CHECK("not explored: " << to_string(each));
}

/// Walks the definition in schools of every kind, and compares with what the verifier explored.
WalkReport walk(const Definition& definition, NumberKind number, std::size_t steps, unsigned from) {
  const Exploration exploration{definition};
  WalkReport all;
  for (const auto& school : schools) {
    Walker walker(definition, school, number, from++);
    WalkReport report;
    walker.walk(steps / schools.size(), report);
    check_within(report.configurations, explored(exploration, kind_of(exploration, walker)));
    all.steps += report.steps;
    all.done += report.done;
    all.configurations.merge(report.configurations);
    for (const auto& [outcome, count] : report.ended) all.ended[outcome] += count;
    for (const auto& [kind, count] : report.refusals) all.refusals[kind] += count;
  }
  return all;
}

class Stopwatch {
 public:
  ~Stopwatch() {
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started_;
    std::cout << what << ": " << steps << " steps, " << done << " carried out, "
              << static_cast<std::size_t>(static_cast<double>(steps) / took.count()) << " steps/s, seed " << seed()
              << '\n';
  }
  std::string what;
  std::size_t steps = 0, done = 0;

 private:
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

}  // namespace

TEST_CASE("random walks on the shipped definitions come everywhere that the verifier explored, and nowhere else") {
  for (const std::string key : {"key-information-change", "g-number-deletion"}) {
    INFO(key << ", seed " << seed());
    Stopwatch watch;
    watch.what = key;
    const Definition definition = shipped(key);
    const WalkReport report = walk(definition, NumberKind::G, steps_wanted() / 4, seed());
    watch.steps = report.steps;
    watch.done = report.done;
    CHECK(report.configurations == Exploration{definition}.configurations());
    CHECK(report.done > report.steps / 20);
    auto ended = report.ended;
    for (const auto* outcome : {"completed", "rejected", "withdrawn"}) CHECK(ended[outcome] > 0);
    auto refusals = report.refusals;
    for (const auto kind :
         {RefusalKind::not_found, RefusalKind::not_in_this_state, RefusalKind::separation_of_duties,
          RefusalKind::not_allowed, RefusalKind::open_business, RefusalKind::validation, RefusalKind::missing_evidence})
      CHECK(refusals[kind] > 0);
  }
}

TEST_CASE("a student without a G number leaves the draft only withdrawn or expired, as the verifier says") {
  const WalkReport report = walk(shipped("g-number-deletion"), NumberKind::L, 3'000, seed());
  CHECK(report.configurations == std::set<StateConfiguration>{{"draft", {}}, {"expired", {}}, {"withdrawn", {}}});
}

TEST_CASE("random walks through branches come everywhere that the verifier explored, and nowhere else") {
  INFO("seed " << seed());
  Stopwatch watch;
  watch.what = "both-sides";
  const Definition definition = definition_from(parallel_definition, "both-sides.yaml");
  const WalkReport report = walk(definition, NumberKind::G, steps_wanted() / 4, seed());
  watch.steps = report.steps;
  watch.done = report.done;
  CHECK(report.configurations == Exploration{definition}.configurations());
}

TEST_CASE("random walks on generated definitions do nothing that the verifier excluded") {
  constexpr std::size_t steps_each = 600;
  std::mt19937 random{seed()};
  Stopwatch watch;
  std::size_t definitions = 0, proved = 0, forks = 0;
  while (watch.steps < steps_wanted() / 4) {
    const std::string yaml = generated_definition(random);
    INFO("seed " << seed() << "\n" << yaml);
    Definition definition = definition_from(yaml, "generated.yaml");
    // What the sentences say of it may be false: those are left out, the others must hold on every walk.
    std::set<int> false_lines;
    bool sound = true;
    for (const Violation& violation : verify(definition, Calendar{}).violations) {
      if (violation.rule == "always")
        false_lines.insert(violation.fault.place.line);
      else
        sound = false;
    }
    std::erase_if(definition.always, [&](const Invariant& each) { return false_lines.contains(each.place.line); });
    ++definitions;
    if (sound) ++proved;
    if (yaml.find("parallel:") != std::string::npos) ++forks;
    const WalkReport report = walk(definition, NumberKind::G, steps_each, static_cast<unsigned>(random()));
    watch.steps += report.steps;
    watch.done += report.done;
  }
  watch.what = std::to_string(definitions) + " generated definitions, " + std::to_string(proved) + " proved, " +
               std::to_string(forks) + " with branches";
  CHECK(proved * 4 > definitions);
  CHECK(forks * 10 > definitions);
}
