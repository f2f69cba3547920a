// Registration, work and notice, as they move a request and leave traces in its history.
#include "engine/machine/migration.hpp"

#include "bench.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

std::vector<std::string> entries_of(const Decision& decision) {
  std::vector<std::string> told;
  for (const HistoryDraft& entry : decision.history)
    told.push_back(entry.action + ": " + entry.from + " -> " + entry.to);
  return told;
}

}  // namespace

TEST_CASE("an act leads into a notice, the notice on, and what the end changes stands with the last entry") {
  Bench bench(definition_in("tests/routes", "suspension-2013"),
              {"第一小学", "沈河区教育局", "沈阳市教育局", "辽宁省教育厅"});
  bench.by("registrar", Open{bench.definition.key, bench.student.id, {{"reason", "因病"}}, {}, "", true});
  bench.act("head", "approve");
  const Decision done = bench.act("county reviewer", "register");
  CHECK(entries_of(done) == std::vector<std::string>{"register: county_registration -> prefecture_notice",
                                                     "noticed: prefecture_notice -> completed"});
  CHECK(done.history[0].changes.empty());
  CHECK(done.history[1].changes.size() == 1);
  CHECK_FALSE(done.history[1].by);
  const Holder prefecture{bench.world.person("prefecture reviewer").posts[0].office, Role::reviewer};
  CHECK(done.history[1].as == prefecture);
  CHECK(std::find(done.notices.begin(), done.notices.end(), Notice{"noticed", AccountId{}, prefecture}) !=
        done.notices.end());
}

TEST_CASE("a move to a new version comes through notices, which tell, and ends nothing") {
  Bench bench(definition_in("tests/routes", "suspension-2013"),
              {"第一小学", "沈河区教育局", "沈阳市教育局", "辽宁省教育厅"});
  bench.by("registrar", Open{bench.definition.key, bench.student.id, {{"reason", "因病"}}, {}, "", true});
  const Definition older = bench.definition;
  const auto newer = [&](const std::string& to) {
    std::string text = older.text;
    text.replace(text.find("version: 1"), 10, "version: 2");
    return definition_from(text + "\nmigrate:\n  - {from: 1, states: {head_approval: " + to + "}, otherwise: stay}\n",
                           "newer.yaml");
  };
  const auto plan_for = [&](const Definition& definition) {
    return plan_migration(older, definition, *bench.request, bench.world.offices(),
                          Date{std::chrono::year{2026} / 9 / 1});
  };
  const MigrationPlan stays = plan_for(newer("prefecture_notice"));
  CHECK(stays.kind == MigrationPlan::Kind::stuck);
  CHECK(stays.why.en ==
        "in the new version \"Filed with the prefecture\" leads straight on to \"Completed\", and a move ends no "
        "request");
  CHECK(plan_for(newer("county_registration")).state == "county_registration");
}
