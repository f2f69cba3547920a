#include "engine/machine/openings.hpp"
#include "tests/unit/definition/small_definition.hpp"

using namespace xueji;

namespace {

const std::string waits_for_deletion = R"(  deletion:
    request:
      definition: g-number-deletion
      about: other than field survivor
      by: reviewer at province of student.school
      fields: {number: field given_up, ground: duplicate_status, statement: field statement}
    title: {zh: 等待 G 号删除, en: Waiting for the deletion}
    due: 30 working days
    overdue: {tell: approver at common superior of students}
    outcomes:
      completed: {to: merged}
      rejected: {to: both_kept}
      otherwise: {to: settling}
    refused: settling
)";

std::string case_of_two() { return shipped_file("../tests/routes/two-g-numbers.yaml"); }

std::vector<std::string> told_of(const Definition& of, const std::vector<const Definition*>& all) {
  std::vector<std::string> told;
  for (const Fault& fault : unfit_openings(of, all)) told.push_back(fault.what);
  return told;
}

}  // namespace

TEST_CASE("a state that waits for another request is read") {
  const Definition definition = loaded(case_of_two());
  const State& state = *definition.state("deletion");
  CHECK(state.kind == StateKind::request);
  REQUIRE(state.awaited);
  CHECK(state.awaited->opening.definition == "g-number-deletion");
  CHECK(state.awaited->opening.by.source == "reviewer at province of student.school");
  CHECK(state.awaited->opening.fields.size() == 3);
  CHECK(state.awaited->subject == "survivor");
  CHECK(state.awaited->is_other);
  CHECK(state.awaited->way_of(Outcome::completed).to == "merged");
  CHECK(state.awaited->way_of(Outcome::rejected).event == "rejected");
  CHECK(state.awaited->way_of(Outcome::withdrawn).event == "otherwise");
  CHECK(state.awaited->way_of(Outcome::cancelled).to == "settling");
  CHECK(state.refused == "settling");
  CHECK(
      loaded(with(case_of_two(), "other than field survivor", "field survivor")).state("deletion")->awaited->is_other ==
      false);
}

TEST_CASE("what is wrong with waiting for another request is told where it stands") {
  const auto [from, to, fault] = GENERATE(table<std::string, std::string, std::string>({
      {"      definition: g-number-deletion\n", "", "name the business, `definition: KEY`"},
      {"definition: g-number-deletion", "definition: two-g-numbers",
       "a request would wait for one of its own business, and so on for ever; name another business"},
      {"about: other than field survivor", "about: student",
       "the other request cannot be about `student`; say which of the two"},
      {"about: other than field survivor", "about: field given_up",
       "no field of type subject is called `given_up`; name the field that says which of the two it is"},
      {"by: reviewer at province of student.school", "by: registrar at schools of students",
       "one post fills in another request, which is about one student"},
      {"number: field given_up", "number: field nothing", "there is no field `nothing`"},
      {"      completed: {to: merged}\n", "", "say where it goes then, `completed: {to: STATE}`"},
      {"      otherwise: {to: settling}\n", "",
       "`deletion` does not say where it goes if the other request ends withdrawn; name that outcome, or add "
       "`otherwise: {to: STATE}`"},
      {"      otherwise: {to: settling}\n",
       "      withdrawn: {to: settling}\n      cancelled: {to: settling}\n      expired: {to: settling}\n      "
       "otherwise: {to: settling}\n",
       "every outcome is named, so `otherwise` never comes; remove it"},
      {"rejected: {to: both_kept}", "rejected: {to: deletion}", "`deletion` leads to itself; name another state"},
      {"    refused: settling\n", "", "say where it goes if the request can't be opened, `refused: STATE`"},
      {"    refused: settling\n", "    refused: merged\n", "`merged` would complete what was refused"},
      {"overdue: {tell: approver at common superior of students}", "overdue: {expire: both_kept}",
       "nobody holds `deletion`, and it goes on when the other request ends"},
      {"    refused: settling\n", "    refused: settling\n    actions: {withdraw: {to: both_kept}}\n",
       "has no key `actions`"},
  }));
  CAPTURE(from, to);
  const std::string faults = faults_of(with(case_of_two(), waits_for_deletion, with(waits_for_deletion, from, to)));
  INFO(faults);
  CHECK(faults.find(fault) != std::string::npos);
}

TEST_CASE("nothing that ends a request from outside stands beside a state that waits for another") {
  const std::string waits =
      "  waits:\n    request: {definition: return, about: student, by: registrar at student.school}\n    title: {zh: "
      "等待, "
      "en: Waiting}\n    outcomes: {completed: {to: completed}, otherwise: {to: head_review}}\n    refused: "
      "head_review\n";
  const std::string faults =
      faults_of(with(shipped_file("suspension.yaml"), "  completed:\n", waits + "  completed:\n"));
  INFO(faults);
  CHECK(faults.find("what waits for another request can't be closed when a window closes") != std::string::npos);
}

