// The rules of the verifier: each looks at everything that was explored and tells what it found to a ledger.
#pragma once
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/verify/exploration.hpp"

namespace xueji {

/// What was tried and what did not hold; a fault of one rule at one place is kept once, with the shortest path.
class Ledger {
 public:
  explicit Ledger(std::string file) : file_(std::move(file)) {}
  void tried(std::size_t properties = 1) { properties_ += properties; }
  void violated(std::string_view rule, Position position, std::string what, std::string advice,
                std::vector<PathStep> path = {}, Data data = {});
  void warned(std::string_view rule, Position position, std::string what, std::string advice);
  std::size_t violations() const { return violations_.size(); }  ///< so far
  /// In the order of the file.
  Verification take(std::size_t states) &&;

 private:
  std::string file_;
  std::size_t properties_ = 0;
  void add(std::vector<Violation>& to, Violation violation);
  std::vector<Violation> violations_, warnings_;
};

/// Where something is so: the nearest abstract state and for which kinds of subject.
struct Occurrence {
  Exploration::NodeId nearest = 0;
  std::set<std::size_t> kinds;
};

/// "", or " for a school directly under its province" where it is so for some kinds only.
std::string for_whom(const Exploration& exploration, const Occurrence& occurrence);
/// Adds the node; nodes are to come in the order of the exploration.
void note(std::map<const State*, Occurrence>& occurrences, const State& state, Exploration::NodeId id,
          std::size_t kind);
// rules_of_ways.cpp
void every_state_is_reached(const Exploration& exploration, Ledger& ledger);
void every_way_ends(const Exploration& exploration, Ledger& ledger);
void no_machine_spins(const Exploration& exploration, Ledger& ledger);
/// By node: whether one of these ends can be reached, whatever data can be there.
std::vector<bool> nodes_that_lead_to(const Exploration& exploration,
                                     const std::function<bool(const State& end)>& is_wanted);

// rules_of_people.cpp; somebody_can_always_decide() asks an exploration that keeps people
void every_wait_has_an_owner(const Exploration& exploration, Ledger& ledger);
void every_opening_has_an_owner(const Exploration& exploration, Ledger& ledger);
void every_approval_has_a_deadline(const Exploration& exploration, Ledger& ledger);
void every_wait_has_a_way_on(const Exploration& exploration, Ledger& ledger);
void somebody_can_always_decide(const Exploration& exploration, Ledger& ledger);

// rules_of_sight.cpp
void drafts_are_for_those_who_see_them(const Exploration& exploration, Ledger& ledger);

// rules_of_separation.cpp
void nobody_decides_their_own(const Exploration& exploration, Ledger& ledger);
/// Asks an exploration that keeps people.
void no_post_decides_what_it_submitted(const Exploration& exploration, Ledger& ledger);
void no_person_at_two_levels(const Exploration& exploration, Ledger& ledger);

// rules_of_branches.cpp
void every_fork_joins(const Exploration& exploration, Ledger& ledger);
void no_branch_acts_when_gone(const Exploration& exploration, Ledger& ledger);

// rules_of_effects.cpp
void effects_come_once_and_to_good_ends(const Exploration& exploration, Ledger& ledger);
void effects_have_what_they_need(const Exploration& exploration, Ledger& ledger);

// rules_of_decisions.cpp
void no_effect_is_silent(const Exploration& exploration, Ledger& ledger);

// rules_of_registry.cpp
void effects_keep_the_registry_sound(const Exploration& exploration, Ledger& ledger);

// rules_of_refusals.cpp
void refusals_of_the_registry_lead_on(const Exploration& exploration, Ledger& ledger);

// rules_of_guards.cpp
void guards_can_hold(const Exploration& exploration, Ledger& ledger);
void guards_read_what_is_there(const Exploration& exploration, Ledger& ledger);

// rules_of_texts.cpp
void texts_are_in_their_language(const Definition& definition, Ledger& ledger);

// rules_of_windows.cpp
void windows_are_national(const Definition& definition, const Calendar& calendar, Ledger& ledger);

// rules_of_locks.cpp
void unlocked_requests_change_little(const Definition& definition, Ledger& ledger);

// rules_of_waiting.cpp
void what_waits_is_told_or_ends(const Definition& definition, Ledger& ledger);

// rules_of_invariants.cpp
void what_must_always_hold(const Exploration& exploration, Ledger& ledger);
/// Asks an exploration that keeps people.
void what_must_always_be_possible(const Exploration& exploration, Ledger& ledger);

}  // namespace xueji
