// What a decision writes: the request, its history, the student, those who are told.
#include "bench.hpp"

using namespace xueji;
using namespace xueji::test;

TEST_CASE("opening with submission is one decision, version 1, with two entries") {
  Bench bench(shipped("key-information-change"));
  const Decision decision = bench.by("registrar", bench.name_change());
  CHECK(decision.request.version == 1);
  CHECK_FALSE(decision.replaces);
  CHECK(decision.locks_student);
  REQUIRE(decision.history.size() == 2);
  CHECK(decision.history[0].action == "open");
  CHECK(decision.history[0].from.empty());
  CHECK(decision.history[0].to == "draft");
  CHECK(decision.history[1].action == "submit");
  CHECK(decision.history[1].from == "draft");
  CHECK(decision.history[1].to == "head_review");
  const Caller& registrar = bench.world.person("registrar");
  CHECK(decision.history[1].by == registrar.account);
  CHECK(decision.history[1].as == Holder{bench.student.school, Role::registrar});
  CHECK(decision.history[1].recorded_at == bench.now);
  CHECK(decision.request.opened_by == registrar.account);
  CHECK(decision.request.round == 1);
  CHECK(decision.request.before == FieldValues{{"new_name", "张三"}});
  CHECK(decision.request.token.holder == Holder{bench.student.school, Role::head});
}

TEST_CASE("every visible change raises the version by one and names the version it replaces") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change(false));
  CHECK(bench.request->version == 1);
  for (const auto& decision :
       {bench.by("registrar", Edit{bench.request->id, FieldValues{{"reason", "再改"}}, std::nullopt}),
        bench.by("registrar", Claim{bench.request->id}), bench.act("registrar", "comment", "看"),
        bench.by("registrar", Release{bench.request->id})}) {
    REQUIRE(decision.history.size() == 1);
    CHECK(decision.request.version == *decision.replaces + 1);
    CHECK(decision.history[0].from == decision.history[0].to);
  }
  CHECK(bench.request->version == 5);
  CHECK(bench.request->fields == FieldValues{{"reason", "再改"}});
  CHECK(bench.request->evidence.size() == 1);
}

TEST_CASE("a stale version is told the current one") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  bench.by("head", Claim{bench.request->id});
  const Refusal refusal = bench.refused("head", bench.perform("approve"), 1);
  CHECK(refusal.kind == RefusalKind::stale);
  CHECK(refusal.current_version == 2);
}

TEST_CASE("a resubmission starts a new round and takes the registry's values anew") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  bench.act("head", "return", "请更正");
  bench.student.name = "张山";
  const Decision decision = bench.act("registrar", "submit");
  CHECK(decision.request.round == 2);
  CHECK(decision.request.before.at("new_name") == "张山");
  const auto changes = field_changes(bench.definition, decision.request.fields, decision.request.before);
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].old_value == "张山");
  CHECK(changes[0].new_value == "张叁");
  CHECK(changes[0].field->title.en == "New name");
}

TEST_CASE("the end makes the effects, frees the student, and leaves no task") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  bench.act("head", "approve");
  bench.act("county reviewer", "approve");
  CHECK(bench.act("county approver", "approve").changes.empty());
  const Decision decision = bench.answer(CheckOutcome::clear, CheckOutcome::clear);
  CHECK(decision.changes == std::vector<RegistryChange>{{"name", "张三", "张叁"}});
  REQUIRE(decision.history.size() == 1);
  CHECK(decision.history[0].changes == decision.changes);
  CHECK(decision.history[0].action == "checks");
  CHECK_FALSE(decision.history[0].by);
  CHECK_FALSE(decision.history[0].as);
  CHECK(decision.unlocks_student);
  CHECK(decision.request.outcome == Outcome::completed);
  CHECK(tasks_of(decision.request).empty());
  CHECK(bench.student.name == "张叁");
  CHECK(bench.refused("registrar", bench.perform("comment", "谢谢")).kind == RefusalKind::not_in_this_state);
}

TEST_CASE("a number that is no longer current is not retired; the ministry can still reject") {
  Bench bench(shipped("g-number-deletion"));
  bench.by("province reviewer", bench.deletion());
  bench.act("province approver", "approve");
  bench.act("ministry reviewer", "approve");
  bench.student.numbers[0].state = NumberState::former;
  CHECK(bench.refused("ministry approver", bench.perform("approve")).kind == RefusalKind::status_not_eligible);
  CHECK(bench.act("ministry approver", "reject", "号码已变").request.outcome == Outcome::rejected);
}

