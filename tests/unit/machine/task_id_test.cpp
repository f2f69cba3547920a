// The id of a task is that of one stay in one state: what once named a task names no other.
#include <algorithm>
#include <set>

#include "engine/definition/configuration.hpp"
#include "engine/machine/migration.hpp"
#include "tests/unit/definition/parallel_definition.hpp"
#include "tests/unit/machine/bench.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

using TaskIds = std::vector<TaskId>;

TaskIds task_ids_of(const Request& request) {
  TaskIds ids;
  for (const Task& task : kept_tasks_of(request)) ids.push_back(task.id);
  return ids;
}

bool share_no_task(const TaskIds& one, const TaskIds& other) {
  return std::find_first_of(one.begin(), one.end(), other.begin(), other.end()) == one.end();
}

/// A request whose tasks are kept in mind from its opening on.
struct TasksInMind : Bench {
  explicit TasksInMind(Definition what) : Bench(std::move(what)) {}

  TaskIds done(const std::string& who, const std::string& action, const std::string& comment = "") {
    act(who, action, comment);
    return fresh();
  }
  /// The tasks of the request, none of which it had before.
  TaskIds fresh() {
    const auto ids = task_ids_of(*request);
    for (const TaskId id : ids) CHECK(had.insert(id).second);
    return ids;
  }
  std::set<TaskId> had;
};

Definition both_sides_definition() { return definition_from(parallel_definition, "both-sides.yaml"); }

}  // namespace

TEST_CASE("a request that comes back to a state has another task there than before") {
  TasksInMind bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  const TaskId first = bench.fresh().at(0);
  CHECK(request_of(first) == bench.request->id);
  bench.done("head", "approve");
  bench.done("county reviewer", "return", "请补充");
  bench.done("registrar", "submit");
  CHECK(bench.request->token.state == "head_review");
  CHECK(token_of(*bench.request, first) == nullptr);

  Perform stale = bench.perform("approve");
  stale.task = first;
  const Refusal refused = bench.refused("head", stale);
  CHECK(refused.kind == RefusalKind::stale);
  CHECK(refused.current_version == bench.request->version);
  CHECK(refused.detail.zh.find("已经办过或转走") != std::string::npos);
  CHECK(bench.refused("head", Claim{bench.request->id, first}).kind == RefusalKind::stale);
  CHECK(bench.refused("head", Release{bench.request->id, first}).kind == RefusalKind::stale);
  const TaskId never = task_id(bench.request->id, bench.request->tasks_given + 1);
  CHECK(bench.refused("head", Claim{bench.request->id, never}).kind == RefusalKind::not_found);
  CHECK(bench.refused("head", Claim{bench.request->id, task_id(RequestId{99}, 1)}).kind == RefusalKind::not_found);
  bench.by("head", Claim{bench.request->id, task_ids_of(*bench.request).at(0)});
}

TEST_CASE("an ended request says that it has ended, whichever of its tasks is named") {
  TasksInMind bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  const TaskId first = bench.fresh().at(0);
  bench.act("registrar", "withdraw");
  CHECK(bench.refused("head", Claim{bench.request->id, first}).kind == RefusalKind::not_in_this_state);
  const TaskId never = task_id(bench.request->id, bench.request->tasks_given + 1);
  CHECK(bench.refused("head", Claim{bench.request->id, never}).kind == RefusalKind::not_found);
}

TEST_CASE("claims, releases, comments and repeated questions leave a task what it is") {
  TasksInMind bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  const auto at_head = bench.fresh();
  bench.by("head", Claim{bench.request->id, at_head.at(0)});
  bench.by("head", Release{bench.request->id, at_head.at(0)});
  bench.act("head", "comment", "已电话核实");
  CHECK(task_ids_of(*bench.request) == at_head);
  bench.done("head", "approve");
  bench.done("county reviewer", "approve");
  const auto asked = bench.done("county approver", "approve");
  bench.answer(CheckOutcome::clear, CheckOutcome::unavailable);
  CHECK(bench.request->token.attempts == 1);
  CHECK(task_ids_of(*bench.request) == asked);
}

