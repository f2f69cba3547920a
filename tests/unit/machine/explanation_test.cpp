// explain() is decide() asked without writing: on random requests, for every action and every person, they agree, and
// what a refusal advises can be done.
#include <random>

#include "engine/machine/right.hpp"
#include "tests/unit/definition/parallel_definition.hpp"
#include "walker.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

const std::vector<std::string> three_levels{"第一小学", "东城区教育局", "北京市教育委员会"},
    four_levels{"第一小学", "沈河区教育局", "沈阳市教育局", "辽宁省教育厅"};

using Verdict = std::variant<Decision, Refusal, Nothing>;

/// Whether it was refused for what the person is or where the request stands, not for what was given with it.
bool is_forbidden(const Verdict& verdict) {
  const auto* refusal = std::get_if<Refusal>(&verdict);
  return refusal && (refusal->explanation ||
                     (refusal->kind != RefusalKind::validation && refusal->kind != RefusalKind::missing_evidence));
}

class Comparison {
 public:
  Comparison(const Bench& bench, const std::vector<const Caller*>& people) : bench_(bench), people_(people) {}

  void compare() {
    for (const Caller* person : people_) {
      for (const std::string& action : actions()) compare(*person, action);
      for (const ActionView& view : actions_for(bench_.situation(), *person)) compare(*person, view);
    }
  }
  std::size_t allowed = 0, refused = 0;

 private:
  std::set<std::string> actions() const {
    std::set<std::string> keys{"comment", "reassign", "claim", "release", "edit", "no_such_action"};
    for (const State& state : bench_.definition.states)
      for (const Action& action : state.actions) keys.insert(action.key);
    return keys;
  }

  Verdict tried(const Caller& person, const std::string& action, TaskId task = {}, const std::string& to = {}) const {
    const RequestId id = bench_.request->id;
    if (action == "claim") return bench_.try_by(person, Claim{id, task});
    if (action == "release") return bench_.try_by(person, Release{id, task});
    if (action == "edit") return bench_.try_by(person, Edit{id, std::nullopt, std::nullopt});
    Perform perform = bench_.perform(action, "意见", to);
    perform.task = task;
    return bench_.try_by(person, perform);
  }

  void compare(const Caller& person, const std::string& action) {
    const Explanation explanation = explain(bench_.situation(), person, action);
    const bool forbidden = is_forbidden(tried(person, action));
    INFO(person.username << ", " << action << " in " << bench_.request->token.state << ", explained as "
                         << (explanation.allowed ? "allowed" : explanation.reasons.at(0).message.en));
    if (explanation.allowed == forbidden) FAIL("explain() and decide() differ");
    ++(forbidden ? refused : allowed);
    if (!forbidden) CHECK(explanation.reasons.empty());
    for (const Reason& reason : explanation.reasons)
      CHECK_FALSE((reason.message.zh.empty() || reason.message.en.empty()));
    if (action != "release" && explanation.reasons.size() == 1 &&
        explanation.reasons[0].message.en.starts_with("Someone else has claimed it"))
      follow_advice(person, action);
  }

  void compare(const Caller& person, const ActionView& view) {
    INFO(person.username << ", view of " << view.action->key << " in " << view.state);
    TaskId task;
    for (const Task& each : tasks_of(*bench_.request))
      if (each.state == view.state && !is_escalation(*bench_.request, each.id)) task = each.id;
    CHECK(view.explanation.allowed == !is_forbidden(tried(person, view.action->key, task)));
    if (!view.explanation.allowed) return;
    CHECK(view.as);
    for (const std::string& to : view.to) CHECK_FALSE(is_forbidden(tried(person, view.action->key, task, to)));
  }

  /// Of "someone else has claimed it": those whom it names can reassign it to whoever asks. In branches several may
  /// be claimed, and one of them is what the person asks for.
  void follow_advice(const Caller& person, const std::string& action) {
    std::set<TaskId> claimed;
    for (const Token* token : active_tokens(*bench_.request))
      for (const Task& task : tasks_of(*bench_.request))
        if (token->claimed_by && task.state == token->state) claimed.insert(task.id);
    const bool helped = std::count_if(people_.begin(), people_.end(), [&](const Caller* helper) {
                          return std::count_if(claimed.begin(), claimed.end(), [&](TaskId task) {
                                   return can_reassign(*helper, task, person, action);
                                 }) > 0;
                        }) > 0;
    CHECK(helped);
  }