TEST_CASE("nobody is told of their own act, and nobody twice") {
  Bench bench(shipped("key-information-change"));
  const AccountId registrar = bench.world.person("registrar").account;
  bench.by("registrar", bench.name_change());
  const Decision returned = bench.act("head", "return", "请更正");
  CHECK(returned.notices == std::vector<Notice>{{"return", registrar, std::nullopt}});
  bench.definition.inform.push_back({"withdraw", true, {}});
  bench.definition.inform.push_back({"withdrawn", false, {bench.definition.state("head_review")->actor}});
  bench.definition.inform.push_back({"withdrawn", false, {bench.definition.state("head_review")->actor}});
  const Decision withdrawn = bench.act("registrar", "withdraw");
  CHECK(withdrawn.notices == std::vector<Notice>{{"withdrawn", AccountId{}, Holder{bench.student.school, Role::head}}});
}

TEST_CASE("tasks carry the claim and the deadline, and an escalated one appears twice") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  bench.by("head", Claim{bench.request->id});
  auto tasks = tasks_of(*bench.request);
  REQUIRE(tasks.size() == 1);
  CHECK(tasks[0].id == task_id(bench.request->id, bench.request->token.number));
  CHECK(request_of(tasks[0].id) == bench.request->id);
  CHECK(tasks[0].claimed_by == bench.world.person("head").account);
  CHECK(tasks[0].due == bench.request->token.due);
  bench.now = *bench.request->token.due;
  bench.fire();
  tasks = tasks_of(*bench.request);
  REQUIRE(tasks.size() == 2);
  CHECK(is_escalation(*bench.request, tasks[1].id));
  CHECK(tasks[1].holder == Holder{bench.world.offices().authority_of(bench.student.school)->id, Role::reviewer});
}

TEST_CASE("a claim does not hold back those to whom an overdue task was escalated, and they may claim it in turn") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  bench.by("head", Claim{bench.request->id});
  bench.now = *bench.request->token.due;
  bench.fire();
  CHECK(bench.refused("second head", bench.perform("approve")).kind == RefusalKind::not_allowed);
  bench.by("county reviewer", Claim{bench.request->id});
  CHECK(bench.refused("head", bench.perform("approve")).kind == RefusalKind::not_allowed);
  CHECK(bench.act("county reviewer", "approve").request.token.state == "county_review");
}

TEST_CASE("reassigning needs a person who holds the post and is not bound by separation") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  Perform reassign = bench.perform("reassign", "", "nobody");
  CHECK(bench.refused("head", reassign).complaints[0].pointer == "/to");
  reassign.reassign_to = bench.world.person("second head").account;
  reassign.reassign_posts = bench.world.person("second head").posts;
  CHECK(bench.refused("county reviewer", reassign).kind == RefusalKind::not_allowed);
  const Decision decision = bench.by("head", reassign);
  CHECK(decision.request.token.claimed_by == reassign.reassign_to);
  CHECK(decision.notices == std::vector<Notice>{{"reassign", reassign.reassign_to, std::nullopt}});
}

TEST_CASE("a request that nobody knows and one outside the jurisdiction are told alike") {
  Bench bench(shipped("key-information-change"));
  const Refusal unknown = bench.refused("registrar", bench.perform("approve"));
  bench.by("registrar", bench.name_change());
  const Refusal foreign = bench.refused("other county reviewer", bench.perform("approve"), 99);
  CHECK(unknown.kind == RefusalKind::not_found);
  CHECK(foreign.kind == RefusalKind::not_found);
  CHECK(foreign.detail == unknown.detail);
  CHECK_FALSE(foreign.explanation);
  CHECK_FALSE(foreign.current_version);
}

TEST_CASE("an open business names the first request and its holders") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  const Refusal refusal = bench.refused("registrar", bench.name_change());
  CHECK(refusal.kind == RefusalKind::open_business);
  CHECK(refusal.blocking_request == bench.request->id);
  CHECK(refusal.blocking_holders == std::vector<Holder>{{bench.student.school, Role::head}});
  CHECK(refusal.detail ==
        Text{"该生已有未办结的业务（编号 1，现由「第一小学」主管领导办理），办结后方可申请",
             "The student has an open request already (number 1, now with the head at 第一小学); it must end first"});
}

TEST_CASE("only the machine's commands come without a caller") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  CHECK_THROWS_AS(bench.try_machine(bench.perform("approve")), std::invalid_argument);
}
