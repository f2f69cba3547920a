// A choice: nobody rests in it, the history says which way was taken and why, and the steps show where it leads.
#include "engine/machine/migration.hpp"
#include "engine/machine/steps.hpp"

#include "bench.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

const std::vector<std::string> of_liaoning{"第一中学", "沈河区教育局", "沈阳市教育局", "辽宁省教育厅"};

std::vector<std::string> history_of(const Decision& decision) {
  std::vector<std::string> told;
  for (const HistoryDraft& entry : decision.history)
    told.push_back(entry.action + ": " + entry.from + " -> " + entry.to +
                   (entry.comment.empty() ? "" : " (" + entry.comment + ")"));
  return told;
}

Open opened(const Bench& bench, const std::string& ground) {
  return {bench.definition.key, bench.student.id, {{"ground", ground}}, {}, "", true};
}

std::string steps_in(const Bench& bench, const std::optional<GuardRecords>& records) {
  std::string text;
  for (const Step& step : steps_of(bench.definition, *bench.request, bench.world.offices(), records))
    text += (text.empty() ? "" : " ") + step.state->key + ":" + std::string(to_string(step.position));
  return text;
}

}  // namespace

TEST_CASE("on arrival the first way whose condition holds is taken, and the history says why") {
  Bench bench(definition_in("tests/routes", "suspension-by-stage"), of_liaoning);
  bench.by("registrar", opened(bench, "illness"));
  const Decision approved = bench.act("head", "approve");
  CHECK(history_of(approved) ==
        std::vector<std::string>{"approve: head_review -> which_office",
                                 "chosen: which_office -> county_registration (ground == \"illness\")"});
  CHECK_FALSE(approved.history[1].by);
  CHECK_FALSE(approved.history[1].as);
  CHECK(approved.request.token.state == "county_registration");
  CHECK(approved.request.version == approved.replaces.value() + 1);
}

TEST_CASE("through choices and notices to an end, whose changes stand with the last entry") {
  Bench bench(definition_in("tests/routes", "suspension-by-stage"), of_liaoning);
  bench.by("registrar", opened(bench, "other"));
  CHECK(history_of(bench.act("head", "approve")) ==
        std::vector<std::string>{"approve: head_review -> which_office",
                                 "chosen: which_office -> county_approval (不符合前面各项条件\nNo condition before it "
                                 "holds)"});
  const Decision done = bench.act("county approver", "approve");
  CHECK(history_of(done) == std::vector<std::string>{"approve: county_approval -> to_be_filed",
                                                     "chosen: to_be_filed -> prefecture_notice (ground == \"other\")",
                                                     "noticed: prefecture_notice -> completed"});
  CHECK(done.history[0].changes.empty());
  CHECK(done.history[1].changes.empty());
  CHECK(done.history[2].changes.size() == 1);
  const Holder prefecture{bench.world.person("prefecture reviewer").posts[0].office, Role::reviewer};
  CHECK(done.history[2].as == prefecture);
  CHECK(std::count(done.notices.begin(), done.notices.end(), Notice{"noticed", AccountId{}, prefecture}) == 1);
}

TEST_CASE("a choice is made by what is filled in and on record at that moment") {
  Bench bench(definition_in("tests/routes", "suspension-by-stage"), of_liaoning);
  bench.by("registrar", opened(bench, "family"));
  bench.act("head", "approve");
  CHECK(bench.request->token.state == "county_approval");
  bench.act("county approver", "return", "请改");
  CHECK(bench.request->token.state == "draft");
  Perform again = bench.perform("submit");
  again.fields = FieldValues{{"ground", "illness"}};
  bench.by("registrar", again);
  bench.act("head", "approve");
  CHECK(bench.request->token.state == "county_registration");
}

TEST_CASE("steps go the way that the request would be led now, and show no choice") {
  Bench bench(definition_in("tests/routes", "suspension-by-stage"), of_liaoning);
  bench.by("registrar", opened(bench, "illness"));
  const GuardRecords records{bench.world.offices(), bench.student};
  CHECK(steps_in(bench, records) == "draft:done head_review:current county_registration:ahead completed:ahead");
  CHECK(steps_in(bench, std::nullopt) == "draft:done head_review:current prefecture_approval:ahead completed:ahead");
  bench.act("head", "approve");
  CHECK(steps_in(bench, records) == "draft:done head_review:done county_registration:current completed:ahead");
  bench.act("county reviewer", "register");
  CHECK(steps_in(bench, std::nullopt) == "draft:done head_review:done county_registration:done completed:current");
}

TEST_CASE("what the registry refuses behind a choice is explained before it is done") {
  Bench bench(definition_in("tests/routes", "suspension-by-stage"), of_liaoning);
  bench.by("registrar", opened(bench, "family"));
  bench.act("head", "approve");
  CHECK(explain(bench.situation(), bench.world.person("county approver"), "approve").allowed);
  bench.student.status = StudentStatus::deceased;
  const Explanation told = explain(bench.situation(), bench.world.person("county approver"), "approve");
  CHECK_FALSE(told.allowed);
  CHECK(bench.refused("county approver", bench.perform("approve")).kind == RefusalKind::status_not_eligible);
  CHECK(bench.request->token.state == "county_approval");
}

TEST_CASE("a migration takes no way: what would be led on to a choice stays, and says why") {
  Bench bench(definition_in("tests/routes", "suspension-by-stage"), of_liaoning);
  bench.by("registrar", opened(bench, "illness"));
  const Definition older = bench.definition;
  std::string text = older.text;
  const auto replace = [&text](const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
  };
  replace("version: 1", "version: 2");
  replace("  which_office:\n",
          "  told: {notice: reviewer at authority of student.school, title: {zh: 备案, en: Told}, to: which_office}\n"
          "  which_office:\n");
  const Definition newer = definition_from(
      text + "\nmigrate:\n  - {from: 1, states: {head_review: told}, otherwise: same state}\n", "newer.yaml");
  const MigrationPlan plan =
      plan_migration(older, newer, *bench.request, bench.world.offices(), Date{std::chrono::year{2026} / 9 / 1});
  CHECK(plan.kind == MigrationPlan::Kind::stuck);
  CHECK(
      plan.why.en ==
      "in the new version \"Told\" leads straight on to the choice \"Which office\", and a move takes no way from it");
  CHECK_FALSE(migrated(newer, newer.migrations.front(), {"head_review", {}}, held_everywhere));
}