TEST_CASE("branches have tasks of their own each time, and whoever stays in one keeps it") {
  TasksInMind bench(both_sides_definition());
  bench.by("registrar", Open{bench.definition.key, bench.student.id, {{"new_name", "张叁"}}, {}, "", true});
  bench.fresh();
  const auto both = bench.done("head", "approve");
  REQUIRE(both.size() == 3);
  bench.act("county reviewer", "approve");
  const auto after = task_ids_of(*bench.request);
  CHECK(after.at(0) == both.at(0));
  CHECK(after.at(1) != both.at(1));
  CHECK(after.at(2) == both.at(2));
  bench.had.insert(after.at(1));
  bench.act("county approver", "return", "再核", "county_review");
  CHECK(bench.request->branches.at(0).state == "county_review");
  CHECK(bench.had.insert(task_ids_of(*bench.request).at(1)).second);
  bench.done("county reviewer", "return", "户口簿不清");
  bench.done("registrar", "submit");
  CHECK(share_no_task(bench.done("head", "approve"), both));
}

TEST_CASE("an escalation has a task of its own, and another post that stands in another one") {
  TasksInMind bench(both_sides_definition());
  bench.by("registrar", Open{bench.definition.key, bench.student.id, {{"new_name", "张叁"}}, {}, "", true});
  bench.act("head", "approve");
  const auto before = task_ids_of(*bench.request);
  bench.now = *bench.request->branches[0].timer;
  bench.machine(FireTimer{bench.request->id, "county_review", bench.now});
  CHECK(task_ids_of(*bench.request) == before);
  bench.now = *bench.request->branches[0].due;
  bench.machine(FireTimer{bench.request->id, "county_review", bench.now});
  const auto escalated = task_ids_of(*bench.request);
  REQUIRE(escalated.size() == 4);
  CHECK(escalated.at(1) == before.at(1));
  CHECK(place_of(*bench.request, escalated.at(2)) == TaskPlace{1, true});

  Token token;
  escalate(token, {OfficeId{1}, Role::reviewer});
  token.escalated_number = 5;
  escalate(token, {OfficeId{1}, Role::reviewer});
  CHECK(token.escalated_number == 5);
  escalate(token, {OfficeId{2}, Role::reviewer});
  CHECK(token.escalated_number == 0);
}

TEST_CASE("a migration that leaves a request where it is leaves its task, another gives it a new one") {
  const std::string whole = parallel_definition.substr(0, parallel_definition.find("migrate:"));
  const auto version = [&](const std::string& number, const std::string& migrate) {
    std::string text = whole;
    text.replace(text.find("version: 2"), std::string("version: 2").size(), "version: " + number);
    return definition_from(text + migrate, number + ".yaml");
  };
  TasksInMind bench(version("1", ""));
  bench.by("registrar", Open{bench.definition.key, bench.student.id, {{"new_name", "张叁"}}, {}, "", true});
  const auto before = bench.fresh();
  const auto after = [&](const Definition& newer) {
    const Situation where{newer,          DefinitionId{2}, &*bench.request,
                          &bench.student, nullptr,         bench.world.offices(),
                          bench.calendar, bench.now,       {}};
    return migrate(where, bench.definition,
                   plan_migration(bench.definition, newer, *bench.request, bench.world.offices(),
                                  Date{std::chrono::year{2026} / 9 / 1}))
        .request;
  };
  CHECK(task_ids_of(after(version("2", "migrate: [{from: 1, otherwise: same state}]\n"))) == before);
  const Request forked =
      after(version("2", "migrate: [{from: 1, states: {head_review: both_sides}, otherwise: stay}]\n"));
  CHECK(forked.token.state == "both_sides");
  CHECK(task_ids_of(forked).size() == 3);
  CHECK(share_no_task(task_ids_of(forked), before));
}

TEST_CASE("an answer to the checks of an earlier stay is not taken for one to those of this") {
  TasksInMind bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  for (const char* who : {"head", "county reviewer", "county approver"}) bench.act(who, "approve");
  AnswerChecks late{bench.request->id,
                    bench.request->token.state,
                    0,
                    {{"duplicate_check", CheckOutcome::clear, bench.now, "", {}},
                     {"identity_comparison", CheckOutcome::clear, bench.now, "", {}}},
                    task_ids_of(*bench.request).at(0)};
  bench.request->token.number = ++bench.request->tasks_given;
  CHECK(std::holds_alternative<Nothing>(bench.try_machine(late)));
  late.task = task_ids_of(*bench.request).at(0);
  bench.machine(late);
  CHECK(bench.request->outcome);
}

TEST_CASE("a request whose numbers are used up moves no more rather than giving one twice") {
  TasksInMind bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  bench.request->tasks_given = task_number_max - 1;
  bench.act("head", "approve");
  CHECK(bench.request->token.number == task_number_max);
  CHECK(request_of(task_ids_of(*bench.request).at(0)) == bench.request->id);
  CHECK_THROWS_AS(bench.act("county reviewer", "approve"), ImpossibleMove);
}
