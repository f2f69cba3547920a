#include "tests/unit/definition/small_definition.hpp"

using namespace xueji;

namespace {

const std::string closing = "close: {on: window graduating-work closes, when: student.graduating, to: expired}";

std::string suspension_with(const std::string& what) { return with(shipped_file("suspension.yaml"), closing, what); }

}  // namespace

TEST_CASE("what ends when a window closes is read") {
  const Definition definition = loaded(shipped_file("suspension.yaml"));
  REQUIRE(definition.closing);
  CHECK(definition.closing->window == "graduating-work");
  CHECK(definition.closing->when);
  CHECK(definition.closing->to == "expired");
  CHECK_FALSE(loaded(suspension_with("close: {on: window transfer closes, to: expired}")).closing->when);
}

TEST_CASE("what is wrong with `close` is told where it stands") {
  const auto [what, fault] = GENERATE(table<std::string, std::string>({
      {"close: {on: window transfer opens, to: expired}",
       "error: unfinished requests are ended when a window closes; write `on: window graduating-work closes`"},
      {"close: {on: 5 working days, to: expired}", "error: unfinished requests are ended when a window closes"},
      {"close: {on: the summer, to: expired}", "error: `the summer` is no moment to wait for"},
      {"close: {to: expired}", "error: "},
      {"close: {on: window transfer closes}", "error: "},
      {"close: {on: window transfer closes, to: nowhere}", "error: there is no state `nowhere`"},
      {"close: {on: window transfer closes, to: head_review}",
       "error: `head_review` is no end to which unfinished requests can be closed; name a state with `end: cancelled` "
       "or `end: expired`, and without effects"},
      {"close: {on: window transfer closes, to: completed}",
       "error: the calendar ends requests in `completed` wherever they stand; name another state"},
      {"close: {on: window transfer closes, to: rejected}", "error: `rejected` is no end to which"},
      {"close: {on: window transfer closes, when: reason == \"x\", to: expired}", "error: "},
      {"close: {on: window transfer closes, to: expired, told: head}", "has no key `told`"},
  }));
  CAPTURE(what);
  const std::string faults = faults_of(suspension_with(what));
  INFO(faults);
  CHECK(faults.find(fault) != std::string::npos);
}

TEST_CASE("format 1 closes nothing") {
  CHECK(faults_of(with(small_definition, "always:\n", closing + "\nalways:\n")).find("format: 2") != std::string::npos);
}

TEST_CASE("a case is not closed") {
  const std::string faults = faults_of(with(shipped_file("problem-status.yaml"), "always:\n",
                                            "close: {on: window transfer closes, to: cancelled}\nalways:\n"));
  INFO(faults);
  CHECK(faults.find("only a request about one student is ended when a window closes") != std::string::npos);
}
