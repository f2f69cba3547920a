// What becomes of live requests when a new version says how they move.
#include "engine/machine/migration.hpp"

#include "bench.hpp"
#include "tests/unit/definition/first_version.hpp"
#include "tests/unit/definition/parallel_definition.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  if (at == std::string::npos) throw std::logic_error("there is no " + from);
  return text.replace(at, from.size(), to);
}

std::string shipped_text() {
  std::ifstream stream(std::string(XUEJI_SOURCE_DIR "/workflows/key-information-change.yaml"), std::ios::binary);
  return as_first_version({std::istreambuf_iterator<char>(stream), {}});
}

constexpr auto prefecture = R"(  prefecture_review:
    approval: reviewer at prefecture of student.school
    title: {zh: 市级审核, en: Review by the prefecture}
    due: 10 working days
    actions:
      approve: {to: central_check}
      return: {to: earlier, default: draft, comment: required}

  central_check:
)";

/// Version 2 puts the prefecture between the county and the checks.
Definition second(const std::string& migration) {
  std::string text = replaced(shipped_text(), "version: 1", "version: 2");
  text = replaced(text, "approve: {to: central_check}", "approve: {to: prefecture_review}");
  text = replaced(text, "  central_check:\n", prefecture);
  return definition_from(text + "migrate:\n  - " + migration + "\n", "second.yaml");
}

const std::vector<std::string> with_prefecture{"第一小学", "A 县教育局", "B 市教育局", "C 省教育厅"};
const std::string move_county = "{from: 1, states: {county_approval: prefecture_review}, otherwise: same state}";

struct Moving : Bench {
  explicit Moving(std::vector<std::string> above = with_prefecture)
      : Bench(definition_from(shipped_text(), "first.yaml"), std::move(above)) {
    by("registrar", name_change());
  }
  MigrationPlan plan(const Definition& newer) const {
    return plan_migration(definition, newer, *request, world.offices(), Date{std::chrono::year{2026} / 9 / 1});
  }
  Decision moved(const Definition& newer) {
    Situation where{newer, DefinitionId{2}, &*request, &student, nullptr, world.offices(), calendar, now, {}};
    auto decision = migrate(where, definition, plan(newer));
    request = decision.request;
    definition = newer;
    return decision;
  }
};

}  // namespace

TEST_CASE("a request in a state that is mapped arrives in the new one, and its history tells it") {
  Moving bench;
  bench.act("head", "approve");
  bench.act("county reviewer", "approve");
  bench.now += std::chrono::hours{48};
  const auto newer = second(move_county);
  CHECK(bench.plan(newer) == MigrationPlan{MigrationPlan::Kind::moves, "prefecture_review", {}});
  const auto version = bench.request->version;
  const auto decision = bench.moved(newer);
  REQUIRE(decision.history.size() == 1);
  CHECK(decision.history[0].action == "migrate");
  CHECK(decision.history[0].from == "county_approval");
  CHECK(decision.history[0].to == "prefecture_review");
  CHECK(decision.history[0].comment == "1 → 2");
  CHECK_FALSE(decision.history[0].by);
  CHECK(decision.replaces == version);
  CHECK(bench.request->definition == DefinitionId{2});
  CHECK(bench.request->token.since == bench.now);
  bench.act("prefecture reviewer", "approve");
  CHECK(bench.request->token.state == "central_check");
}

TEST_CASE("a request that keeps its state keeps its deadline, its reminder and its claim") {
  Moving bench;
  bench.by("head", Claim{bench.request->id});
  const Token before = bench.request->token;
  bench.now += std::chrono::hours{24};
  bench.moved(second(move_county));
  CHECK(bench.request->token == before);
  bench.act("head", "approve");
}

TEST_CASE("what the new version does not take over stays") {
  Moving bench;
  CHECK(bench.plan(second("{from: 1, states: {county_approval: prefecture_review}, otherwise: stay}")).kind ==
        MigrationPlan::Kind::stays);
  const auto silent = definition_from(replaced(shipped_text(), "version: 1", "version: 2"), "silent.yaml");
  CHECK(bench.plan(silent).kind == MigrationPlan::Kind::stays);
}

TEST_CASE("a request would be stuck where no office can hold it, a state is gone, or the form lacks something") {
  Moving municipal({"第一小学", "东城区教育局", "北京市教育委员会"});
  municipal.act("head", "approve");
  municipal.act("county reviewer", "approve");
  const auto plan = municipal.plan(second(move_county));
  CHECK(plan.kind == MigrationPlan::Kind::stuck);
  CHECK(plan.why.en == "no office above this school can hold \"Review by the prefecture\"");

  Moving bench;
  std::string renamed = replaced(shipped_text(), "version: 1", "version: 2");
  for (std::size_t at = 0; (at = renamed.find("head_review")) != std::string::npos;)
    renamed.replace(at, std::string("head_review").size(), "school_review");
  const auto gone = definition_from(renamed + "migrate: [{from: 1, otherwise: same state}]\n", "renamed.yaml");
  CHECK(bench.plan(gone).why.en == "the new version has no place for the state `head_review`");

  std::string stricter = replaced(shipped_text(), "version: 1", "version: 2");
  stricter = replaced(stricter, "count: 0..6", "count: 1..6");
  CHECK(bench.plan(definition_from(stricter + "migrate: [{from: 1, otherwise: same state}]\n", "s.yaml")).why.en ==
        "the new version asks for more of \"Other certificate\"");
}

