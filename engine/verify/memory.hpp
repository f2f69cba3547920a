// What is remembered of a path: the acts that still stand, and what it has passed since it last left the draft.
//
// An act stands until the request comes again to its state or to a state before it; inside a parallel state only the
// acts of the branch that goes back are undone. Ends undo nothing.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/definition/configuration.hpp"
#include "engine/verify/moves.hpp"

namespace xueji {

/// One kind of act that some rule asks about. A decision that no sentence names is remembered without its event.
struct RememberedAct {
  const State* state = nullptr;
  std::string event;
  bool escalated = false;
  auto operator<=>(const RememberedAct&) const = default;
};

using ActIds = std::vector<std::uint32_t>;  ///< sorted

struct Remembered {
  ActIds standing;
  ActIds passed;
  auto operator<=>(const Remembered&) const = default;
};

class Memory {
 public:
  explicit Memory(const Definition& definition);

  /// After the move from one configuration to the other.
  Remembered after(Remembered remembered, const Move& move, const StateConfiguration& before,
                   const StateConfiguration& after);
  const RememberedAct& act(std::uint32_t id) const { return acts_[id]; }

 private:
  std::uint32_t id_of(const RememberedAct& act);
  bool is_asked_for(const State& state, const std::string& event, Invariant::Form form) const;
  void undo(ActIds& acts, const State& arrived) const;
  void pass(ActIds& acts, const State& state, const std::string& event);

  const Definition& definition_;
  bool levels_matter_ = false;
  std::vector<RememberedAct> acts_;
  std::map<RememberedAct, std::uint32_t> ids_;
};

/// The state that was come to by a move; null where a branch only ended.
const State* state_come_to(const Definition& definition, const Move& move, const StateConfiguration& before,
                           const StateConfiguration& after);

}  // namespace xueji
