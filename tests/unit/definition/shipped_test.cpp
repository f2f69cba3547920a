#include <map>

#include "tests/unit/definition/small_definition.hpp"

using namespace xueji;

namespace {

using Ways = std::map<std::string, std::string>;  // action or outcome -> state

Ways ways_out(const State& state) {
  Ways ways;
  for (const auto& action : state.actions)
    ways[action.key] = (action.to_earlier ? "earlier, default " : "") + action.to;
  for (const auto& [outcome, to] : state.outcomes) ways[std::string{to_string(outcome)}] = to;
  return ways;
}

std::vector<std::string> keys_of(const Definition& definition) {
  std::vector<std::string> keys;
  for (const auto& state : definition.states) keys.push_back(state.key);
  return keys;
}

}  // namespace

TEST_CASE("the change of key information goes the way of the contract") {
  const auto definition = loaded(shipped_file("key-information-change.yaml"));
  CHECK(definition.key == "key-information-change");
  CHECK(keys_of(definition) == std::vector<std::string>{"draft", "head_review", "county_review", "county_approval",
                                                        "central_check", "county_findings", "province_judgement",
                                                        "completed", "rejected", "withdrawn", "expired"});
  CHECK(ways_out(*definition.state("draft")) ==
        Ways{{"submit", "head_review"}, {"discard", "withdrawn"}, {"withdraw", "withdrawn"}});
  const auto level = [](const char* next) {
    return Ways{
        {"approve", next}, {"return", "earlier, default draft"}, {"reject", "rejected"}, {"withdraw", "withdrawn"}};
  };
  CHECK(ways_out(*definition.state("head_review")) == level("county_review"));
  CHECK(ways_out(*definition.state("county_review")) == level("county_approval"));
  CHECK(ways_out(*definition.state("county_approval")) == level("central_check"));
  CHECK(ways_out(*definition.state("central_check")) == Ways{{"clear", "completed"}, {"suspect", "county_findings"}});
  CHECK(ways_out(*definition.state("county_findings")) ==
        Ways{{"return", "earlier, default draft"}, {"escalate", "province_judgement"}, {"reject", "rejected"}});
  CHECK(ways_out(*definition.state("province_judgement")) ==
        Ways{{"approve", "completed"}, {"return", "earlier, default draft"}, {"reject", "rejected"}});
  CHECK(definition.state("completed")->effects == std::vector<EffectCall>{{"apply_changes"}});
}

TEST_CASE("suspension, resumption and return go by the head to the authority, and set the status") {
  const auto [key, settings] = GENERATE(table<std::string, std::vector<MemberSetting>>({
      {"suspension", {{"status", {}, "suspended"}, {"status_until", "until"}}},
      {"resumption", {{"status", {}, "in_school"}, {"grade", "new_grade"}, {"class", "new_class"}}},
      {"return", {{"status", {}, "in_school"}, {"grade", "new_grade"}, {"class", "new_class"}}},
  }));
  const auto definition = loaded(shipped_file(key + ".yaml"));
  CHECK(definition.key == key);
  CHECK(definition.opened_by.source == "registrar at student.school");
  CHECK(keys_of(definition) == std::vector<std::string>{"draft", "head_review", "county_approval", "completed",
                                                        "rejected", "withdrawn", "expired"});
  CHECK(definition.state("head_review")->actor.source == "head at student.school");
  CHECK(definition.state("county_approval")->actor.source == "approver at authority of student.school");
  CHECK(definition.state("completed")->effects == std::vector<EffectCall>{{"set", {}, settings}});
  CHECK(definition.evidence_kind("application")->min == 1);
}

