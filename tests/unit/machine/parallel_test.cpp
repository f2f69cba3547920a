// Branches that run at the same time: who may act in which, and what return, withdrawal and joins do to the others.
#include "bench.hpp"
#include "engine/machine/steps.hpp"
#include "tests/unit/definition/parallel_definition.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

std::vector<std::string> states_of(const Request& request) {
  std::vector<std::string> states;
  for (const Token* token : active_tokens(request)) states.push_back(token->state);
  return states;
}

using States = std::vector<std::string>;

/// A request whose two sides are both under way.
struct Sides : Bench {
  explicit Sides(const std::string& yaml = parallel_definition) : Bench(definition_from(yaml, "both-sides.yaml")) {
    by("registrar", Open{definition.key, student.id, {{"new_name", "张叁"}}, {}, "", true});
    act("head", "approve");
  }
  TaskId task(const std::string& state) const {
    for (const Task& task : tasks_of(*request))
      if (task.state == state) return task.id;
    return {};
  }
};

}  // namespace

TEST_CASE("a fork queues the request at all branches, and each has its own deadline") {
  Sides bench;
  CHECK(bench.request->token.state == "both_sides");
  CHECK(states_of(*bench.request) == States{"county_review", "province_review"});
  const auto tasks = tasks_of(*bench.request);
  REQUIRE(tasks.size() == 3);
  CHECK(tasks[0].holder.role == Role::system);
  CHECK(tasks[1].holder.role == Role::reviewer);
  CHECK(tasks[2].due);
  CHECK_FALSE(token_of(*bench.request, tasks[0].id)->timer);
  CHECK(token_of(*bench.request, tasks[1].id)->timer);
}

TEST_CASE("one branch goes on and leaves the other alone; the last to join leads on") {
  Sides bench;
  const Token other = bench.request->branches[0];
  const auto joined = bench.act("province reviewer", "approve");
  CHECK(joined.history[0].from == "province_review");
  CHECK(joined.history[0].to == "both_sides");
  CHECK(bench.request->branches[0] == other);
  CHECK(states_of(*bench.request) == States{"county_review"});
  CHECK(bench.act("county reviewer", "approve").history[0].to == "county_approval");
  const auto last = bench.act("county approver", "approve");
  CHECK(last.history[0].to == "until_term");
  CHECK(bench.request->branches.empty());
  CHECK(bench.request->token.state == "until_term");
}

TEST_CASE("nothing can be done in a branch that has ended") {
  Sides bench;
  const TaskId task = bench.task("province_review");
  bench.act("province reviewer", "approve");
  CHECK(bench.refused("province reviewer", bench.perform("approve")).kind == RefusalKind::not_allowed);
  Perform late = bench.perform("decline");
  late.task = task;
  CHECK(bench.refused("province reviewer", late).kind == RefusalKind::stale);
  CHECK(bench.refused("province reviewer", bench.perform("decline")).kind == RefusalKind::not_in_this_state);
}

TEST_CASE("a return out of a branch takes the others away, with their claims and timers, and all begins again") {
  Sides bench;
  bench.by("province reviewer", Claim{bench.request->id, bench.task("province_review")});
  const auto late = FireTimer{bench.request->id, "province_review", *bench.request->branches[1].timer};
  const auto back = bench.act("county reviewer", "return", "户口簿不清");
  CHECK(back.history[0].to == "draft");
  CHECK(bench.request->branches.empty());
  CHECK(tasks_of(*bench.request).size() == 1);
  bench.now += std::chrono::hours{24 * 30};
  CHECK(std::holds_alternative<Nothing>(bench.try_machine(late)));
  CHECK(bench.refused("province reviewer", bench.perform("approve")).kind == RefusalKind::not_in_this_state);
  bench.act("registrar", "submit");
  bench.act("head", "approve");
  CHECK(states_of(*bench.request) == States{"county_review", "province_review"});
  CHECK_FALSE(bench.request->branches[1].claimed_by);
}

TEST_CASE("a return within a branch stays in it") {
  Sides bench;
  bench.act("county reviewer", "approve");
  bench.act("county approver", "return", "再核", "county_review");
  CHECK(states_of(*bench.request) == States{"county_review", "province_review"});
  CHECK(bench.refused("county reviewer", bench.perform("return", "x", "province_review")).kind ==
        RefusalKind::validation);
}

TEST_CASE("the school withdraws from all branches at once") {
  Sides bench;
  bench.act("province reviewer", "approve");
  const auto withdrawn = bench.act("registrar", "withdraw");
  CHECK(withdrawn.unlocks_student);
  CHECK(withdrawn.changes.empty());
  CHECK(tasks_of(*bench.request).empty());
  CHECK(bench.request->outcome == Outcome::withdrawn);
}

TEST_CASE("too few left to join leads otherwise") {
  Sides bench;
  const auto declined = bench.act("province reviewer", "decline");
  CHECK(declined.history[0].to == "rejected");
  CHECK(bench.request->outcome == Outcome::rejected);
  CHECK(bench.student.name == "张三");

  Sides any(std::string(parallel_definition).replace(parallel_definition.find("join: all"), 9, "join: any"));
  any.act("province reviewer", "decline");
  CHECK(states_of(*any.request) == States{"county_review"});
  any.act("county reviewer", "approve");
  any.act("county approver", "approve");
  CHECK(any.request->token.state == "until_term");
}

