// Registration, work and notice: what may stand in them, told with place and advice.
#include "tests/unit/definition/small_definition.hpp"

using namespace xueji;

namespace {

const std::string approval = "    approval: reviewer at authority of student.school\n";

std::string of_format_two() { return with(small_definition, "format: 1", "format: 2"); }

/// With the reviewer's state of that kind.
std::string reviewed_in(const std::string& kind) {
  return with(of_format_two(), approval, "    " + kind + ": reviewer at authority of student.school\n");
}

/// With a notice between the check and the end.
std::string with_notice(const std::string& body) {
  return with(with(of_format_two(), "{clear: {to: completed}", "{clear: {to: told}"),
              "  completed:", "  told: {title: {zh: 备案, en: Told}, " + body + "}\n  completed:");
}

void check_fault(const std::string& text, const std::string& fault) {
  INFO(faults_of(text));
  CHECK(faults_of(text).find(fault) != std::string::npos);
}

}  // namespace

TEST_CASE("who registers records or returns, and never rejects") {
  check_fault(reviewed_in("registration"),
              "`review` is a registration, and `reject` rejects in it; let it return the request, or make the state an "
              "approval");
  const std::string without_rejection =
      with(reviewed_in("registration"), "      reject: {to: rejected, comment: required}\n", "");
  CHECK(faults_of(without_rejection).empty());
}

TEST_CASE("who works rejects nothing either, and different people need not work") {
  check_fault(reviewed_in("work"), "`review` is a state of work, and `reject` rejects in it");
  const std::string work = with(reviewed_in("work"), "      reject: {to: rejected, comment: required}\n", "");
  CHECK(faults_of(work).empty());
  check_fault(with(work, "  - decides: nobody their own submission\n", "  - different people: [review, draft]\n"),
              "in `review` no officer decides; name approvals or registrations");
}

TEST_CASE("a notice leads on, to a later state, and waits for nobody") {
  CHECK(faults_of(with_notice("notice: reviewer at authority of student.school, to: completed")).empty());
  check_fault(with_notice("notice: reviewer at authority of student.school, to: review"),
              "`review` does not come after `told`; name a later state: a notice only leads on");
  check_fault(with_notice("notice: reviewer at authority of student.school"), "name the state in which it goes on");
  check_fault(with_notice("notice: reviewer at authority of student.school, to: completed, due: 5 working days"),
              "a notice has no key `due`");
  check_fault(with_notice("notice: reviewer at province of student.school, when: has(student.name), otherwise: "
                          "completed, to: completed"),
              "`student.name`");
  check_fault(with_notice("notice: reviewer at authority of student.school, to: rejected"),
              "the notice `told` leads to `rejected`, which completes nothing; lead there without a notice, and tell "
              "others by `inform`");
  check_fault(with_notice("notice: reviewer at prefecture of student.school, to: completed, otherwise: withdrawn"),
              "the notice `told` leads to `withdrawn`");
}

TEST_CASE("no sentence of `always` is about a notice, in which no request stands") {
  const std::string told = with_notice("notice: reviewer at authority of student.school, to: completed");
  for (const std::string sentence : {"told only after review.approve", "every path to told passes review.approve"})
    check_fault(with(told, "  - every request ends\n", "  - every request ends\n  - " + sentence + "\n"),
                "no request stands in `told`, which is a notice");
  CHECK(faults_of(with(told, "  - every request ends\n", "  - every path to completed passes told\n")).empty());
}

TEST_CASE("the new kinds belong to format 2") {
  for (const std::string kind : {"registration", "work"})
    check_fault(with(reviewed_in(kind), "format: 2", "format: 1"), "`" + kind + "` belongs to format 2");
}

TEST_CASE("what comes where the registry refuses an effect is looked at through notices and passed states") {
  const auto waiting = [](const std::string& to, const std::string& refused, const std::string& more = {}) {
    return with(with(of_format_two(), "{clear: {to: completed}", "{clear: {to: waiting}"), "  completed:",
                "  waiting: {title: {zh: 等待, en: Wait}, wait: 5 working days, to: " + to + ", refused: " + refused +
                    "}\n  told: {title: {zh: 备案, en: Told}, notice: reviewer at authority of student.school, to: "
                    "completed}\n" +
                    more + "  completed:");
  };
  CHECK(faults_of(waiting("told", "review")).empty());
  check_fault(waiting("completed", "told"), "`told` would complete what was refused");
  check_fault(
      waiting("told", "above",
              "  above: {title: {zh: 市级, en: Above}, approval: reviewer at prefecture of student.school, due: "
              "5 working days, otherwise: completed, actions: {approve: {to: rejected}}}\n"),
      "`above` would complete what was refused");
}
