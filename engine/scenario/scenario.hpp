// A scenario: a story about one definition, step by step, with what must come of it. Stands beside its definition in
// `KEY.STORY.scenario.yaml` and is run with the real decide() and a driven clock.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/authority/stage.hpp"
#include "engine/definition/definition.hpp"
#include "engine/machine/refusal.hpp"
#include "engine/registry/student.hpp"
#include "engine/scenario/person.hpp"

namespace xueji {

/// A moment: absolute in China, or so much after the moment of the step before.
struct Moment {
  std::optional<Instant> absolute;
  std::chrono::minutes later{0};
  int working_days_later = 0;
};

/// What must hold once a step is done; members left out are not looked at.
struct Expectation {
  std::optional<std::string> state;
  std::optional<std::vector<std::string>> branches;  ///< of a parallel state, in its order: a state, `join` or `stop`
  std::optional<std::vector<std::string>> informed;  ///< people told since the step before, beside the next queue
  std::optional<std::vector<std::string>> holders;   ///< whose queues hold it, `system` for the machine's
  std::optional<std::string> claimed_by;             ///< `nobody` or a person
  Position position;
};

struct ScenarioStep {
  std::optional<Moment> at;
  std::string who;   ///< a person; empty for a step of the machine or of waiting
  std::string does;  ///< `open`, `edit`, `claim`, `release` or an action
  bool submit = false;
  bool in_bulk = false;  ///< as one of several that are acted on at once
  std::optional<FieldValues> fields;
  std::map<std::string, FieldValues> each;  ///< of a batch, by the student's name, what is filled in for each
  std::optional<std::map<std::string, std::size_t>> evidence;  ///< how many of each kind
  std::string comment;
  std::string to;           ///< a state, or for `reassign` a person
  int subject = 0;          ///< of several students the one that is set aside, by its ordinal
  std::string state;        ///< of the branch that is meant, where several would do
  std::string opened_from;  ///< the business whose end opens this one, held by the post of `who`; empty for other steps
  bool finds_pair = false;  ///< the machine finds the two students, and opens the request where they are a pair
  /// Members of the record with their new values, which another business changes meanwhile; empty for other steps.
  std::map<std::string, std::string> record;
  std::string check;
  std::optional<CheckOutcome> answers;
  bool ends_wait = false;                  ///< the other request that it waits for ends, or could not be opened
  std::optional<Outcome> other_outcome{};  ///< nothing where it could not be opened
  std::string retires{};                   ///< the number that the other request has retired; empty for none
  std::optional<RefusalKind> refused;
  Expectation expect;
  Position position;
};

struct ScenarioEnd {
  std::map<std::string, std::string> student;                ///< members with their values
  std::vector<std::map<std::string, std::string>> students;  ///< likewise of several, in their order
  std::optional<std::vector<int>> set_aside;                 ///< the ordinals of those who are
  std::map<std::string, std::string> number_state;
  std::optional<std::vector<RegistryChange>> history;  ///< all changes of the registry, in order
  std::optional<std::string> outcome;                  ///< or `open`
  std::optional<std::string> opened;                   ///< the key of what its end opens, or `none`
  Position position;
};

/// What a story says of a school beside its name.
struct ScenarioSchool {
  std::vector<Stage> stages;  ///< in order; empty where it does not say
  SchoolSystem system = SchoolSystem::six_three;
};

struct Scenario {
  std::string file;
  Text title;
  std::vector<std::string> offices;          ///< names from the school upwards, without the ministry
  std::vector<std::string> other_offices{};  ///< of the other school likewise; offices of the same names are the same
  ScenarioSchool school{}, other_school{};
  Student student;                        ///< its school is set by the world; of several the first
  std::vector<Student> other_students{};  ///< of several those after the first; of a pair at the other school, if any
  bool other_business = false;            ///< the student has an open request of another business, all along
  std::map<std::string, std::vector<PersonWord>> people;  ///< those with a name of their own and all their posts
  std::vector<ScenarioStep> steps;
  ScenarioEnd then;
};

/// Never throws for bad input. Words are checked against the definition.
std::variant<Scenario, std::vector<Fault>> load_scenario(std::string_view yaml, const std::string& file,
                                                         const Definition& definition);

}  // namespace xueji
