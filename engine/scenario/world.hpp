// The offices and people that a scenario implies: its school with all above it, another county with a school, another
// province with both, and an account for every person who is called.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "engine/machine/decide.hpp"
#include "engine/scenario/scenario.hpp"

namespace xueji {

class ScenarioWorld {
 public:
  explicit ScenarioWorld(const Scenario& scenario);

  const OfficeTree& offices() const { return offices_; }
  OfficeId school() const { return school_; }
  OfficeId other_school() const { return other_school_; }
  /// With the ids of the offices that the story calls by their names; another text stays as it is.
  FieldValues filled_in(const Definition& definition, FieldValues fields) const;
  /// The person of that word or name. Throws std::invalid_argument where this tree has no such office.
  const Caller& person(const std::string& word);
  /// How the author would call them; `system` for the machine.
  std::string word_of(const Holder& holder) const;
  std::string word_of(AccountId account) const;

 private:
  OfficeId office_of(const PersonWord& person) const;

  const Scenario& scenario_;
  OfficeTree offices_;
  OfficeId school_, other_school_;
  std::map<std::string, Caller> people_;
};

}  // namespace xueji
