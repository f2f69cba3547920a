// explain() and the refusals of decide() come from one computation: why not, who could, and since when.
#include "bench.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

std::vector<std::string> rules(const Explanation& explanation) {
  std::vector<std::string> result;
  for (const Reason& reason : explanation.reasons) result.push_back(reason.rule);
  return result;
}

using Rules = std::vector<std::string>;

const ActionView* view_of(const std::vector<ActionView>& views, std::string_view key) {
  for (const ActionView& view : views)
    if (view.action->key == key) return &view;
  return nullptr;
}

}  // namespace

TEST_CASE("who lacks the post is told whose it is, in both languages") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  bench.act("head", "approve");
  const Explanation explanation = explain(bench.situation(), bench.world.person("county approver"), "approve");
  CHECK_FALSE(explanation.allowed);
  REQUIRE(rules(explanation) == Rules{"post"});
  CHECK(explanation.reasons[0].message ==
        Text{"此操作须由「东城区教育局」经办人办理", "This is for the reviewer at 东城区教育局 to do"});
  const OfficeId county = bench.world.offices().authority_of(bench.student.school)->id;
  CHECK(explanation.who == std::vector<Holder>{{county, Role::reviewer}});
  CHECK(explain(bench.situation(), bench.world.person("county reviewer"), "approve").allowed);
}

TEST_CASE("every reason is given, gravest first") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  bench.by("second head", Claim{bench.request->id});
  CHECK(rules(explain(bench.situation(), bench.world.person("registrar"), "approve")) ==
        Rules{"post", "own-submission", "claimed"});
  bench.by("second head", Release{bench.request->id});
  bench.act("head", "approve");
  bench.by("county reviewer", Claim{bench.request->id});
  const Explanation explanation = explain(bench.situation(), bench.world.person("head"), "approve");
  REQUIRE(rules(explanation) == Rules{"different-people", "post", "claimed"});
  CHECK(explanation.reasons[0].since == bench.now);
  CHECK(explanation.reasons[2].since == bench.request->token.claimed_at);
}

TEST_CASE("a post that begins later says from when on the action is allowed") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  Caller caller = bench.world.person("second head");
  Post sees = caller.posts[0];
  sees.role = Role::admin;
  caller.posts[0].from = bench.now + std::chrono::hours(1);
  caller.posts.push_back(sees);
  const Explanation explanation = explain(bench.situation(), caller, "approve");
  REQUIRE(rules(explanation) == Rules{"post"});
  CHECK(explanation.reasons[0].from == caller.posts[0].from);
  bench.now += std::chrono::hours(1);
  CHECK(explain(bench.situation(), caller, "approve").allowed);
}

TEST_CASE("an action unknown to the state is explained by the state") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  const Explanation explanation = explain(bench.situation(), bench.world.person("head"), "escalate");
  REQUIRE(rules(explanation) == Rules{"state"});
  CHECK(explanation.reasons[0].message.en == "The request is at \"Review by the head\", where this cannot be done");
  CHECK(explanation.reasons[0].since == bench.request->token.since);
}

TEST_CASE("a person outside the jurisdiction learns nothing") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  const Explanation explanation = explain(bench.situation(), bench.world.person("other county reviewer"), "approve");
  CHECK_FALSE(explanation.allowed);
  CHECK(rules(explanation) == Rules{"jurisdiction"});
  CHECK(explanation.who.empty());
}

TEST_CASE("opening is explained with the guard's own words") {
  Bench bench(shipped("key-information-change"));
  bench.student.status = StudentStatus::graduated;
  Situation situation = bench.situation();
  const Explanation explanation = explain(situation, bench.world.person("registrar"), "open");
  REQUIRE(rules(explanation) == Rules{"guard"});
  CHECK(explanation.reasons[0].message.zh.starts_with("学生须为在校或休学状态方可办理"));
  CHECK(explanation.reasons[0].message.zh.find("毕业") != std::string::npos);
  CHECK(rules(explain(situation, bench.world.person("head"), "open")) == Rules{"post", "guard"});
}

TEST_CASE("a closed window says when it opens") {
  Bench bench(shipped("key-information-change"));
  bench.definition.windows = {{"season"}};
  bench.calendar.windows["season"] = {
      "season", {{std::chrono::October / 1, std::chrono::November / 1}}, {"未到办理时间", "Not the season"}};
  const Refusal refusal = bench.refused("registrar", bench.name_change());
  CHECK(refusal.kind == RefusalKind::window_closed);
  CHECK(refusal.opens_at == at("2026-10-01T00:00:00"));
  CHECK(refusal.detail.en == "Not the season; it opens at 2026-10-01 00:00");
}

