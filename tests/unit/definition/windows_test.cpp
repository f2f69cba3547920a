#include "engine/definition/windows.hpp"
#include "tests/catch.hpp"

namespace xueji {
namespace {

Definition with_window(const std::string& name) {
  Definition definition;
  definition.file = "transfer.yaml";
  definition.window = name;
  return definition;
}

TEST_CASE("a definition's window must be in the calendar") {
  Calendar calendar;
  calendar.windows["transfer"] = Window{"transfer", {}, {}};

  CHECK(unknown_windows(with_window(""), calendar).empty());
  CHECK(unknown_windows(with_window("transfer"), calendar).empty());

  const auto misspelt = unknown_windows(with_window("transfers"), calendar);
  REQUIRE(misspelt.size() == 1);
  CHECK(misspelt.front().what == "the calendar has no window `transfers`");
  CHECK(misspelt.front().advice == "did you mean `transfer`?");

  const auto foreign = unknown_windows(with_window("promotion-of-graduates"), calendar);
  REQUIRE(foreign.size() == 1);
  CHECK(foreign.front().advice == "add it to the calendar's windows");
}

TEST_CASE("a window that a state waits for must be in the calendar") {
  Definition definition = with_window("");
  State state;
  state.key = "until_open";
  state.position = {7, 3};
  state.wait = WaitMoment{WaitMoment::Kind::window_opens, "transfer", 0, "window transfer opens"};
  definition.states.push_back(state);
  const auto faults = unknown_windows(definition, Calendar{});
  REQUIRE(faults.size() == 1);
  CHECK(faults.front().to_string() ==
        "transfer.yaml:7:3: error: the calendar has no window `transfer`; add it to the calendar's windows");
}

}  // namespace
}  // namespace xueji
