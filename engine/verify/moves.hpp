// What can happen in a state: the moves of people, of checks and of time, as each kind of subject meets them.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "engine/definition/definition.hpp"
#include "engine/verify/subject_kinds.hpp"

namespace xueji {

/// Its words live as long as the definition.
struct Move {
  const State* state = nullptr;      ///< the active state in which it happens
  std::string_view event;            ///< an action, `clear`, `suspect`, `expire`, `elapsed`, how what it awaits ended
  std::vector<std::string_view> to;  ///< where it may lead: states, `join` or `stop`
  const Action* action = nullptr;    ///< of people; null for the machine's
  bool escalated = false;            ///< done by those to whom the state was escalated
  bool decides = false;              ///< separation of duties applies
  std::optional<Holder> post;        ///< whose people do it; nothing for the machine, and for no such post
  std::string_view who;              ///< the actor as the author wrote it; empty for the machine
  bool is_of_the_clock = false;      ///< time alone makes it
};

/// The moves in that state. Posts that do not exist for the kind are taken to exist.
std::vector<Move> moves_in(const Definition& definition, const State& state, const SubjectKind& kind);

/// The posts whose people may decide in the state: its holder's, and theirs to whom it is escalated.
std::vector<Holder> deciding_posts(const State& state, const SubjectKind& kind);

}  // namespace xueji
