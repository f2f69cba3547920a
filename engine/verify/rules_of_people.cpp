// Every wait for people has an owner, a deadline and a way on.
#include <fmt/format.h>

#include <algorithm>

#include "engine/verify/rules.hpp"

namespace xueji {
namespace {

/// The reached states that wait for people, with the kinds of subject that come there and the nearest way.
std::map<const State*, std::map<std::size_t, Exploration::NodeId>> reached_waits(const Exploration& exploration) {
  std::map<const State*, std::map<std::size_t, Exploration::NodeId>> waits;
  for (Exploration::NodeId id = 0; id < exploration.nodes().size(); ++id)
    for (const State* state : exploration.active(exploration.nodes()[id]))
      if (waits_for_people(state->kind) || state->kind == StateKind::wait || state->kind == StateKind::request)
        waits[state].try_emplace(exploration.nodes()[id].kind, id);
  return waits;
}

/// The reached ends likewise.
std::map<const State*, std::map<std::size_t, Exploration::NodeId>> reached_ends(const Exploration& exploration) {
  std::map<const State*, std::map<std::size_t, Exploration::NodeId>> ends;
  for (Exploration::NodeId id = 0; id < exploration.nodes().size(); ++id)
    if (const auto& node = exploration.nodes()[id]; exploration.has_ended(node))
      ends[&exploration.state(node)].try_emplace(node.kind, id);
  return ends;
}

/// Where requests of each kind of subject begin.
std::map<std::size_t, Exploration::NodeId> first_nodes(const Exploration& exploration) {
  std::map<std::size_t, Exploration::NodeId> first;
  for (Exploration::NodeId id = 0; id < exploration.nodes().size(); ++id)
    first.try_emplace(exploration.nodes()[id].kind, id);
  return first;
}

/// What is wrong with the post for that kind of subject; empty for a post that exists.
std::string without_post(const ActorExpression& actor, const SubjectKind& kind) {
  const auto holder = kind.holder_of(actor);
  if (!holder) return fmt::format("`{}` is nobody for {}", actor.source, kind.name);
  if (!post_exists(holder->role, kind.level_of(*holder)))
    return fmt::format("`{}` is nobody: offices of level {} have no {}", actor.source,
                       to_string(kind.level_of(*holder)), to_string(holder->role));
  return {};
}

/// The kinds of subject of which somebody must be told by the notice, where their requests begin.
std::map<std::size_t, Exploration::NodeId> told_of(const Exploration& exploration, const State& notice) {
  auto kinds = first_nodes(exploration);
  std::erase_if(kinds, [&](const auto& kind) {
    return !notice.otherwise.empty() && !exploration.kinds()[kind.first].is_held()(notice);
  });
  return kinds;
}

struct Ownership {
  const Exploration& exploration;
  Ledger& ledger;

