#include "engine/verify/moves.hpp"

#include <algorithm>

#include "engine/definition/configuration.hpp"
#include "engine/machine/right.hpp"

namespace xueji {
namespace {

std::vector<std::string_view> targets_of(const std::vector<const State*>& earlier_ones, const Action& action) {
  std::vector<std::string_view> targets{action.to};
  if (!action.to_earlier) return targets;
  for (const State* earlier : earlier_ones)
    if (earlier->key != action.to) targets.push_back(earlier->key);
  return targets;
}

Move of_machine(const State& state, std::string_view event, std::string_view to, bool is_of_the_clock) {
  return {&state, event, {to}, nullptr, false, false, std::nullopt, {}, is_of_the_clock};
}

void add_moves_of(const Definition& definition, const SubjectKind& kind, const State& state, const Action& action,
                  const std::vector<const State*>& earlier_ones, std::vector<Move>& moves) {
  const ActorExpression& actor = action.by ? *action.by : state.actor;
  Move move{&state,
            action.key,
            targets_of(earlier_ones, action),
            &action,
            false,
            decides(definition, state, action),
            kind.holder_of(actor),
            actor.source,
            false};
  moves.push_back(move);
  if (action.by || !state.deadline || !state.deadline->escalate) return;
  const ActorExpression& above = *state.deadline->escalate;
  move.post = kind.holder_of(above);
  if ((above.office.above && !move.post) || move.post == moves.back().post) return;
  move.escalated = true;
  move.who = above.source;
  moves.push_back(std::move(move));
}

}  // namespace

std::vector<Move> moves_in(const Definition& definition, const State& state, const SubjectKind& kind) {
  std::vector<Move> moves;
  std::vector<const State*> earlier_ones;
  if (std::any_of(state.actions.begin(), state.actions.end(), [](const Action& action) { return action.to_earlier; }))
    earlier_ones = states_before(definition, state, kind.is_held());
  for (const Action& action : state.actions) add_moves_of(definition, kind, state, action, earlier_ones, moves);
  for (const auto& [outcome, to] : state.outcomes) moves.push_back(of_machine(state, to_string(outcome), to, false));
  if (state.wait) moves.push_back(of_machine(state, "elapsed", state.to, true));
  if (state.awaited) {
    for (const AwaitedWay& way : state.awaited->ways) moves.push_back(of_machine(state, way.event, way.to, false));
    moves.push_back(of_machine(state, not_opened_word, state.refused, false));
  }
  if (state.deadline && !state.deadline->expire_to.empty())
    moves.push_back(of_machine(state, "expire", state.deadline->expire_to, true));
  return moves;
}

std::vector<Holder> deciding_posts(const State& state, const SubjectKind& kind) {
  std::vector<Holder> posts;
  if (const auto holder = kind.holder_of(state.actor)) posts.push_back(*holder);
  if (state.deadline && state.deadline->escalate)
    if (const auto above = kind.holder_of(*state.deadline->escalate)) posts.push_back(*above);
  return posts;
}

}  // namespace xueji
