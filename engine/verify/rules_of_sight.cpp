// A draft of another school is seen by that school and whoever stands above it, and the school that a draft names by
// neither it nor those above it: nobody else can be needed in it.
#include <fmt/format.h>

#include "engine/machine/decide.hpp"
#include "engine/verify/rules.hpp"

namespace xueji {
namespace {

/// Whether the opener's draft about the student is kept from the student's own school, as the machine keeps it.
bool is_kept_to_itself(const Definition& definition, const SubjectKind& kind) {
  return kind.opener && is_unfiled_draft(definition, kind.opener->office, kind.school);
}

bool sees_the_draft(const ActorExpression& actor, const SubjectKind& kind) {
  const auto post = kind.holder_of(actor);
  return !post || kind.offices.contains(post->office, kind.opener->office);
}

/// In which kinds that can begin the actor would have to see what is kept from them.
void check_sight(const Exploration& exploration, Ledger& ledger, const ActorExpression& actor, Position otherwise,
                 std::string_view does, std::string advice) {
  ledger.tried();
  for (Exploration::NodeId id = 0; id < exploration.nodes().size(); ++id) {
    const auto& node = exploration.nodes()[id];
    const SubjectKind& kind = exploration.kind_of(node);
    const bool named_later = actor.office.starts_from(named_school);
    const bool kept = is_kept_to_itself(exploration.definition(), kind) && !sees_the_draft(actor, kind);
    if (node.where.front() != 0 || (!kept && !named_later)) continue;
    return ledger.violated(
        "unseen-draft", actor.position.line ? actor.position : otherwise,
        named_later
            ? fmt::format("`{}` {}, and nobody knows who that is before the form is submitted", actor.source, does)
            : fmt::format("`{}` {}, and does not see another school's draft before it is submitted", actor.source,
                          does),
        std::move(advice), exploration.path_to(id));
  }
}

}  // namespace

void drafts_are_for_those_who_see_them(const Exploration& exploration, Ledger& ledger) {
  const State& draft = exploration.definition().states.front();
  const std::string name_another = "name a post at the office that opens it, or above that office";
  check_sight(exploration, ledger, draft.actor, draft.position, "holds the draft", name_another);
  for (const Action& action : draft.actions)
    if (action.by)
      check_sight(exploration, ledger, *action.by, action.position, fmt::format("may `{}` in the draft", action.key),
                  name_another +
                      "; or write the action in the states after the draft, one by one, instead of there or "
                      "under `anywhere`");
  if (!draft.deadline) return;
  if (draft.deadline->escalate)
    check_sight(exploration, ledger, *draft.deadline->escalate, draft.position, "takes over the overdue draft",
                name_another);
  if (draft.deadline->tell)
    check_sight(exploration, ledger, *draft.deadline->tell, draft.position, "is told of the overdue draft",
                name_another);
}

}  // namespace xueji