namespace {

/// Version 2 has no other certificate and calls the reason by another name.
Definition narrower(const std::string& lost) {
  std::string text = replaced(shipped_text(), "version: 1", "version: 2");
  text = replaced(text, "  other_certificate: {title: {zh: 其他证明, en: Other certificate}, count: 0..6}\n", "");
  text = replaced(text, "  reason:\n", "  why:\n");
  text = replaced(text, "    required: true\n    title: {zh: 变更原因", "    title: {zh: 变更原因");
  return definition_from(text + "migrate: [{from: 1, otherwise: same state" + lost + "}]\n", "narrower.yaml");
}

/// With a file of either kind.
struct Certified : Moving {
  explicit Certified(bool submit) {
    request.reset();
    student.open_request = {};
    Open open = name_change();
    open.evidence.push_back(upload("other_certificate", "certificate"));
    open.submit = submit;
    by("registrar", open);
  }
};

const std::vector<Loss> both_lost{{Loss::Kind::field, "reason", 1}, {Loss::Kind::evidence, "other_certificate", 1}};

}  // namespace

TEST_CASE("a request that would lose values or files is named and stays, in the draft too") {
  for (const bool submit : {false, true}) {
    const auto plan = Certified(submit).plan(narrower(""));
    CHECK(plan.kind == MigrationPlan::Kind::stuck);
    CHECK(plan.why.en == "the new version has no field `reason`, which is filled in");
    CHECK(plan.losses == both_lost);
    CHECK(to_string(plan.losses) == "field reason, 1 file of other_certificate");
  }
}

TEST_CASE("`lost: drop` takes what has no place, and the draft can be submitted") {
  Certified bench(false);
  const auto newer = narrower(", lost: drop");
  const auto plan = bench.plan(newer);
  CHECK(plan.kind == MigrationPlan::Kind::moves);
  CHECK(plan.losses == both_lost);
  CHECK_FALSE(plan.keeps);
  bench.moved(newer);
  CHECK_FALSE(bench.request->fields.contains("reason"));
  REQUIRE(bench.request->evidence.size() == 1);
  CHECK(bench.request->evidence[0].kind == "household_register");
  bench.act("registrar", "submit");
  CHECK(bench.request->token.state == "head_review");
}

TEST_CASE("`lost: keep` leaves it with the request, which goes on") {
  Certified bench(true);
  const auto newer = narrower(", lost: keep");
  CHECK(bench.plan(newer).keeps);
  bench.moved(newer);
  CHECK(bench.request->fields.contains("reason"));
  CHECK(bench.request->evidence.size() == 2);
  bench.act("head", "approve");
}

TEST_CASE("a claim of a task that arrives anew is told to be lost, and one that stays is not") {
  Moving bench;
  bench.act("head", "approve");
  bench.act("county reviewer", "approve");
  bench.by("county approver", Claim{bench.request->id});
  CHECK(bench.plan(second(move_county)).losses == std::vector<Loss>{{Loss::Kind::claim, "county_approval", 1}});
  Moving other;
  other.by("head", Claim{other.request->id});
  CHECK(other.plan(second(move_county)).losses.empty());
}

TEST_CASE("where the new version passes an office that is missing, so do those who move") {
  std::string text = replaced(shipped_text(), "version: 1", "version: 2");
  text = replaced(text, "approve: {to: central_check}", "approve: {to: prefecture_review}");
  text = replaced(text, "  central_check:\n", prefecture);
  text = replaced(
      text, "    due: 10 working days\n    actions:\n      approve: {to: central_check}",
      "    due: 10 working days\n    otherwise: central_check\n    actions:\n      approve: {to: central_check}");
  const auto newer = definition_from(text + "migrate:\n  - " + move_county + "\n", "second.yaml");
  Moving municipal({"第一小学", "东城区教育局", "北京市教育委员会"});
  municipal.act("head", "approve");
  municipal.act("county reviewer", "approve");
  CHECK(municipal.plan(newer).state == "central_check");
  municipal.moved(newer);
  CHECK(municipal.request->token.state == "central_check");
  CHECK(municipal.request->token.timer == municipal.now);

  Moving other({"第一小学", "东城区教育局", "北京市教育委员会"});
  other.moved(newer);
  other.act("head", "approve");
  other.act("county reviewer", "approve");
  CHECK(other.act("county approver", "approve").history[0].to == "central_check");
  Moving with;
  with.moved(newer);
  with.act("head", "approve");
  with.act("county reviewer", "approve");
  CHECK(with.act("county approver", "approve").history[0].to == "prefecture_review");
}

