// The world of the demonstration, as values: offices, people, students, requests under way, things to try. The same at
// every call; what follows the calendar (grades, birth dates) belongs to the school year 2026.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "engine/authority/office.hpp"
#include "engine/definition/definition.hpp"
#include "engine/ports/accounts.hpp"
#include "engine/registry/student.hpp"

namespace xueji::demo {

inline constexpr std::string_view password = "xueji-demo";
inline constexpr std::size_t students_wanted = 6000;

struct DemoAccount {
  Account account;  ///< without its hash
  std::vector<Post> posts;
};

/// What somebody does to the request of an example.
struct DemoAct {
  std::string account;
  std::string action;
  std::string comment{};
  std::string refused{};                ///< the slug with which it is refused; empty where it is done
  FieldValues fields{};                 ///< where the form is filled in anew
  std::vector<std::string> evidence{};  ///< kinds of which a file is attached in place of those that were
};

/// What has come of an example once everybody has acted.
struct DemoEnd {
  std::string outcome{};                         ///< of the request; empty where opening or an act is refused
  std::map<std::string, std::string> student{};  ///< members of the student, as the API names them
  OfficeId school{};                             ///< where the record is then; none where it has not moved
};

/// Something to try, with what will come of it.
struct DemoExample {
  std::string title;
  std::string workflow;
  StudentId student;
  FieldValues fields;
  std::string cause;                    ///< why the checks will find it suspect; empty where they find it clear
  std::string account{};                ///< who opens it
  std::vector<std::string> evidence{};  ///< kinds of which a file is attached
  std::string refused{};                ///< the slug with which opening is refused; empty where it is completed
  bool is_found = false;                ///< the student is of another school, and looked up first
  std::vector<DemoAct> way{};           ///< what people do to it one after the other, once it is filed
  DemoEnd then{};
  bool is_open = false;  ///< by the machine, about a pair whose first is `student`: nobody opens it
};

/// What somebody does to a request under way.
struct DemoStep {
  std::string
      action;  ///< of the definition, or `set_aside` (the last of them), `claim`, `unavailable`, `clear`, `suspect`
  std::string comment;
  double hours = 0;  ///< working hours apart from the step before
};

/// A request under way or ended: who opens it when, and what became of it.
struct DemoJourney {
  std::string workflow;
  StudentId student;
  FieldValues fields;
  int working_days_ago = 0;
  std::vector<DemoStep> steps;
  std::string cause;                  ///< of a `suspect` step
  std::vector<std::string> evidence;  ///< kinds of which a scan is attached
  std::vector<StudentId> students{};  ///< of several all; none where it is about one
  std::vector<FieldValues> each{};    ///< by their order what is filled in for each; empty where nothing is
  OfficeId asking{};                  ///< another school that asks for the student; none where it is the student's own
  bool by_machine = false;            ///< opened about a pair; the first `submit` fills in the form
};

struct DemoWorld {
  std::vector<Office> offices;
  std::vector<DemoAccount> accounts;
  std::vector<Student> students;
  std::vector<DemoExample> examples;
  std::vector<DemoJourney> journeys;
  std::map<std::string, std::string> population;  ///< ID number to name, as the national side knows them
};

DemoWorld make_demo_world();

/// Which account of the demonstration acts for that role at that office; null where there is none.
const DemoAccount* account_for(const DemoWorld& world, Role role, OfficeId office);

/// By its username, which is there.
const DemoAccount& account_of(const DemoWorld& world, std::string_view username);

}  // namespace xueji::demo
