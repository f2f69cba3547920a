// What a user of a simulation relies on.
#include <map>
#include <set>

#include "engine/simulation/plot.hpp"
#include "tests/unit/definition/parallel_definition.hpp"
#include "tests/unit/simulation/simulated.hpp"

using namespace xueji;

namespace {

std::string complaint(const SimulationOptions& options) {
  try {
    simulate(loaded(one_queue_definition), Calendar{}, options);
  } catch (const UnplayableSimulation& error) {
    return error.what();
  }
  return "none";
}

}  // namespace

TEST_CASE("the same seed gives the same report, another one another") {
  const auto definition = shipped("key-information-change.yaml");
  auto options = small_options();
  const auto first = simulate(definition, Calendar{}, options);
  CHECK(first == simulate(definition, Calendar{}, options));
  options.seed = 2;
  CHECK_FALSE(first == simulate(definition, Calendar{}, options));
}

TEST_CASE("every request that is opened ends or is open, and students have one at a time") {
  auto options = small_options();
  options.offices.students_of_school = 3;
  options.requests = 5'000;
  std::set<std::uint32_t> busy;
  std::int64_t ends = 0;
  SimulationWatch watch;
  watch.move = [&](const SimulatedMove& move, const OfficeTree&) {
    if (move.event == "open") REQUIRE(busy.insert(move.student).second);
    if (move.to == "completed" || move.to == "rejected" || move.to == "withdrawn") {
      ++ends;
      busy.erase(move.student);
    }
  };
  const auto report = simulate(shipped("key-information-change.yaml"), Calendar{}, options, watch);
  CHECK(report.opened + report.not_opened == report.wanted);
  CHECK(report.not_opened > 0);
  CHECK(report.ended == ends);
  std::int64_t by_outcome = 0;
  for (const auto& outcome : report.outcomes) by_outcome += outcome.count;
  CHECK(by_outcome == ends);
  CHECK(report.opened - report.ended == static_cast<std::int64_t>(busy.size()));
}

TEST_CASE("choices fall as often as they were asked for") {
  auto options = small_options();
  options.requests = 20'000;
  options.offices.students_of_school = 5'000;
  set(options.minutes, "registrar=0, reviewer=0");
  options.shares = {0, 0.2, 0, 0, 0};
  const auto report = simulate(loaded(one_queue_definition), Calendar{}, options);
  const auto rejected = [](const SimulationReport& of) {
    for (const auto& outcome : of.outcomes)
      if (outcome.outcome == Outcome::rejected)
        return static_cast<double>(outcome.count) / static_cast<double>(of.ended);
    return 0.0;
  };
  CHECK(rejected(report) == Catch::Approx(0.2).epsilon(0.05));
  options.chosen = {{"review.reject", 0.5}};
  CHECK(rejected(simulate(loaded(one_queue_definition), Calendar{}, options)) == Catch::Approx(0.5).epsilon(0.05));
}