TEST_CASE("separation of duties goes on under the new names") {
  Moving bench;
  bench.act("head", "approve");
  bench.scenario.people["clerk"] = {{Which::usual, Level::county, Role::reviewer},
                                    {Which::usual, Level::county, Role::approver}};
  bench.act("clerk", "approve");
  std::string text = replaced(shipped_text(), "version: 1", "version: 2");
  for (const auto* place :
       {"  county_review:\n", "{to: county_review}", "county_review, county_approval", "county_review.approve"})
    text = replaced(text, place, replaced(place, "county_review", "authority_review"));
  bench.moved(definition_from(
      text + "migrate: [{from: 1, states: {county_review: authority_review}, otherwise: same state}]\n", "n.yaml"));
  CHECK(bench.refused("clerk", bench.perform("approve")).kind == RefusalKind::separation_of_duties);
}

TEST_CASE("branches are taken over where they stand") {
  const std::string first = replaced(replaced(parallel_definition, "version: 2", "version: 1"),
                                     parallel_definition.substr(parallel_definition.find("migrate:")), "");
  Bench bench(definition_from(first, "first.yaml"));
  bench.by("registrar", Open{bench.definition.key, bench.student.id, {{"new_name", "张叁"}}, {}, "", true});
  bench.act("head", "approve");
  bench.act("province reviewer", "approve");
  bench.by("county reviewer", Claim{bench.request->id});
  const auto newer = definition_from(parallel_definition, "second.yaml");
  const auto plan = plan_migration(bench.definition, newer, *bench.request, bench.world.offices(),
                                   Date{std::chrono::year{2026} / 9 / 1});
  CHECK(plan.state == "both_sides");
  const Situation where{newer,          DefinitionId{2}, &*bench.request,
                        &bench.student, nullptr,         bench.world.offices(),
                        bench.calendar, bench.now,       {}};
  const auto moved = migrate(where, bench.definition, plan).request;
  CHECK(moved.branches == bench.request->branches);
  CHECK(moved.token == bench.request->token);
}

TEST_CASE("a state that the older version never had is a fault of the new one") {
  const auto faults = check_migration(definition_from(shipped_text(), "first.yaml"),
                                      second("{from: 1, states: {no_such_state: prefecture_review}, otherwise: stay}"));
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].what == "version 1 has no state `no_such_state`");
}

TEST_CASE("what the new version would refuse in the form keeps a request where it is, the draft too") {
  const auto [typed, type, told] = GENERATE(table<std::string, std::string, std::string>({
      {"hello", "{type: id_number", "An ID number has 18 characters"},
      {"123 !!", "{type: person_name", "A name"},
      {"flying", "{type: status, changes: student.status", "There is no such status"},
      {"hello", "{type: date", "A date is a real day written YYYY-MM-DD"},
      {"hello", "{type: choice, choices: {a: {zh: 甲, en: A}, b: {zh: 乙, en: B}}", "Choose one of: a, b"},
      {"thirteen long", "{type: text, max: 5", "At most 5 characters"},
      {"11010519491231002x", "{type: id_number", "17 digits and then a digit or X"},
  }));
  const auto with_note = [](const std::string& text, const std::string& note) {
    return replaced(text, "\nfields:\n", "\nfields:\n  note: " + note + ", title: {zh: 备注, en: Note}}\n");
  };
  Bench bench(definition_from(with_note(shipped_text(), "{type: text, max: 100"), "first.yaml"));
  Open open = bench.name_change(false);
  open.fields["note"] = typed;
  bench.by("registrar", open);
  const auto newer = definition_from(with_note(replaced(shipped_text(), "version: 1", "version: 2"), type) +
                                         "migrate:\n  - {from: 1, otherwise: same state}\n",
                                     "second.yaml");
  const auto plan = plan_migration(bench.definition, newer, *bench.request, bench.world.offices(),
                                   Date{std::chrono::year{2026} / 9 / 1});
  CHECK(plan.kind == MigrationPlan::Kind::stuck);
  INFO(plan.why.en);
  CHECK(plan.why.en.find("the new version does not take what \"Note\" holds: ") == 0);
  CHECK(plan.why.en.find(told) != std::string::npos);
}

TEST_CASE("a draft comes to a draft only") {
  const auto older = definition_from(shipped_text(), "first.yaml");
  const auto faults =
      check_migration(older, second("{from: 1, states: {draft: county_approval}, otherwise: same state}"));
  REQUIRE(faults.size() == 1);
  CHECK(faults.front().what ==
        "`draft` of version 1 is a draft that nobody has submitted, and `county_approval` is none");
}
