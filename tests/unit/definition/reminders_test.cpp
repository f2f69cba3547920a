#include "tests/unit/definition/small_definition.hpp"

using namespace xueji;

namespace {

const std::string first_reminder =
    "{of: student.status_until, before: 15 working days, to: registrar at student.school}";

std::string suspension_with(const std::string& from, const std::string& to) {
  return with(shipped_file("suspension.yaml"), from, to);
}

}  // namespace

TEST_CASE("reminders are read, the earliest first") {
  const Definition definition = loaded(shipped_file("suspension.yaml"));
  REQUIRE(definition.reminders.size() == 2);
  CHECK(definition.reminders[0].member == "status_until");
  CHECK(definition.reminders[0].working_days == 15);
  CHECK(definition.reminders[0].to.source == "registrar at student.school");
  CHECK(definition.reminders[1].working_days == 0);
  const Definition turned = loaded(suspension_with(first_reminder,
                                                   "{of: student.status_until, before: 0 working days, to: head at "
                                                   "student.school}\n  - " +
                                                       first_reminder));
  REQUIRE(turned.reminders.size() == 3);
  CHECK(turned.reminders[0].working_days == 15);
  CHECK(turned.reminders[1].to.role == Role::head);
}

TEST_CASE("what is wrong with a reminder is told where it stands") {
  const auto [to, fault] = GENERATE(table<std::string, std::string>({
      {"{of: student.status_untl, before: 15 working days, to: registrar at student.school}",
       "117:10: error: `student.status_untl` is no member of a record; did you mean `student.status_until`?"},
      {"{of: student.status, before: 15 working days, to: registrar at student.school}",
       "117:10: error: `student.status` is no date; name one of: student.birth_date, student.status_until"},
      {"{of: student.birth_date, before: 15 working days, to: registrar at student.school}",
       "118:10: error: all reminders of a business are of one date; write `of: student.birth_date`, as above"},
      {"{of: student.status_until, before: 251 working days, to: registrar at student.school}",
       "117:40: error: `251 working days` is no number of working days; write it like `5 working days`, from 0 to 250"},
      {"{of: student.status_until, before: 15 working days, to: nobody at student.school}",
       "117:61: error: there is no role `nobody`"},
      {"{of: student.status_until, before: 15 working days}", "117:5: error: "},
      {"{of: student.status_until, before: 0 working days, to: registrar at student.school}",
       "118:5: error: this reminder stands here a second time; keep one of the two"},
      {"{of: student.status_until, after: 1 working days, to: registrar at student.school}", "has no key `after`"},
  }));
  CAPTURE(to);
  const std::string faults = faults_of(suspension_with(first_reminder, to));
  INFO(faults);
  CHECK(faults.find(fault) != std::string::npos);
}

TEST_CASE("a reminder of a date that no completed end sets is a fault, and so is one in format 1") {
  CHECK(faults_of(suspension_with("{student.status: suspended, student.status_until: field until}",
                                  "{student.status: suspended}"))
            .find("117:5: error: no completed end sets `student.status_until`, so nobody would be reminded; let one "
                  "`set: {student.status_until: field KEY}`") != std::string::npos);
  CHECK(faults_of(with(small_definition, "always:\n", "remind:\n  - " + first_reminder + "\nalways:\n"))
            .find("error: `remind` belongs to format 2; write `format: 2` at the top") != std::string::npos);
}

TEST_CASE("a request about several students reminds of nothing") {
  const std::string yaml =
      with(shipped_file("class-change.yaml"), "always:\n", "remind:\n  - " + first_reminder + "\n\nalways:\n");
  CHECK(faults_of(yaml).find("a request about several students leaves no one date to remind of") != std::string::npos);
}
