// Where a request can stand, as keys alone: shared by the machine, which moves requests, and by the verifier, which
// explores where they can come to.
#pragma once
#include <compare>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/definition/definition.hpp"

namespace xueji {

struct StateConfiguration {
  std::string state;
  std::vector<std::string> branches;  ///< in a parallel state one for each branch: a state, `join` or `stop`
  auto operator<=>(const StateConfiguration&) const = default;
};

/// What came of a move. One that comes to the very state it was in has moved too, as a whole: all begins anew there.
struct Moved {
  StateConfiguration configuration;
  std::optional<std::size_t> branch;   ///< only that one moved; nothing where the whole request did
  std::vector<std::string> notices{};  ///< and choices, through which it came, in their order
  bool operator==(const Moved&) const = default;
};

/// What a definition leads to and what cannot be done. Its text names keys of the definition alone, and may be logged.
class ImpossibleMove : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// As a request begins.
StateConfiguration initial_configuration(const Definition& definition);

/// The states in which something can happen: the state itself, or those of the branches under way.
std::vector<std::string> active_states(const StateConfiguration& configuration);

/// Whether some office holds the state, for the subject at hand.
using IsHeld = std::function<bool(const State&)>;
/// For a subject of which every state is held.
bool held_everywhere(const State& state);

/// Where a move to `to` ends: what nobody holds is passed on to its `otherwise`, and a notice leads on; at a choice it
/// ends, and led_on() goes on. `notices` gains those that somebody is told of.
std::string passed_on(const Definition& definition, std::string to, const IsHeld& is_held,
                      std::vector<std::string>* notices = nullptr);

/// Where it stands after what happened in `from`, an active state, led to `to`: a state, `join` or `stop`. A branch
/// that goes on leaves the others alone; a state outside takes all branches away; a parallel state begins all of its
/// branches. Throws ImpossibleMove for words that the definition lacks, where branches are missing, where nothing says
/// what comes when too few can still join, and where joins lead on to each other for ever.
Moved led_to(const Definition& definition, StateConfiguration configuration, const std::string& from,
             const std::string& to, const IsHeld& is_held = held_everywhere);
/// As it stands on arrival in `state`, a state outside of branches. Throws as led_to().
StateConfiguration arrived_at(const Definition& definition, const std::string& state,
                              const IsHeld& is_held = held_everywhere, std::vector<std::string>* notices = nullptr);

/// Where it goes instead when the registry refuses the effect to which `to` leads from there: as the wait says that has
/// elapsed (`by_clock`), or the parallel state whose last branch ended. Null where neither is so, or nothing is said.
const State* refused_to(const Definition& definition, const State& from, const std::string& to, bool by_clock,
                        const IsHeld& is_held);

/// Whether `to: earlier` in `from` may name a state that stands before it: one that people hold or a whole parallel
/// state, and inside a branch only its own. For states, and for what is known of them while they are loaded.
template <class Known>
bool may_be_returned_to(const Known& earlier, const Known& from) {
  if (!earlier.parallel.empty() && (earlier.parallel != from.parallel || earlier.branch != from.branch)) return false;
  if (earlier.key == from.parallel) return false;
  const std::optional<StateKind> kind = earlier.kind;
  return kind && (waits_for_people(*kind) || kind == StateKind::parallel);
}

/// The states that `to: earlier` may name from there, nearest first: those before it that people hold, and whole
/// parallel states, and inside a branch only its own. `state` is one of the definition's.
std::vector<const State*> states_before(const Definition& definition, const State& state,
                                        const IsHeld& is_held = held_everywhere);
/// Their keys; none for a state that the definition lacks.
std::vector<std::string> earlier_states(const Definition& definition, std::string_view state,
                                        const IsHeld& is_held = held_everywhere);

}  // namespace xueji
