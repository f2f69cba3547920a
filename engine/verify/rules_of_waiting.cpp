// What may lie for ever without anybody being told: warnings, for people may want it so.
#include <fmt/format.h>

#include "engine/verify/rules.hpp"

namespace xueji {
namespace {

bool says_what_comes(const Deadline& deadline) {
  return deadline.escalate || deadline.tell || !deadline.expire_to.empty();
}

/// Whether a draft keeps the student from other business.
bool draft_locks(const Definition& definition) {
  return definition.lock != Lock::none && definition.lock != Lock::from_submission;
}

bool ends_by_itself(const State& draft) { return draft.deadline && !draft.deadline->expire_to.empty(); }

}  // namespace

void what_waits_is_told_or_ends(const Definition& definition, Ledger& ledger) {
  for (const State& state : definition.states) {
    if (state.deadline && !says_what_comes(*state.deadline))
      ledger.warned(
          "due-without-overdue", state.position,
          fmt::format("once `{}` is overdue nobody is told and nothing follows", state.key),
          "say what comes then: `overdue: {escalate: office above}`, `{tell: ROLE at OFFICE}` or `{expire: END}`");
    // What the machine has opened is somebody's work, who is reminded of it, and not a form that a person forgot.
    const bool is_given = definition.opened_on && state.deadline && says_what_comes(*state.deadline);
    if (state.kind == StateKind::draft && !ends_by_itself(state) && !is_given)
      ledger.warned("draft-without-end", state.position,
                    fmt::format("nothing ever ends a draft in `{}` that nobody touches{}", state.key,
                                draft_locks(definition) ? ", and it keeps the student from other business" : ""),
                    "let it end by itself: `due: 60 working days` and `overdue: {expire: END}`");
  }
}

}  // namespace xueji