  /// Whether the helper can; the person may then do what they were refused.
  bool can_reassign(const Caller& helper, TaskId task, const Caller& person, const std::string& action) {
    Bench& bench = const_cast<Bench&>(bench_);
    const auto request = bench.request;
    Perform reassign = bench.perform("reassign");
    reassign.reassign_to = person.account;
    reassign.reassign_posts = person.posts;
    reassign.task = task;
    const auto verdict = bench.try_by(helper, reassign);
    if (!std::holds_alternative<Decision>(verdict)) return false;
    bench.request = std::get<Decision>(verdict).request;
    bench.request->id = request->id;
    if (action != "claim") CHECK_FALSE(is_forbidden(tried(person, action)));
    bench.request = request;
    return true;
  }

  const Bench& bench_;
  const std::vector<const Caller*>& people_;
};

void compare_on_walks(const Definition& definition, const std::vector<std::string>& offices, unsigned seed) {
  const bool retires_anywhere = definition.key == "number-emptied";  // a G number needs the ministry
  Walker walker(definition, offices, retires_anywhere ? NumberKind::L : NumberKind::G, seed);
  WalkReport report;
  Comparison comparison(walker.bench(), walker.people());
  INFO(definition.key << ", seed " << seed);
  for (int step = 0; step < 150; ++step) {
    walker.walk(1, report);
    if (walker.bench().request) comparison.compare();
  }
  CHECK(comparison.allowed > 100);
  CHECK(comparison.refused > 100);
}

}  // namespace

TEST_CASE("explain() and decide() agree on random requests of the shipped definitions and of odd ones") {
  std::vector<Definition> definitions{shipped("key-information-change"), shipped("g-number-deletion"),
                                      definition_from(parallel_definition, "both-sides.yaml")};
  for (const std::string key :
       {"returned-to-where-it-is", "begun-anew-from-a-branch", "submitted-to-an-end", "submitted-on-a-condition",
        "required-field-emptied", "number-emptied", "recalled-to-the-draft"})
    definitions.push_back(odd(key));
  unsigned seed = 20261101;
  for (const Definition& definition : definitions)
    for (const auto& offices : {three_levels, four_levels}) compare_on_walks(definition, offices, seed++);
}

TEST_CASE("an effect that can no longer be made is explained, and what the refusal advises works") {
  Bench bench(shipped("g-number-deletion"));
  bench.by("province reviewer", bench.deletion());
  for (const std::string who : {"province approver", "ministry reviewer"}) bench.act(who, "approve", "同意");
  bench.student.numbers.front().state = NumberState::retired;
  const Explanation explanation = explain(bench.situation(), bench.world.person("ministry approver"), "approve");
  REQUIRE_FALSE(explanation.allowed);
  CHECK(explanation.reasons.at(0).rule == "effect");
  const Refusal refused = bench.refused("ministry approver", bench.perform("approve", "同意"));
  CHECK(refused.kind == RefusalKind::status_not_eligible);
  INFO(refused.detail.en);
  CHECK(refused.detail.en.find("\"Return\"") != std::string::npos);
  CHECK(bench.act("ministry approver", "return", "请更正").request.token.state == "draft");
}

TEST_CASE("a draft that a colleague claimed can be reassigned, as the refusal says") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change(false));
  bench.by("second registrar", Claim{bench.request->id});
  const Refusal refused = bench.refused("registrar", bench.perform("submit"));
  CHECK(refused.detail.en ==
        "Someone else has claimed it; they can release it, or the registrar at 第一小学 can reassign it");
  Perform reassign = bench.perform("reassign");
  reassign.reassign_to = bench.world.person("registrar").account;
  reassign.reassign_posts = bench.world.person("registrar").posts;
  bench.by("registrar", reassign);
  CHECK(bench.act("registrar", "submit").request.token.state == "head_review");
}

TEST_CASE("a claim does not outlive its owner's post: colleagues act, claim, release and reassign") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  bench.act("head", "approve");
  const bool in_draft = GENERATE(false, true);
  if (in_draft) bench.act("county reviewer", "return", "请更正");
  const std::string gone = in_draft ? "second registrar" : "second county reviewer";
  const std::string left = in_draft ? "registrar" : "county reviewer";
  const std::string action = in_draft ? "submit" : "approve";
  bench.by(gone, Claim{bench.request->id});
  const Caller owner = bench.world.person(gone);
  bench.claimers[owner.account] = owner.posts;
  CHECK(bench.refused(left, bench.perform(action)).kind == RefusalKind::not_allowed);
  const bool shut_out = GENERATE(false, true);
  if (shut_out)
    bench.claimers[owner.account].clear();
  else
    bench.claimers[owner.account].front().until = bench.now;
  CHECK(explain(bench.situation(), bench.world.person(left), action).allowed);
  CHECK(std::holds_alternative<Decision>(bench.try_by(bench.world.person(left), bench.perform(action))));
  CHECK(std::holds_alternative<Decision>(bench.try_by(bench.world.person(left), Release{bench.request->id})));
  bench.by(left, Claim{bench.request->id});
  CHECK(bench.request->token.claimed_by == bench.world.person(left).account);
}
