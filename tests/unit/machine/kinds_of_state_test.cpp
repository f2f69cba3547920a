// Registration, work and notice, as they move a request and leave traces in its history.
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
