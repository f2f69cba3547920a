// A definition made ready to be played by certain offices: who holds which state for which school, and what comes of
// it.
#pragma once
#include "engine/machine/places.hpp"
#include "engine/simulation/configuration_table.hpp"
#include "engine/simulation/post_queue.hpp"
#include "engine/simulation/simulation.hpp"

namespace xueji {

inline constexpr std::uint32_t no_post = 0xFFFF'FFFF;
inline constexpr std::size_t no_column = 0xFFFF;

struct PlayedAction {
  const Action* action = nullptr;
  StateNumber to = no_state;
  double up_to = 0;
};

struct PlayedState {
  const State* state = nullptr;
  std::vector<PlayedAction> actions;
  PlayedAction taking_back;  ///< its action is null where nobody can
  StateNumber clear = no_state, suspect = no_state;
  double suspect_share = 0;
  StateNumber expire_to = no_state;
  StateNumber elapsed_to = no_state;      ///< of a wait
  std::vector<StateNumber> endings;       ///< of what waits for another request, by its ways
  std::vector<double> endings_up_to;      ///< the share of each with those before it
  std::vector<StateNumber> ways;          ///< of a choice
  std::vector<double> ways_up_to;         ///< the share of each with those before it
  std::size_t column = no_column;         ///< in which the request keeps who decided it
  std::vector<std::size_t> separated_of;  ///< columns of those who may not decide it
};

class Posts;

struct Playbook {
  /// Throws UnplayableSimulation where no school of these offices has all the offices that the definition needs.
  Playbook(const Definition& definition, const SimulationOptions& options, const SimulatedOffices& offices);

  std::uint32_t post_of(std::uint32_t school, StateNumber state) const { return posts_of_[cell(school, state)]; }
  std::uint32_t escalation_of(std::uint32_t school, StateNumber state) const {
    return escalations_[cell(school, state)];
  }

  /// Which states the offices above the school hold: position in `held`, of which there are as many as kinds of
  /// schools.
  std::size_t kind_of(std::uint32_t school) const { return kinds_[school]; }

  static constexpr std::size_t opener_column = 0, submitter_column = 1, first_state_column = 2;
  std::vector<PlayedState> states;
  std::vector<PostQueue> posts;
  std::vector<std::uint32_t> schools;  ///< that have all the offices: positions in SimulatedOffices::schools
  std::size_t columns = first_state_column;
  std::vector<std::vector<bool>> held;  ///< by kind of school and number of state

 private:
  std::size_t cell(std::uint32_t school, StateNumber state) const {
    return std::size_t{school} * states.size() + state;
  }

  /// Fills in the posts of a school; gives a state that must be held and is not, or null.
  const State* staff(std::uint32_t school, const Places& places, const Definition& definition, const OfficeTree& tree,
                     Posts& numbered);

  std::vector<std::size_t> kinds_;                     ///< by school
  std::vector<std::uint32_t> posts_of_, escalations_;  ///< by school and state
};

}  // namespace xueji