TEST_CASE("any branch that joins first takes the others away") {
  Sides bench(std::string(parallel_definition).replace(parallel_definition.find("join: all"), 9, "join: any"));
  bench.act("province reviewer", "approve");
  CHECK(bench.request->token.state == "until_term");
  CHECK(bench.refused("county reviewer", bench.perform("approve")).kind == RefusalKind::not_in_this_state);
}

TEST_CASE("who holds a post in several branches says which, where it makes a difference") {
  Sides bench;
  bench.scenario.people["clerk"] = {{Which::usual, Level::county, Role::reviewer},
                                    {Which::usual, Level::province, Role::reviewer}};
  Perform approve = bench.perform("approve");
  const auto refusal = bench.refused("clerk", approve);
  CHECK(refusal.kind == RefusalKind::validation);
  REQUIRE(refusal.complaints.size() == 1);
  CHECK(refusal.complaints[0].pointer == "/task");
  CHECK(refusal.detail.zh.find("“县级经办”、“省级经办”") != std::string::npos);
  approve.task = bench.task("province_review");
  bench.by("clerk", approve);
  CHECK(states_of(*bench.request) == States{"county_review"});
  bench.by("clerk", bench.perform("approve"));
  CHECK(states_of(*bench.request) == States{"county_approval"});
}

TEST_CASE("what may be done is listed once, and for each branch where a person may do it in several") {
  Sides bench;
  bench.scenario.people["clerk"] = {{Which::usual, Level::county, Role::reviewer},
                                    {Which::usual, Level::province, Role::reviewer}};
  std::vector<std::string> approvals;
  std::size_t withdrawals = 0;
  for (const ActionView& view : actions_for(bench.situation(), bench.world.person("clerk"))) {
    if (view.action->key == "approve") approvals.push_back(view.state);
    withdrawals += view.action->key == "withdraw";
  }
  CHECK(approvals == std::vector<std::string>{"county_review", "province_review"});
  CHECK(withdrawals == 1);
  CHECK(explain(bench.situation(), bench.world.person("registrar"), "withdraw").allowed);
  CHECK_FALSE(explain(bench.situation(), bench.world.person("registrar"), "approve").allowed);
}

TEST_CASE("one person decides at no two separated levels, in branches either") {
  Sides bench;
  bench.scenario.people["clerk"] = {{Which::usual, Level::county, Role::reviewer},
                                    {Which::usual, Level::county, Role::approver}};
  bench.act("clerk", "approve");
  CHECK(bench.refused("clerk", bench.perform("approve")).kind == RefusalKind::separation_of_duties);
}

TEST_CASE("a branch that is overdue is escalated by itself") {
  Sides bench;
  bench.now = *bench.request->branches[0].timer;
  bench.machine(FireTimer{bench.request->id, "county_review", bench.now});
  CHECK(bench.request->branches[0].reminded);
  CHECK_FALSE(bench.request->branches[1].reminded);
  bench.now = *bench.request->branches[0].due;
  bench.machine(FireTimer{bench.request->id, "county_review", bench.now});
  const auto tasks = tasks_of(*bench.request);
  REQUIRE(tasks.size() == 4);
  CHECK(is_escalation(*bench.request, tasks[2].id));
  CHECK_FALSE(is_escalation(*bench.request, tasks[1].id));
  CHECK(tasks[2].holder.role == Role::approver);
  CHECK(token_of(*bench.request, tasks[2].id) == &bench.request->branches[0]);
  CHECK(bench.act("county approver", "approve").history[0].to == "county_approval");
}

TEST_CASE("a wait goes on by itself when its day has come, and not before") {
  Sides bench;
  bench.now = at("2026-11-20T09:00:00");
  bench.act("province reviewer", "approve");
  bench.act("county reviewer", "approve");
  bench.act("county approver", "approve");
  const Token& token = bench.request->token;
  CHECK(token.due == at("2027-03-01T00:00:00"));
  CHECK(token.timer == token.due);
  const FireTimer fire{bench.request->id, "until_term", *token.timer};
  CHECK(std::holds_alternative<Nothing>(bench.try_machine(fire)));
  CHECK(bench.refused("county approver", bench.perform("approve")).kind == RefusalKind::not_in_this_state);
  bench.now = *token.timer;
  const auto ended = bench.machine(fire);
  CHECK(ended.history[0].action == "elapsed");
  CHECK(bench.student.name == "张叁");
}

TEST_CASE("whoever waits for a date may be withdrawn") {
  Sides bench;
  bench.act("province reviewer", "approve");
  bench.act("county reviewer", "approve");
  bench.act("county approver", "approve");
  bench.act("registrar", "withdraw");
  CHECK(bench.request->outcome == Outcome::withdrawn);
}

TEST_CASE("the steps show a fork as one, passed when it is left") {
  Sides bench;
  const auto position = [&](const std::string& key) {
    for (const Step& step : steps_of(bench.definition, *bench.request, bench.world.offices()))
      if (step.state->key == key) return std::string(to_string(step.position));
    return std::string("not shown");
  };
  CHECK(position("both_sides") == "current");
  CHECK(position("county_review") == "not shown");
  bench.act("province reviewer", "approve");
  bench.act("county reviewer", "approve");
  CHECK(position("both_sides") == "current");
  bench.act("county approver", "approve");
  CHECK(position("both_sides") == "done");
  CHECK(position("until_term") == "current");
  bench.now = *bench.request->token.timer;
  bench.fire();
  CHECK(position("until_term") == "done");
  CHECK(position("completed") == "current");
}