TEST_CASE("what does not fit the business that is waited for is told") {
  const Definition waiting = loaded(case_of_two());
  const Definition other = loaded(shipped_file("g-number-deletion.yaml"));
  CHECK(told_of(waiting, {&waiting, &other}).empty());
  CHECK(told_of(waiting, {&waiting}) ==
        std::vector<std::string>{"`deletion` opens the business `g-number-deletion`, which does not exist"});

  const Definition cancelled = loaded(with(case_of_two(), "rejected: {to: both_kept}", "cancelled: {to: both_kept}"));
  CHECK(told_of(cancelled, {&cancelled, &other}) ==
        std::vector<std::string>{"`g-number-deletion` never ends cancelled"});

  const Definition by_approver = loaded(with(case_of_two(), "by: reviewer at province", "by: approver at province"));
  CHECK(told_of(by_approver, {&by_approver, &other}).size() == 1);

  Definition batch = other;
  batch.subject.kind = SubjectRule::Kind::batch;
  CHECK(told_of(waiting, {&waiting, &batch}) ==
        std::vector<std::string>{"`g-number-deletion` is about several students, and is waited for about one"});
}

TEST_CASE("two businesses that come to wait for each other are refused") {
  const Definition waiting = loaded(case_of_two());
  Definition other = loaded(shipped_file("g-number-deletion.yaml"));
  State back = *waiting.state("deletion");
  back.awaited->opening.definition = "between";
  other.states.push_back(back);
  Definition between = other;
  between.key = "between";
  between.states.back().awaited->opening.definition = "two-g-numbers";
  const auto told = told_of(waiting, {&waiting, &other, &between});
  REQUIRE(told.size() == 1);
  CHECK(told.front() ==
        "`deletion` waits for `g-number-deletion`, which comes to wait for `two-g-numbers`, and so on for ever");
}

TEST_CASE("an outcome that the national file or a variant has can be named, and the rest left to otherwise") {
  const Definition other = loaded(shipped_file("g-number-deletion.yaml"));
  const Definition each_named = loaded(with(case_of_two(), "      rejected: {to: both_kept}\n",
                                            "      rejected: {to: both_kept}\n      withdrawn: {to: settling}\n"
                                            "      expired: {to: settling}\n"));
  CHECK(told_of(each_named, {&each_named, &other}).empty());

  const Definition waiting = loaded(case_of_two());
  Definition variant = other;
  variant.variant = "never-rejects";
  std::erase_if(variant.states, [](const State& each) { return each.outcome == Outcome::rejected; });
  CHECK(told_of(waiting, {&waiting, &other, &variant}).empty());
  Definition over = other;
  over.retired = true;
  CHECK(told_of(waiting, {&waiting, &over, &variant}) ==
        std::vector<std::string>{"`g-number-deletion` never ends rejected"});
}

TEST_CASE("a longer row of businesses that wait for each other than may wait is refused where it begins") {
  const Definition waiting = loaded(case_of_two());
  std::vector<Definition> row{waiting};
  for (const std::string key : {"g-number-deletion", "second", "third", "fourth"}) {
    Definition next = loaded(shipped_file("g-number-deletion.yaml"));
    next.key = key;
    State wait = *waiting.state("deletion");
    wait.awaited->opening.definition = key;
    wait.awaited->opening.fields.clear();
    if (row.size() > 1) row.back().states.push_back(wait);
    row.push_back(std::move(next));
  }
  std::vector<const Definition*> all;
  for (const Definition& each : row) all.push_back(&each);
  CHECK(told_of(row[0], all) ==
        std::vector<std::string>{"from `deletion` on 4 requests would wait for each other, and 3 do at most"});
  CHECK(told_of(row[1], all).empty());
}

TEST_CASE("what is waited for opens nothing at its end that the lock of the waiting one refuses") {
  const Definition waiting = loaded(case_of_two());
  Definition other = loaded(shipped_file("g-number-deletion.yaml"));
  Definition third = loaded(shipped_file("suspension.yaml"));
  EffectCall opens{"open"};
  opens.opens = Opening{third.key, third.opened_by, {}, {}};
  other.states.back().effects.push_back(opens);
  CHECK(told_of(waiting, {&waiting, &other, &third}) ==
        std::vector<std::string>{
            "`g-number-deletion` opens `suspension` at its end, while this one still keeps the student from it"});
  third.lock = Lock::none;
  CHECK(told_of(waiting, {&waiting, &other, &third}).empty());
  third.lock = Lock::by_opener;
  Definition without = waiting;
  without.lock = Lock::none;
  CHECK(told_of(without, {&without, &other, &third}).empty());
}
