// Random walks through the real decide(), on the shipped definitions and on generated ones: no behaviour that the
// verifier excluded. XUEJI_STEPS walks longer, XUEJI_SEED elsewhere.
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <tuple>

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

/// Of all walks together, about.
std::size_t steps_wanted() { return from_environment("XUEJI_STEPS", 300'000); }
/// Whether the rarest places must have been come to, also where several versions or few people are walked.
bool is_long() { return steps_wanted() >= 2'000'000; }
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

/// What is walked, with what was explored of it: with one person in each post also who did it, else what was done.
struct Walked {
  Walked(const Definition& what, Staff who, const Definition* later = nullptr)
      : definition(what), staff(who), exploration(what, {}, keeps()), newer(later) {
    if (newer) after.emplace(*newer, std::vector{&what}, keeps());
  }
  Memory::Keeps keeps() const { return staff == Staff::few ? Memory::Keeps::people : Memory::Keeps::acts; }

  const Definition& definition;
  Staff staff;
  Exploration exploration;
  const Definition* newer;
  std::optional<Exploration> after;  ///< of the newer version, with what comes over
  bool proved = true;
};

/// Walks in schools of every kind, and compares with what the verifier explored.
WalkReport walk(const Walked& what, NumberKind number, std::size_t steps, unsigned from) {
  WalkReport all;
  for (const auto& school : schools) {
    Walker walker(what.definition, school, number, from++, what.staff);
    const std::size_t kind = kind_of(what.exploration, walker);
    WalkCompanion companion(what.exploration, kind);
    walker.accompany(companion);
    std::optional<WalkCompanion> later;
    if (what.newer) walker.deploy_midway(*what.newer, later.emplace(*what.after, kind));
    WalkReport report;
    walker.walk(steps / schools.size(), report);
    check_within(report.configurations, explored(what.exploration, kind));
    if (what.newer) check_within(report.brought_over, explored(*what.after, kind));
    if (what.proved && what.staff == Staff::few && what.exploration.kinds()[kind].is_run_by_county())
      CHECK(report.happened["nobody left whom the definition asks"] == 0);
    all.add(report);
  }
  return all;
}

WalkReport walk(const Definition& definition, NumberKind number, std::size_t steps, unsigned from) {
  return walk(Walked{definition, Staff::many}, number, steps, from);
}

/// What the sentences say of it may be false: those are left out, the others must hold on every walk. Whether all else
/// holds.
bool keep_true_sentences(Definition& definition, const std::vector<const Definition*>& older = {}) {
  std::set<int> false_lines;
  bool sound = true;
  for (const Violation& violation : verify(definition, Calendar{}, older).violations) {
    if (violation.rule == "always")
      false_lines.insert(violation.fault.position.line);
    else
      sound = false;
  }
  std::erase_if(definition.always, [&](const Invariant& each) { return false_lines.contains(each.position.line); });
  return sound;
}

/// As the version that takes over what version 1 has under way.
std::string as_second_version(std::string yaml) {
  const std::string first = "version: 1";
  return yaml.replace(yaml.find(first), first.size(), "version: 2") +
         "migrate:\n  - from: 1\n    otherwise: same state\n";
}

/// A step that never happens tries nothing.
void check_happened(const WalkReport& report, const std::vector<const char*>& what) {
  for (const char* each : what) {
    INFO(each);
    const auto found = report.happened.find(each);
    CHECK((found != report.happened.end() && found->second > 0));
  }
}

class Stopwatch {
 public:
  ~Stopwatch() {
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started_;
    std::cout << what << ": " << steps << " steps, " << done << " carried out, "
              << static_cast<std::size_t>(static_cast<double>(steps) / took.count()) << " steps/s, seed " << seed()
              << '\n';
    for (const auto& [name, times] : happened) std::cout << "    " << name << ": " << times << '\n';
  }
  void count(const WalkReport& report) {
    steps += report.steps;
    done += report.done;
    for (const auto& [name, times] : report.happened) happened[name] += times;
  }
  std::string what;
  std::size_t steps = 0, done = 0;
  std::map<std::string, std::size_t> happened;

 private:
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

}  // namespace

TEST_CASE("random walks on the shipped definitions come everywhere that the verifier explored, and nowhere else") {
  for (const std::string key : {"key-information-change", "g-number-deletion", "suspension"}) {
    INFO(key << ", seed " << seed());
    Stopwatch watch;
    watch.what = key;
    const Definition definition = shipped(key);
    const WalkReport report = walk(definition, NumberKind::G, steps_wanted() / 6, seed());
    watch.count(report);
    check_happened(report, {"opened and submitted", "stood in"});
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
  const WalkReport report = walk(definition, NumberKind::G, steps_wanted() / 6, seed());
  watch.count(report);
  CHECK(report.configurations == Exploration{definition}.configurations());
}

TEST_CASE("random walks with fields that come with an action, and with live requests that a new version takes over") {
  for (const auto& [folder, key, before] :
       {std::tuple{"tests/mutation/businesses", "resumption-of-study", "resumption-of-study.1"},
        std::tuple{"workflows", "key-information-change", "key-information-change.2"}}) {
    INFO(key << ", seed " << seed());
    Stopwatch watch;
    watch.what = std::string(key) + ", migrated";
    const Definition older = definition_in("tests/mutation/older", before), newer = definition_in(folder, key);
    const Walked walked{older, Staff::many, &newer};
    const WalkReport report = walk(walked, NumberKind::G, steps_wanted() / 8, seed());
    watch.count(report);
    check_happened(report, {"opened and submitted", "migrated", "ended under the newer version"});
    if (is_long()) {
      CHECK(report.configurations == walked.exploration.configurations());
      CHECK(report.brought_over == walked.after->configurations());
    }
    if (newer.field("finding")) check_happened(report, {"filled in with an action", "filled in wrongly"});
  }
}

TEST_CASE("random walks where an action leads to its own state, or begins its own branches anew") {
  Stopwatch watch;
  watch.what = "led to themselves";
  for (const auto* key : {"returned-to-where-it-is", "begun-anew-from-a-branch", "required-field-emptied"}) {
    INFO(key << ", seed " << seed());
    const Definition definition = odd(key);
    const WalkReport report = walk(definition, NumberKind::G, steps_wanted() / 36, seed());
    watch.count(report);
    CHECK(report.configurations == Exploration{definition}.configurations());
  }
  CHECK(watch.happened["came back to itself"] > 0);
  CHECK(watch.happened["filled in with an action"] > 0);
}

TEST_CASE("random walks in small offices: whoever may decide by the verifier may, and nobody else") {
  for (const auto& [folder, key] :
       {std::pair{"workflows", "key-information-change"}, std::pair{"workflows", "g-number-deletion"},
        std::pair{"docs/tutorial", "suspension-of-study"}}) {
    INFO(key << ", seed " << seed());
    Stopwatch watch;
    watch.what = std::string(key) + ", one person in each post";
    const Definition definition = definition_in(folder, key);
    const Walked walked{definition, Staff::few};
    const WalkReport report = walk(walked, NumberKind::G, steps_wanted() / 18, seed());
    watch.count(report);
    if (is_long()) CHECK(report.configurations == walked.exploration.configurations());
    auto ended = report.ended;
    CHECK(ended["completed"] > 0);
    if (definition.key == "key-information-change") check_happened(report, {"stood in"});
  }
}

TEST_CASE("random walks on generated definitions do nothing that the verifier excluded") {
  constexpr std::size_t steps_each = 600;
  std::mt19937 random{seed()};
  Stopwatch watch;
  std::size_t definitions = 0, proved = 0, forks = 0;
  while (watch.steps < steps_wanted() / 24) {
    const std::string yaml = generated_definition(random), second = as_second_version(generated_definition(random));
    INFO("seed " << seed() << "\n" << yaml << second);
    Definition definition = definition_from(yaml, "generated.yaml"), newer = definition_from(second, "second.yaml");
    const bool sound = keep_true_sentences(definition);
    keep_true_sentences(newer, {&definition});
    ++definitions;
    if (sound) ++proved;
    if (yaml.find("parallel:") != std::string::npos) ++forks;
    Walked walked{definition, definitions % 2 == 0 ? Staff::few : Staff::many, &newer};
    walked.proved = sound;
    watch.count(walk(walked, NumberKind::G, steps_each, static_cast<unsigned>(random())));
  }
  watch.what = std::to_string(definitions) + " generated definitions, " + std::to_string(proved) + " proved, " +
               std::to_string(forks) + " with branches";
  CHECK(proved * 4 > definitions);
  CHECK(forks * 10 > definitions);
  for (const auto* what :
       {"opened and submitted", "filled in with an action", "migrated", "stood in", "ended under the newer version"})
    CHECK(watch.happened[what] > 0);
  if (is_long()) CHECK(watch.happened["nobody left whom the definition asks"] > 0);
}