TEST_CASE("a draft that was opened in time is not submitted first once the window is closed; what began goes on") {
  Bench bench(shipped("key-information-change"));
  Open draft = bench.name_change();
  draft.submit = false;
  bench.by("registrar", draft);
  bench.definition.windows = {{"season"}};
  const Window closed{
      "season", {{std::chrono::October / 1, std::chrono::November / 1}}, {"未到办理时间", "Not the season"}};
  bench.calendar.windows["season"] = closed;
  const Refusal refused = bench.refused("registrar", bench.perform("submit"));
  CHECK(refused.kind == RefusalKind::window_closed);
  CHECK(refused.detail.en.find("a draft that was never submitted has not been started") != std::string::npos);
  CHECK(bench.act("registrar", "comment", "等窗口开放").request.token.state == "draft");
  CHECK_FALSE(explain(bench.situation(), bench.world.person("registrar"), "submit").allowed);
  CHECK(bench.request->token.state == "draft");

  bench.calendar.windows.erase("season");
  bench.definition.windows.clear();
  bench.act("registrar", "submit");
  bench.act("head", "return", "请补充");
  bench.definition.windows = {{"season"}};
  bench.calendar.windows["season"] = closed;
  CHECK(bench.act("registrar", "submit").request.token.state == "head_review");
}

TEST_CASE("what explain() allows decide() does, and what it does not decide() refuses") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  bench.act("head", "approve");
  for (const std::string who : {"registrar", "head", "county reviewer", "second county reviewer", "county approver",
                                "province reviewer", "ministry approver"})
    for (const std::string action : {"approve", "return", "reject", "withdraw", "comment", "submit", "claim"}) {
      INFO(who << " " << action);
      const bool allowed = explain(bench.situation(), bench.world.person(who), action).allowed;
      const auto verdict = action == "claim" ? bench.try_by(bench.world.person(who), Claim{bench.request->id})
                                             : bench.try_by(bench.world.person(who), bench.perform(action, "意见"));
      CHECK(std::holds_alternative<Decision>(verdict) == allowed);
    }
}

TEST_CASE("the actions of a state are listed with where a return may go, nearest first") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  bench.act("head", "approve");
  const auto views = actions_for(bench.situation(), bench.world.person("county reviewer"));
  REQUIRE(view_of(views, "return"));
  CHECK(view_of(views, "return")->to == std::vector<std::string>{"head_review", "draft"});
  CHECK(view_of(views, "approve")->explanation.allowed);
  CHECK(view_of(views, "approve")->to.empty());
  CHECK_FALSE(view_of(views, "withdraw")->explanation.allowed);
  CHECK(view_of(views, "comment")->action->comment == CommentRule::required);
  CHECK(view_of(views, "reassign")->explanation.allowed);
  bench.act("registrar", "withdraw");
  CHECK(actions_for(bench.situation(), bench.world.person("registrar")).empty());
}

TEST_CASE("what is allowed says under which post it would be done") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  const auto by_head = actions_for(bench.situation(), bench.world.person("head"));
  CHECK(view_of(by_head, "approve")->as == Holder{bench.student.school, Role::head});
  CHECK_FALSE(view_of(by_head, "withdraw")->as);
  const auto by_registrar = actions_for(bench.situation(), bench.world.person("registrar"));
  CHECK(view_of(by_registrar, "withdraw")->as == Holder{bench.student.school, Role::registrar});
  CHECK_FALSE(view_of(by_registrar, "approve")->as);
  for (const ActionView& view : actions_for(bench.situation(), bench.world.person("other head"))) {
    CHECK(rules(view.explanation) == Rules{"jurisdiction"});
    CHECK_FALSE(view.as);
  }
}

TEST_CASE("who may open a business") {
  Bench bench(shipped("g-number-deletion"));
  const auto& offices = bench.world.offices();
  CHECK(may_ever_open(bench.definition, bench.world.person("other province reviewer"), offices, bench.now));
  CHECK_FALSE(may_ever_open(bench.definition, bench.world.person("county reviewer"), offices, bench.now));
  CHECK_FALSE(may_ever_open(bench.definition, bench.world.person("province approver"), offices, bench.now));
  CHECK_FALSE(may_ever_open(bench.definition, bench.world.person("registrar"), offices, bench.now));
}

TEST_CASE("a request is seen from its school upwards") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  for (const std::string who : {"head", "county approver", "province reviewer", "ministry admin"})
    CHECK(may_see(*bench.request, bench.world.person(who), bench.world.offices(), bench.now));
  for (const std::string who : {"other head", "other county approver", "other province reviewer"})
    CHECK_FALSE(may_see(*bench.request, bench.world.person(who), bench.world.offices(), bench.now));
}
