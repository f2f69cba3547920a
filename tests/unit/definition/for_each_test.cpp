// One branch for each school of a pair: how it is written out, and what cannot stand in it.
#include "engine/definition/configuration.hpp"
#include "engine/machine/places.hpp"
#include "tests/unit/definition/small_definition.hpp"

using namespace xueji;

namespace {

std::string both_schools() { return shipped_file("../tests/routes/both-schools-prove.yaml"); }

Definition loaded_both_schools() {
  auto loaded = load_definition(both_schools(), "w.yaml");
  REQUIRE(std::holds_alternative<Definition>(loaded));
  return std::get<Definition>(std::move(loaded));
}

void check_for_each_fault(const std::string& from, const std::string& to, const std::string& fault) {
  INFO(from << " -> " << to);
  const std::string faults = faults_of(with(both_schools(), from, to));
  INFO(faults);
  const auto at = faults.find(fault);
  REQUIRE(at != std::string::npos);
  CHECK(faults.find(fault, at + 1) == std::string::npos);
}

}  // namespace

TEST_CASE("for each school of a pair there is a branch with all of the states") {
  const Definition definition = loaded_both_schools();
  const State& proving = *definition.state("proving");
  REQUIRE(proving.branches.size() == 2);
  CHECK(proving.join == 2);
  CHECK(proving.branches[0].first == "proof");
  CHECK(proving.branches[1].first == "proof_2");
  CHECK(proving.branches[0].title.en == "A school proves: The first student's school");
  CHECK(proving.branches[1].title.zh == "学校举证：第二名学生的学校");
  const State& second = *definition.state("proof_2");
  CHECK(second.title == definition.state("proof")->title);
  CHECK(second.branch == 1);
  CHECK(second.action("prove")->to == "head_of_proof_2");
  CHECK(second.action("give_up")->to == stop_word);
  CHECK(definition.state("head_of_proof_2")->action("return")->to == "proof_2");
  CHECK(definition.state("head_of_proof")->action("return")->to == "proof");
}

TEST_CASE("each branch is of its own student's school, and one school has one branch") {
  const Definition definition = loaded_both_schools();
  const OfficeTree offices({{OfficeId{1}, "1", "Ministry", Level::ministry, OfficeId{}},
                            {OfficeId{2}, "2", "Province", Level::province, OfficeId{1}},
                            {OfficeId{3}, "3", "County", Level::county, OfficeId{2}},
                            {OfficeId{4}, "4", "Another county", Level::county, OfficeId{2}},
                            {OfficeId{5}, "5", "School", Level::school, OfficeId{3}},
                            {OfficeId{6}, "6", "Another school", Level::school, OfficeId{4}}});
  const auto stands = [&](const Places& places) {
    return arrived_at(definition, "proving", held_at(places, offices)).branches;
  };
  const auto holder = [&](const std::string& state, const Places& places) {
    return holder_of(*definition.state(state), places, offices);
  };
  Places places{OfficeId{5}, OfficeId{2}, {OfficeId{5}, OfficeId{6}}};
  CHECK(stands(places) == std::vector<std::string>{"proof", "proof_2"});
  CHECK(holder("proof", places) == Holder{OfficeId{5}, Role::registrar});
  CHECK(holder("proof_2", places) == Holder{OfficeId{6}, Role::registrar});
  const auto& above = *definition.state("proof_2")->deadline->escalate;
  CHECK(resolve(above, places, offices) == Holder{OfficeId{4}, Role::reviewer});

  places.schools = {OfficeId{5}, OfficeId{5}};
  CHECK(stands(places) == std::vector<std::string>{"proof", "join"});
  CHECK_FALSE(holder("proof_2", places));
}

TEST_CASE("faults in a branch for each school are told once, with place and advice") {
  check_for_each_fault("for each: school of students", "for each: class of school",
                       "w.yaml:31:17: error: there is no branch for each `class of school`; write `for each: school of "
                       "students`");
  check_for_each_fault("    join: all\n", "    join: any\n",
                       "where both students are at one school there is one branch");
  check_for_each_fault("work: registrar at branch.school", "work: reviewer at authority of branch.school",
                       "`proof` begins the branch of a school that does nothing in it");
  check_for_each_fault("approval: head at branch.school", "approval: head at branch.school\n          otherwise: join",
                       "`head_of_proof` lies in a `for each`, and may be passed over");
  check_for_each_fault("prove: {to: head_of_proof,", "prove: {to: nowhere,", "there is no state `nowhere`");
  check_for_each_fault("      title: {zh: 学校举证, en: A school proves}\n", "", "add `title: {zh: …, en: …}`");
  check_for_each_fault("  not_asked: {end", "  proof_2: {end: expired, title: {zh: 甲, en: A}}\n  not_asked: {end",
                       "there is a state `proof_2` already");
  check_for_each_fault("    approval: approver at common superior of students\n    title: {zh: 裁定",
                       "    approval: head at branch.school\n    title: {zh: 裁定",
                       "there is no office `branch.school`");
  check_for_each_fault(
      "return: {to: proving, title: {zh: 退回两校补证, en: Ask both schools again}, comment: "
      "required}\n      reject: {to: not_proved, comment: required}\n  given_up:",
      "return: {to: proof, title: {zh: 退, en: Back}, comment: required}\n  given_up:",
      "`proof` lies in a branch of `proving`");
}

TEST_CASE("only the students of a pair have a branch for each of their schools") {
  const std::string of_one = with(with(small_definition, "format: 1", "format: 2"), "  checking:\n",
                                  R"(  asking:
    parallel:
      for each: school of students
      title: {zh: 学校, en: School}
      states:
        asked:
          work: registrar at branch.school
          title: {zh: 办理, en: Asked}
          due: 5 working days
          actions: {done: {to: join, title: {zh: 完成, en: Done}}}
    title: {zh: 各校, en: Schools}
    join: all
    to: checking
  checking:
)");
  CHECK(faults_of(of_one).find("only the students of a pair are at schools that are known and few; write `subject: "
                               "{students: 2}`") != std::string::npos);
}
