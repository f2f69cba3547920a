// The arrows of a definition's picture: every way from one state to another.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/definition/definition.hpp"

namespace xueji {

/// How much an arrow matters to whoever reads the picture.
enum class Weight {
  main,    ///< on the main way
  other,   ///< leads on, elsewhere
  aside,   ///< ends undecided, stops a branch, or goes back
  choice,  ///< another state that `to: earlier` may name
};
std::string_view to_string(Weight weight);

struct Transition {
  std::string from;
  std::string event;  ///< an action's key, `clear`, `suspect`, `expire`, `elapsed`, `joined`, `chosen`, `otherwise`
  std::string to;     ///< a state, `join` or `stop`
  Text title;         ///< empty where the states say it all
  Weight weight = Weight::other;
  std::string default_to;  ///< of a choice: where the action leads when nothing is named
};

/// In the order of the states, choices included.
std::vector<Transition> transitions_of(const Definition& definition);

/// Whether a transition with that target goes back: to a state, no end, that is not after the one it leaves.
bool goes_back(const Definition& definition, const Transition& transition);

}  // namespace xueji
