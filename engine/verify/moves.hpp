// What can happen in a state: the moves of people, of checks and of time, as each kind of subject meets them.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "engine/definition/definition.hpp"
#include "engine/verify/subject_kinds.hpp"

namespace xueji {

struct Move {
  std::string state;               ///< the active state in which it happens
  std::string event;               ///< an action, `clear`, `suspect`, `expire`, `elapsed`
  std::string to;                  ///< a state, `join` or `stop`
  const Action* action = nullptr;  ///< of people; null for the machine's
  bool escalated = false;          ///< done by those to whom the state was escalated
  bool certain = true;             ///< no rule of the action's `when` can refuse it
  std::string who;                 ///< the actor as the author wrote it; empty for the machine
};

/// Actions whose rules no subject and no form can ever meet. They are faults of their own, and are then explored as if
/// they could be done, so that one fault does not hide the others behind it.
std::set<const Action*> impossible_actions(const Definition& definition, const std::vector<SubjectKind>& kinds);

/// The moves in that state; `impossible` as above. Posts that do not exist for the kind are taken to exist.
std::vector<Move> moves_in(const Definition& definition, const State& state, const SubjectKind& kind,
                           const std::set<const Action*>& impossible);

/// Whether the action ends the request undecided, `withdrawn` or `cancelled`.
bool is_taken_back(const Definition& definition, const Move& move);

}  // namespace xueji