TEST_CASE("the change of key information asks for what the contract says") {
  const auto definition = loaded(shipped_file("key-information-change.yaml"));
  CHECK(definition.opened_by.source == "registrar at student.school");
  CHECK(definition.field("new_name")->changes == "name");
  CHECK(definition.field("new_id_number")->changes == "id_number");
  CHECK(definition.field("ground")->required);
  std::vector<std::string> grounds;
  for (const Choice& choice : definition.field("ground")->choices) grounds.push_back(choice.key);
  CHECK(grounds == std::vector<std::string>{"register_changed", "entry_wrong", "other"});
  CHECK(definition.field("reason")->required);
  CHECK(definition.evidence_kind("household_register")->min == 1);
  CHECK(definition.evidence_kind("household_register")->max == 6);
  CHECK(definition.evidence_kind("other_certificate")->min == 0);
  CHECK(definition.evidence_kind("other_certificate")->media_types ==
        std::vector<std::string>{"image/jpeg", "image/png", "application/pdf"});
  const auto& head = *definition.state("head_review");
  CHECK(head.actor.role == Role::head);
  CHECK(head.actor.office == OfficeExpression{});
  CHECK(head.deadline->working_days == 5);
  CHECK(head.deadline->remind_before == 2);
  CHECK(head.deadline->escalate->source == "office above");
  CHECK(head.deadline->escalate->role == Role::reviewer);
  CHECK(head.action("return")->comment == CommentRule::required);
  CHECK(head.action("approve")->comment == CommentRule::optional);
  CHECK(head.action("approve")->title == Text{"同意", "Approve"});
  CHECK(head.action("withdraw")->by->source == "registrar at student.school");
  CHECK(definition.state("county_review")->actor.office.step == OfficeExpression::Step::authority);
  CHECK(definition.state("province_judgement")->actor.office ==
        OfficeExpression{std::string(student_school), OfficeExpression::Step::at_level, Level::province});
  CHECK(definition.state("central_check")->retry.at_most == std::chrono::hours{1});
  CHECK(definition.separation.nobody_own_submission);
  CHECK(definition.separation.different_people.front() ==
        std::vector<std::string>{"head_review", "county_review", "county_approval", "province_judgement"});
  CHECK(definition.inform.back().on == "completed");
  CHECK(definition.inform.back().initiator);
  CHECK(definition.always.front().text == "effect apply_changes only after head_review.approve");
}

TEST_CASE("the deletion of a G number goes from the province to two officers of the ministry") {
  const auto definition = loaded(shipped_file("g-number-deletion.yaml"));
  CHECK(keys_of(definition) == std::vector<std::string>{"draft", "province_approval", "ministry_review",
                                                        "ministry_approval", "completed", "rejected", "withdrawn",
                                                        "expired"});
  CHECK(definition.opened_by.source == "reviewer at province of student.school");
  CHECK(ways_out(*definition.state("ministry_approval")) == Ways{{"approve", "completed"},
                                                                 {"return", "earlier, default draft"},
                                                                 {"reject", "rejected"},
                                                                 {"withdraw", "withdrawn"}});
  CHECK(definition.state("ministry_review")->actor.office ==
        OfficeExpression{std::string(student_school), OfficeExpression::Step::at_level, Level::ministry});
  CHECK(definition.evidence_kind("certification")->max == 20);
  CHECK(definition.field("ground")->choices.size() == 3);
  CHECK(definition.field("statement")->max == 2000);
  CHECK(definition.state("completed")->effects == std::vector<EffectCall>{{"retire_number"}});
}

TEST_CASE("no transfer is decided in bulk") {
  const auto* const file =
      GENERATE("transfer.yaml", "transfer-guangdong-senior.yaml", "transfer-henan.yaml", "transfer-sichuan.yaml");
  for (const auto& state : loaded(shipped_file(file)).states) {
    INFO(file << ", " << state.key);
    CHECK(state.one_by_one == is_decided(state.kind));
  }
}

TEST_CASE("a definition knows its file and the hash of its bytes") {
  const auto first = loaded(small_definition);
  CHECK(first.file == "w.yaml");
  CHECK(first.sha256.size() == 64);
  CHECK(loaded(small_definition + "# a comment\n").sha256 != first.sha256);
  CHECK(first.description == first.title);
}

TEST_CASE("states are found by key and ordered as the procedure") {
  const auto definition = loaded(small_definition);
  CHECK(definition.order("draft") == 0);
  CHECK(definition.order("checking") == 2);
  CHECK(definition.order("nowhere") == definition.states.size());
  CHECK(definition.has_action("withdraw"));
  CHECK_FALSE(definition.has_action("escalate"));
  CHECK(definition.state("nowhere") == nullptr);
}

TEST_CASE("a definition with Windows line ends is the same procedure") {
  std::string windows;
  for (const char c : small_definition) windows += c == '\n' ? "\r\n" : std::string(1, c);
  CHECK(keys_of(loaded(windows)) == keys_of(loaded(small_definition)));
}