  void check(const ActorExpression& actor, Position otherwise,
             const std::map<std::size_t, Exploration::NodeId>& kinds) {
    ledger.tried();
    for (const auto& [kind, node] : kinds) {
      auto what = without_post(actor, exploration.kinds()[kind]);
      if (what.empty()) continue;
      ledger.violated("no-owner", actor.position.line ? actor.position : otherwise, std::move(what),
                      "name an office that every school has, like `authority of student.school`, with a role that it "
                      "has, or say `otherwise: STATE`",
                      exploration.path_to(node));
      return;
    }
  }
};

bool is_same_post_everywhere(const Exploration& exploration, const ActorExpression& one, const ActorExpression& other) {
  return std::all_of(exploration.kinds().begin(), exploration.kinds().end(), [&](const SubjectKind& kind) {
    return kind.holder_of(one) && kind.holder_of(one) == kind.holder_of(other);
  });
}

/// With what data a state was come to, whoever it was.
using StateWithData = std::pair<const State*, Known>;

/// For all data that can be there, whoever holds the state can do one of its actions.
void holders_can_act(const Exploration& exploration, Ledger& ledger) {
  Conditions& conditions = exploration.conditions();
  Logic& logic = conditions.logic();
  std::set<StateWithData> looked_at;
  for (Exploration::NodeId id = 0; id < exploration.nodes().size(); ++id) {
    const auto& node = exploration.nodes()[id];
    const Known& known = exploration.remembered(node).known;
    for (const State* state : exploration.active(node)) {
      if (!waits_for_people(state->kind) || !looked_at.emplace(state, known).second) continue;
      std::vector<Logic::Term> demands;
      for (const Action& action : state->actions)
        if (!action.by) demands.push_back(conditions.can_be_done(*state, action));
      const Logic::Term some = demands.empty() ? logic.always() : logic.any(demands);
      if (some == logic.always() || !conditions.has_data(conditions.holds(known), logic.no(some))) continue;
      const auto data = logic.example({conditions.holds(known), logic.no(some)}, some);
      ledger.violated("no-way-on", state->position,
                      fmt::format("{}nobody who holds `{}` can do anything in it",
                                  data.empty() ? "" : to_string(data) + " ", state->key),
                      "leave one action without `when`, or let the conditions of the actions cover all data",
                      exploration.path_to(id), data);
    }
  }
}

/// "reviewer at county decided already" of those whom separation of duties keeps away.
std::string why_nobody(const Exploration& exploration, const Exploration::Node& node, const State& state) {
  const SubjectKind& kind = exploration.kind_of(node);
  std::string posts;
  for (const Holder& post : deciding_posts(state, kind))
    posts += fmt::format("{}{} at {}", posts.empty() ? "" : ", ", to_string(post.role), to_string(kind.level_of(post)));
  return posts + (exploration.remembered(node).deciders.empty() ? " submitted it, or is nobody"
                                                                : " decided already in this round, or submitted it");
}

}  // namespace

void every_wait_has_an_owner(const Exploration& exploration, Ledger& ledger) {
  Ownership ownership{exploration, ledger};
  ownership.check(exploration.definition().opened_by, {1, 1}, first_nodes(exploration));
  for (const State& state : exploration.definition().states)
    if (state.kind == StateKind::notice) ownership.check(state.actor, state.position, told_of(exploration, state));
  for (const auto& [state, kinds] : reached_waits(exploration)) {
    if (waits_for_people(state->kind)) ownership.check(state->actor, state->position, kinds);
    for (const Action& action : state->actions)
      if (action.by) ownership.check(*action.by, action.position, kinds);
    if (!state->deadline || !state->deadline->escalate) continue;
    const ActorExpression& escalate = *state->deadline->escalate;
    if (!escalate.office.above) ownership.check(escalate, state->position, kinds);
    ledger.tried();
    if (is_same_post_everywhere(exploration, state->actor, escalate))
      ledger.violated("escalation-to-itself", escalate.position,
                      fmt::format("`{}` is escalated to those who hold it already", state->key),
                      "name another post, or remove `overdue`");
  }
}

void every_opening_has_an_owner(const Exploration& exploration, Ledger& ledger) {
  Ownership ownership{exploration, ledger};
  for (const auto& [state, kinds] : reached_waits(exploration)) {
    if (state->awaited) ownership.check(state->awaited->opening.by, state->position, kinds);
    if (state->awaited && state->deadline && state->deadline->tell)
      ownership.check(*state->deadline->tell, state->position, kinds);
  }
  for (const auto& [end, kinds] : reached_ends(exploration))
    for (const EffectCall& call : end->effects) {
      if (!call.opens) continue;
      ownership.check(call.opens->by, call.position, kinds);
      if (call.opens->inform) ownership.check(*call.opens->inform, call.position, kinds);
    }
}

void every_approval_has_a_deadline(const Exploration& exploration, Ledger& ledger) {
  for (const State& state : exploration.definition().states) {
    if (!waits_for_people(state.kind) || state.kind == StateKind::draft) continue;
    ledger.tried();
    if (!state.deadline)
      ledger.violated("no-deadline", state.position, fmt::format("`{}` may be left lying for ever", state.key),
                      "add `due: 10 working days`");
  }
}

void every_wait_has_a_way_on(const Exploration& exploration, Ledger& ledger) {
  for (const auto& [state, kinds] : reached_waits(exploration)) {
    if (!waits_for_people(state->kind)) continue;
    ledger.tried(2);
    if (std::all_of(state->actions.begin(), state->actions.end(), [](const Action& action) { return action.by; }))
      ledger.violated("no-way-on", state->position, fmt::format("those who hold `{}` can do nothing in it", state->key),
                      "give it an action without `by`");
  }
  holders_can_act(exploration, ledger);
}

void somebody_can_always_decide(const Exploration& exploration, Ledger& ledger) {
  // By state: those of schools under a county, of other schools, and of requests brought over.
  std::map<const State*, Occurrence> stuck, stuck_elsewhere, stuck_brought_over;
  for (Exploration::NodeId id = 0; id < exploration.nodes().size(); ++id) {
    const auto& node = exploration.nodes()[id];
    const SubjectKind& kind = exploration.kind_of(node);
    for (const State* state : exploration.active(node)) {
      if (!is_decided(state->kind)) continue;
      const auto posts = deciding_posts(*state, kind);
      const bool somebody = posts.empty() || std::any_of(posts.begin(), posts.end(), [&](const Holder& post) {
                              return !exploration.people(node.kind)
                                          .who_may_decide(*state, post, exploration.remembered(node).deciders)
                                          .empty();
                            });
      if (somebody) continue;
      auto& where = exploration.remembered(node).known.brought_over ? stuck_brought_over
                    : kind.is_run_by_county()                       ? stuck
                                                                    : stuck_elsewhere;
      note(where, *state, id, node.kind);
    }
  }
  ledger.tried(exploration.definition().states.size());
  const auto what = [&](const State& state, const Occurrence& where) {
    return fmt::format("nobody is left who may decide in `{}`{}: {}", state.key, for_whom(exploration, where),
                       why_nobody(exploration, exploration.nodes()[where.nearest], state));
  };
  const std::string advice =
      "let `overdue: {escalate: office above}` name others, take a state out of `different people`, or say under "
      "`staffing` how many people there are";
  for (const auto& [state, where] : stuck)
    ledger.violated("nobody-left", state->position, what(*state, where), advice, exploration.path_to(where.nearest));
  // Where a prefecture or a province runs the school one office does the work of two levels, and the one above it takes
  // over while the request runs.
  for (const auto& [state, where] : stuck_elsewhere)
    if (!stuck.contains(state))
      ledger.warned("nobody-left", state->position,
                    what(*state, where) +
                        "; while a request runs the office above takes over, and nobody does above the ministry",
                    advice);
  // What was decided under the older version cannot be undone by a better new one.
  for (const auto& [state, where] : stuck_brought_over)
    if (!stuck.contains(state) && !stuck_elsewhere.contains(state))
      ledger.warned("nobody-left", state->position,
                    "of requests of an older version, in the round under way, " + what(*state, where),
                    "map the state under `migrate` to one that others decide");
}

}  // namespace xueji