TEST_CASE("branches run side by side and join, and a wait lasts until its day") {
  auto options = small_options();
  options.days = 200;
  options.shares = {0, 0, 0, 0, 0};
  const auto report = simulate(loaded(parallel_definition), Calendar{}, options);
  const auto& both = state_of(report, "both_sides");
  CHECK(both.visits > 1'000);
  CHECK(state_of(report, "county_review").visits == both.visits);
  CHECK(both.time.mean > state_of(report, "province_review").time.mean);
  CHECK(state_of(report, "until_term").time.count > 0);
  REQUIRE(report.outcomes.size() == 1);
  CHECK(report.outcomes.front().outcome == Outcome::completed);
}

TEST_CASE("schools without a prefecture above them are passed on") {
  auto options = small_options();
  std::set<OfficeId> passed, asked;
  SimulationWatch watch;
  watch.move = [&](const SimulatedMove& move, const OfficeTree& offices) {
    if (move.state != "county_review" || move.event != "approve") return;
    const bool has_prefecture = offices.at_level(move.school, Level::prefecture) != nullptr;
    REQUIRE((move.to == "prefecture_review") == has_prefecture);
    (has_prefecture ? asked : passed).insert(move.school);
  };
  simulate(shipped("../tests/schema/whole.yaml"), Calendar{}, options, watch);
  CHECK(!asked.empty());
  CHECK(!passed.empty());
}

TEST_CASE("where the only officer acted before, the task finds nobody") {
  auto options = small_options();
  options.requests = 3'000;
  options.offices = {20, 20, 1, 1, 1'000};
  set(options.officers, "reviewer=1, approver=1");
  set(options.minutes, "reviewer=20, approver=1, head=1, registrar=1");
  // As it was before it was proved that somebody is always left.
  const auto report =
      simulate(loaded(with(shipped_file("key-information-change.yaml"),
                           "    title: {zh: 主管部门经办, en: Review by the authority}\n    due: 10 working days\n"
                           "    remind: 2 working days before\n    overdue: {escalate: office above}\n",
                           "    title: {zh: 主管部门经办, en: Review by the authority}\n    due: 10 working days\n"
                           "    overdue: {escalate: approver at authority of student.school}\n")),
               Calendar{}, options);
  CHECK(state_of(report, "county_review").escalations > 0);
  CHECK(report.nobody_left > 0);
}

TEST_CASE("what can't be played is said") {
  const auto with = [](auto change) {
    auto options = small_options();
    change(options);
    return complaint(options);
  };
  CHECK(with([](auto&) {}) == "none");
  CHECK(with([](auto& o) { o.requests = 0; }) == "the requests must be from 1 to 10000000, not 0");
  CHECK(with([](auto& o) { o.requests = requests_most + 1; }) ==
        "the requests must be from 1 to 10000000, not 10000001");
  CHECK(with([](auto& o) { o.days = simulated_days_most + 1; }) == "the days must be from 1 to 3650, not 3651");
  CHECK(with([](auto& o) { o.offices.schools = schools_most + 1; }) ==
        "the schools must be from 1 to 300000, not 300001");
  CHECK(with([](auto& o) { o.offices.schools_of_county = 0; }).find("from 1 to 10000") != std::string::npos);
  CHECK(with([](auto& o) {
          o.offices.students_of_school = 100'000'000;
        }).find("the students of a school must be from 1 to 5000000") != std::string::npos);
  CHECK(with([](auto& o) { o.shares.returned = 0.99; }) ==
        "the shares returned, rejected and taken back, together, must be from 0 to 1, not 1.03");
  CHECK(with([](auto& o) { o.shares.unavailable = 1; }).find("without an answer must be from 0 to 0.99") !=
        std::string::npos);
  CHECK(with([](auto& o) { o.chosen["review.aprove"] = 0.5; }) ==
        "nobody chooses `review.aprove`; did you mean `review.approve`?");
  CHECK(with([](auto& o) { o.chosen["review.approve"] = 1.5; }).find("make more than 1") != std::string::npos);
  CHECK(with([](auto& o) {
          o.days = 1;
          o.from = std::chrono::year(2026) / std::chrono::September / 5;
        }).find("there is no working day") != std::string::npos);
}

TEST_CASE("officers and minutes are told by role, and by level and role") {
  RoleNumbers numbers;
  CHECK_FALSE(numbers.take("reviewer=2, ministry reviewer=20,approver=1", range_of_officers));
  CHECK(numbers.of(Level::county, Role::reviewer) == 2);
  CHECK(numbers.of(Level::ministry, Role::reviewer) == 20);
  CHECK_FALSE(numbers.take("reviewer=3", range_of_officers));
  CHECK(numbers.of(Level::ministry, Role::reviewer) == 3);
  CHECK(*numbers.take("clerk=2", range_of_officers) ==
        "there is no role `clerk`; write one of registrar, head, reviewer, approver, admin");
  CHECK(*numbers.take("conty reviewer=2", range_of_officers) ==
        "there is no level `conty`; write one of ministry, province, prefecture, county, township, school, perhaps "
        "county");
  CHECK(*numbers.take("reviewer=0", range_of_officers) ==
        "`0` is no whole number from 1 to 10000; write it as reviewer=2");
  CHECK(*numbers.take("reviewer=1.5", range_of_officers) ==
        "`1.5` is no whole number from 1 to 10000; write it as reviewer=2");
  CHECK(*numbers.take("reviewer", range_of_officers) == "`reviewer` gives no number; write it as reviewer=2");
}

TEST_CASE("table and picture name states, levels and the bottleneck in both languages") {
  const auto report = simulate(shipped("key-information-change.yaml"), Calendar{}, small_options());
  const auto text = to_text(report);
  for (const auto* part :
       {"county_review", "tasks waiting at level", "bottleneck: ", "completed", "reviewer at county"})
    CHECK(text.find(part) != std::string::npos);
  const auto zh = to_svg(report, Language::zh), en = to_svg(report, Language::en);
  CHECK(zh.find("主管部门经办") != std::string::npos);
  CHECK(zh.find("瓶颈：") != std::string::npos);
  CHECK(en.find("Review by the authority") != std::string::npos);
  CHECK(en.find("Bottleneck: ") != std::string::npos);
  CHECK(en.find("nan") == std::string::npos);
  CHECK(zh == to_svg(report, Language::zh));
}

TEST_CASE("where any school may open a business the next one does, in the same county or in another") {
  std::int64_t submitted_within = 0, submitted_across = 0;
  SimulationWatch watch;
  watch.move = [&](const SimulatedMove& move, const OfficeTree&) {
    if (move.event != "submit") return;
    if (move.to == "sending_school") ++submitted_within;
    if (move.to == "receiving_authority") ++submitted_across;
  };
  const auto report = simulate(shipped("../tests/mutation/businesses/transfer-between-schools.yaml"), Calendar{},
                               small_options(), watch);
  CHECK(report.opened > 0);
  CHECK(submitted_within > submitted_across);
  CHECK(submitted_across > 0);
}

TEST_CASE("a school that the form names is the next one") {
  std::int64_t taken = 0, at_home = 0;
  SimulationWatch watch;
  watch.move = [&](const SimulatedMove& move, const OfficeTree&) {
    if (move.state != "receiving_school" || move.event != "approve") return;
    ++(move.office == move.school ? at_home : taken);
  };
  simulate(loaded(shipped_file("../tests/routes/transfer-r7.yaml")), Calendar{}, small_options(), watch);
  CHECK(taken > 0);
  CHECK(at_home == 0);
}

TEST_CASE("a variant within a county is opened by schools of one county") {
  std::int64_t submitted_within = 0, submitted_across = 0;
  SimulationWatch watch;
  watch.move = [&](const SimulatedMove& move, const OfficeTree&) {
    if (move.event != "submit") return;
    if (move.to == "sending_school") ++submitted_within;
    if (move.to == "receiving_authority") ++submitted_across;
  };
  const std::string variant =
      with(shipped_file("../tests/mutation/businesses/transfer-between-schools.yaml"), "version: 1\n",
           "variant: near\nversion: 1\napplies: {place: receiving, provinces: [\"440000\"], within: county}\n");
  const auto report = simulate(loaded(variant), Calendar{}, small_options(), watch);
  CHECK(report.definition == "transfer-between-schools (near)");
  CHECK(submitted_within > 0);
  CHECK(submitted_across == 0);
}

TEST_CASE("a choice goes each way alike, or as often as it was asked for, and nobody waits in it") {
  const auto ways_gone = [](const SimulationOptions& options) {
    std::map<std::string, int> gone;
    SimulationWatch watch;
    watch.move = [&](const SimulatedMove& move, const OfficeTree&) {
      if (move.state == "to_be_filed") ++gone[std::string(move.event) + " " + std::string(move.to)];
      REQUIRE((move.state != "which_office" || move.event == "chosen"));
    };
    simulate(shipped("../tests/routes/suspension-by-stage.yaml"), Calendar{}, options, watch);
    return gone;
  };
  auto options = small_options();
  const auto alike = ways_gone(options);
  REQUIRE(alike.contains("chosen completed"));
  CHECK(alike.size() == 1);  // a notice leads to the same end
  options.chosen = {{"which_office.1", 1}, {"which_office.2", 0.5}};
  CHECK_THROWS_AS(ways_gone(options), UnplayableSimulation);
  options.chosen = {{"which_office.2", 1}};
  CHECK(ways_gone(options).empty());
}
