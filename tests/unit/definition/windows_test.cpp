#include "engine/definition/windows.hpp"

#include "tests/unit/definition/small_definition.hpp"

namespace xueji {
namespace {

Definition with_window(const std::string& name) {
  Definition definition;
  definition.file = "transfer.yaml";
  if (!name.empty()) definition.windows = {{name}};
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

std::string opened_within(const std::string& window, const std::string& format = "format: 2") {
  return with(with(small_definition, "format: 1", format), "open:\n  by: registrar at student.school",
              "open:\n  by: registrar at student.school\n  window: " + window);
}

TEST_CASE("several windows count together, and those with a condition only where it holds") {
  using std::chrono::August, std::chrono::July;
  const Definition definition = loaded(opened_within("[transfer, {name: graduating, when: student.graduating}]"));
  REQUIRE(definition.windows.size() == 2);
  CHECK((definition.windows[0].name == "transfer" && !definition.windows[0].when));
  CHECK(definition.windows[1].when->paths() == std::vector<std::string>{"student.graduating"});
  Calendar calendar;
  calendar.windows["transfer"] = {"transfer", {{August / 15, July / 15}}, {"暂停转学", "No transfers"}};
  calendar.windows["graduating"] = {"graduating", {{August / 20, July / 1}}, {"毕业年级暂停", "Not the last grade"}};
  const auto answer = [&](const char* moment, std::optional<bool> graduating) {
    const Instant now = *parse_rfc3339(std::string(moment) + "+08:00");
    if (!graduating) return window_of(definition, calendar, now);
    return window_of(definition, calendar, now, [=](std::string_view) { return GuardValue{*graduating}; });
  };
  CHECK(answer("2027-06-30T23:59:59", true).open);
  CHECK(answer("2027-06-30T23:59:59", true).until == parse_rfc3339("2027-07-01T00:00:00+08:00"));
  CHECK(answer("2027-06-30T23:59:59", false).until == parse_rfc3339("2027-07-15T00:00:00+08:00"));
  CHECK_FALSE(answer("2027-07-01T00:00:00", true).open);
  CHECK(answer("2027-07-01T00:00:00", false).open);
  CHECK(answer("2027-07-01T00:00:00", std::nullopt).open);
  const auto both = answer("2027-07-15T00:00:00", true);
  CHECK_FALSE(both.open);
  CHECK(both.from == parse_rfc3339("2027-08-20T00:00:00+08:00"));
  CHECK(both.reason == Text{"暂停转学；毕业年级暂停", "No transfers; Not the last grade"});
  CHECK(answer("2027-07-15T00:00:00", false).from == parse_rfc3339("2027-08-15T00:00:00+08:00"));
  CHECK(loaded(opened_within("{name: graduating, when: student.graduating}")).windows.size() == 1);
  CHECK(loaded(opened_within("transfer", "format: 1")).windows.size() == 1);
}

TEST_CASE("what is wrong with windows is told where it stands") {
  const auto first = [](const std::string& window, const std::string& format = "format: 2") {
    const std::string faults = faults_of(opened_within(window, format));
    return faults.substr(0, faults.find('\n'));
  };
  CHECK(first("[transfer]", "format: 1") ==
        "w.yaml:9:11: error: several windows, and windows with a condition, belong to format 2; write `format: 2`");
  CHECK(first("[{name: graduating}]").find("a window needs `when`; say for whom it counts") != std::string::npos);
  CHECK(first("[{name: graduating, when: student.graduatin}]")
            .find("there is no field `student.graduatin` here; did you mean `student.graduating`?") !=
        std::string::npos);
  CHECK(first("[a, b, c, d, e, f, g, h, i]") == "w.yaml:9:11: error: a business has at most 8 windows; leave some out");
}

}  // namespace
}  // namespace xueji
