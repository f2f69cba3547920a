// What is remembered of a path, as far as some rule asks for it: the acts that still stand, what it has passed since it
// last left the draft, who decided in this round, and which conditions are known to hold.
//
// An act stands until the request comes again to its state or to a state before it; inside a parallel state only the
// acts of the branch that goes back are undone. Ends undo nothing.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/definition/configuration.hpp"
#include "engine/verify/conditions.hpp"
#include "engine/verify/moves.hpp"
#include "engine/verify/people.hpp"

namespace xueji {

/// One kind of act that some rule asks about. A decision that no sentence names is remembered without its event.
struct RememberedAct {
  const State* state = nullptr;
  std::string event;
  std::optional<Level> level{};  ///< of the office that acted, where a rule asks for it
  bool at_authority = false;     ///< it was the one that supervises the school
  auto operator<=>(const RememberedAct&) const = default;
};

/// Events of no author: somebody beside the initiator's post decided; a province or the ministry did; time alone led
/// on; a check found the ID number clear that is still the one in the form; an officer of the ministry decided about
/// the number that is still the one in the form.
inline constexpr std::string_view decision_event = "#decision", province_event = "#province", clock_event = "#clock",
                                  clear_event = "#clear", ministry_event = "#ministry";

using ActIds = std::vector<std::uint32_t>;  ///< sorted

struct Remembered {
  ActIds standing;
  ActIds passed;
  Deciders deciders;
  Known known;
  auto operator<=>(const Remembered&) const = default;
};

using MemoryId = std::uint32_t;

class Memory {
 public:
  /// What was done, or who did it: together there are as many abstract states as the product of both, and no rule asks
  /// for both.
  enum class Keeps { acts, people };

  /// All must outlive it; `people` one for each kind of subject.
  Memory(const Definition& definition, const std::vector<SubjectKind>& kinds, const std::vector<People>& people,
         Conditions& conditions, Keeps keeps, const Successor* successor = nullptr);

  MemoryId at_opening();
  /// What a request has behind it that comes over from an older version, whose `memory` it had.
  MemoryId brought_over(const Memory& older, MemoryId memory, std::size_t kind, const Successor& successor,
                        const StateConfiguration& where);
  /// After the move to that target, done by that person where separation of duties applies.
  MemoryId after(MemoryId before, std::size_t kind, const Move& move, std::string_view to, std::optional<Person> person,
                 const Moved& moved, const WaysTaken& ways);

  Keeps keeps() const { return keeps_; }
  const Remembered& operator[](MemoryId id) const { return *memories_[id]; }
  const RememberedAct& act(std::uint32_t id) const { return acts_[id]; }

 private:
  /// Of this definition's sentences and its successor's.
  void keep_acts(Remembered& remembered, std::size_t kind, const Move& move, std::string_view to, const Moved& moved);
  template <class Visit>
  bool any_pattern(const State& state, Visit visit) const;
  void look_for_what_effects_demand(const Definition& definition);
  MemoryId intern(Remembered remembered);
  std::uint32_t id_of(const RememberedAct& act);
  bool is_asked_for(const State& state, std::string_view event, Invariant::Form form) const;
  void remember_acts(Remembered& remembered, std::size_t kind, const Move& move, std::string_view to);
  void keep_earliest(ActIds& acts, const RememberedAct& act);
  void forget_what_was_about_other_values(ActIds& acts, const SubjectKind& kind, const Move& move) const;
  bool is_a_pick(std::size_t kind, const Move& move) const;
  const State* state_come_to(const Moved& moved) const;
  std::vector<const State*> active_of(const StateConfiguration& configuration) const;
  void undo(ActIds& acts, const State& arrived) const;
  void pass(ActIds& acts, const State& state, std::string_view event);

  const Definition& definition_;
  const std::vector<SubjectKind>& kinds_;
  const std::vector<People>& people_;
  Conditions& conditions_;
  const Keeps keeps_;
  const Successor* successor_;
  std::unordered_map<std::string_view, const State*> states_;
  bool levels_matter_ = false;
  bool has_effects_ = false, retires_numbers_ = false, gives_numbers_ = false, sets_id_numbers_ = false;
  /// Fields that decide which end or effect comes, or at which office: read by a choice or an effect's condition,
  /// directing an effect, or handed on to another business.
  std::set<std::string, std::less<>> directing_;
  std::vector<std::set<const State*>> picks_;  ///< by kind: states_where_the_filer_picks()
  std::set<const State*> later_by_others_;     ///< whose deciders must not decide again somewhere, and nothing says so
  std::vector<RememberedAct> acts_;
  std::map<RememberedAct, std::uint32_t> ids_;
  std::map<Remembered, MemoryId> known_;
  std::vector<const Remembered*> memories_;
};

}  // namespace xueji
