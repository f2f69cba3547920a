// `xueji simulate` from its arguments to its reports.
#include <boost/json.hpp>

#include "cli/setup/console.hpp"
#include "cli/simulate_command.hpp"
#include "tests/catch.hpp"
#include "tests/unit/program/output.hpp"

using namespace xueji;
using namespace xueji::tests;

namespace {

SimulateArguments small() {
  SimulateArguments arguments;
  arguments.file = XUEJI_SOURCE_DIR "/workflows/key-information-change.yaml";
  arguments.calendar = XUEJI_SOURCE_DIR "/config/calendar.yaml";
  arguments.requests = 300;
  arguments.days = 30;
  arguments.schools = 20;
  return arguments;
}

std::string refused(void (*change)(SimulateArguments&)) {
  auto arguments = small();
  change(arguments);
  try {
    output_of([&] { return run_simulate(arguments); });
  } catch (const UsageError& error) {
    return error.what();
  }
  return "none";
}

}  // namespace

TEST_CASE("the table, the JSON and the picture tell of the same simulation") {
  const TemporaryFolder folder;
  auto arguments = small();
  arguments.plot = (folder.path / "plot.svg").string();
  arguments.language = "en";
  const auto table = output_of([&] { return run_simulate(arguments); });
  CHECK(table.status == exit_done);
  CHECK(table.errors == "");
  CHECK(table.out.starts_with(
      "key-information-change version 4: 关键信息变更 / Change of name or ID number\n30 days from "
      "2026-09-01 (22 working days), seed 1; 20 schools, "));
  CHECK(content_of(arguments.plot).find("Change of name or ID number") != std::string::npos);
  arguments.json = true;
  const auto document = boost::json::parse(output_of([&] { return run_simulate(arguments); }).out);
  CHECK(document.at("opened").as_int64() == 300);
  CHECK(document.at("states").as_array().size() == 7);
  CHECK(table.out.find(std::string(document.at("bottleneck").at("role").as_string())) != std::string::npos);
}

TEST_CASE("arguments that can't be read are wrong usage") {
  CHECK(refused([](SimulateArguments&) {}) == "none");
  CHECK(refused([](SimulateArguments& a) {
          a.officers = "clerk=1";
        }).starts_with("--officers: there is no role `clerk`"));
  CHECK(refused([](SimulateArguments& a) { a.minutes = "soon"; }) ==
        "--minutes: `soon` is no number from 0 to 10000; write it as registrar=2");
  CHECK(refused([](SimulateArguments& a) { a.from = "1 September"; }) ==
        "--from: `1 September` is no day; write it as 2026-09-01");
  CHECK(refused([](SimulateArguments& a) { a.chosen = {"head_review.return"}; }) ==
        "--chance: `head_review.return` is no share; write it as head_review.return=0.2");
  CHECK(refused([](SimulateArguments& a) { a.chosen = {"head_review.retrun=0.2"}; }) ==
        "nobody chooses `head_review.retrun`; did you mean `head_review.return`?");
  CHECK(refused([](SimulateArguments& a) { a.requests = 0; }) == "the requests must be from 1 to 10000000, not 0");
}
