// What the acts of a history, and the actors of a definition, are called.
#include "engine/machine/act_titles.hpp"

#include "bench.hpp"
#include "engine/definition/phrase.hpp"
#include "engine/machine/sentences.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

Text title_in(const Definition& definition, const std::string& action, const std::string& from, const std::string& to) {
  HistoryDraft entry;
  entry.action = action;
  entry.from = from;
  entry.to = to;
  return title_of_act(definition, entry);
}

/// With two places that the author named.
Text words_of_author(const std::string& actor) {
  const std::vector<NamedPlace> places{{"receiving", "initiator.office", {"转入学校", "Receiving school"}, {}},
                                       {"sending", "student.school", {"转出学校", "Sending school"}, {}}};
  return describe(std::get<ActorExpression>(parse_actor(actor, &places)));
}

Text words(const std::string& actor) { return describe(std::get<ActorExpression>(parse_actor(actor))); }

}  // namespace

TEST_CASE("an action of the definition is called as its state calls it") {
  const Definition definition = shipped("key-information-change");
  CHECK(title_in(definition, "approve", "head_review", "county_review") == Text{"同意", "Approve"});
  CHECK(title_in(definition, "escalate", "county_findings", "province_judgement") ==
        Text{"提请省级认定", "Escalate to the province"});
}

TEST_CASE("every act that the engine records by itself has words of its own") {
  const Definition definition = shipped("key-information-change");
  CHECK(title_in(definition, "open", "", "draft") == Text{"发起", "Open"});
  CHECK(title_in(definition, "edit", "draft", "draft") == Text{"修改填报", "Edit"});
  CHECK(title_in(definition, "claim", "head_review", "head_review") == Text{"认领", "Claim"});
  CHECK(title_in(definition, "release", "head_review", "head_review") == Text{"释放", "Release"});
  CHECK(title_in(definition, "comment", "central_check", "central_check") == Text{"备注", "Comment"});
  CHECK(title_in(definition, "reassign", "head_review", "head_review") == Text{"改派", "Reassign"});
  CHECK(title_in(definition, "reminder", "head_review", "head_review") == Text{"到期提醒", "Reminder"});
  CHECK(title_in(definition, "overdue", "head_review", "head_review") == Text{"逾期", "Overdue"});
  CHECK(title_in(definition, "expire", "head_review", "rejected") == Text{"逾期终止", "Expired"});
}

TEST_CASE("the answer of checks is called by what it was") {
  Definition definition = shipped("key-information-change");
  CHECK(title_in(definition, "checks", "central_check", "completed") == Text{"核查通过", "Checks clear"});
  CHECK(title_in(definition, "checks", "central_check", "county_findings") == Text{"核查发现疑点", "Checks suspect"});
  CHECK(title_in(definition, "checks", "central_check", "central_check") == Text{"核查暂无结果", "Checks unavailable"});
  for (State& state : definition.states)
    if (state.kind == StateKind::check) state.outcomes[CheckOutcome::suspect] = "completed";
  CHECK(title_in(definition, "checks", "central_check", "completed") == Text{"全国核查", "National checks"});
}

TEST_CASE("whatever stands in a history has a title") {
  Bench bench(shipped("key-information-change"));
  std::vector<HistoryDraft> history;
  const auto keep = [&](const Decision& decision) {
    history.insert(history.end(), decision.history.begin(), decision.history.end());
  };
  keep(bench.by("registrar", bench.name_change(false)));
  keep(bench.by("registrar", Edit{bench.request->id,
                                  FieldValues{{"new_name", "张肆"}, {"ground", "register_changed"}, {"reason", "更正"}},
                                  {}}));
  keep(bench.act("registrar", "submit"));
  keep(bench.by("head", Claim{bench.request->id}));
  keep(bench.by("head", Release{bench.request->id}));
  keep(bench.act("head", "comment", "已核实"));
  for (int timer = 0; timer < 2; ++timer) {
    bench.now = *bench.request->token.timer;
    keep(bench.fire());
  }
  for (const auto* who : {"head", "county reviewer", "county approver"}) keep(bench.act(who, "approve"));
  keep(bench.answer(CheckOutcome::unavailable, CheckOutcome::clear));
  keep(bench.answer(CheckOutcome::clear, CheckOutcome::clear));
  REQUIRE(history.size() == 13);
  for (const HistoryDraft& entry : history) {
    INFO(entry.action);
    const Text title = title_of_act(bench.definition, entry);
    CHECK_FALSE(title.zh.empty());
    CHECK(title.zh != entry.action);
    CHECK(title.en != entry.action);
  }
}

TEST_CASE("an actor is named relative to the student") {
  CHECK(words("registrar at student.school") == Text{"学校学籍管理员", "registrar at the student's school"});
  CHECK(words("reviewer at authority of student.school") ==
        Text{"学校所属主管部门经办人", "reviewer at the school's authority"});
  CHECK(words("reviewer at county of student.school") ==
        Text{"学校所属县级教育行政部门经办人", "reviewer at the school's county"});
  CHECK(words("approver at prefecture of student.school") ==
        Text{"学校所属市级教育行政部门审批人", "approver at the school's prefecture"});
  CHECK(words("approver at province of student.school") ==
        Text{"学校所属省级教育行政部门审批人", "approver at the school's province"});
  CHECK(words("head at school of student.school") == Text{"学校主管领导", "head at the student's school"});
  CHECK(words("approver at ministry") == Text{"教育部审批人", "approver at the ministry"});
  CHECK(words("approver at ministry of initiator.office") == words("approver at ministry"));
}

TEST_CASE("an actor is named relative to whoever opened the request") {
  CHECK(words("admin at initiator.office") == Text{"发起单位管理员", "administrator at the initiator's office"});
  CHECK(words("reviewer at authority of initiator.office") ==
        Text{"发起单位所属主管部门经办人", "reviewer at the initiator's authority"});
  CHECK(words("approver at province of initiator.office") ==
        Text{"发起单位所属省级教育行政部门审批人", "approver at the initiator's province"});
  CHECK(words("head at school of initiator.office") == Text{"发起学校主管领导", "head at the initiator's school"});
}

TEST_CASE("places are called as their author calls them") {
  CHECK(words_of_author("registrar at receiving") == Text{"转入学校学籍管理员", "registrar at the receiving school"});
  CHECK(words_of_author("reviewer at authority of sending") ==
        Text{"转出学校所属主管部门经办人", "reviewer at the sending school's authority"});
  CHECK(words_of_author("approver at province of receiving") ==
        Text{"转入学校所属省级教育行政部门审批人", "approver at the receiving school's province"});
  CHECK(words_of_author("approver at common superior of sending and receiving") ==
        Text{"转出学校与转入学校共同的上级主管部门审批人",
             "approver at the authority above both the sending school and the receiving school"});
  CHECK(words_of_author("registrar at any school") == Text{"学校学籍管理员", "registrar at any school"});
  CHECK(words_of_author("head at student.school") == words("head at student.school"));
}
