// Separation of duties on every path: nobody decides their own submission, no person at two levels, and two officers
// where the work goes from one to the other.
#include <fmt/format.h>

#include <algorithm>

#include "engine/verify/rules.hpp"

namespace xueji {
namespace {

/// Decided somewhere, and the decision stands while the request is in the state.
std::set<const State*> decided_before(const Exploration& exploration, const Exploration::Node& node, const State& now) {
  std::set<const State*> decided;
  for (const auto id : exploration.remembered(node).standing)
    if (const State* state = exploration.act(id).state; is_decided(state->kind) && state != &now) decided.insert(state);
  return decided;
}

bool only_submitters_hold(const SubjectKind& kind, const State& draft, const State& state) {
  const auto holder = kind.holder_of(state.actor);
  if (!holder || (holder != kind.holder_of(draft.actor) && holder != kind.opener)) return false;
  const auto escalated =
      state.deadline && state.deadline->escalate ? kind.holder_of(*state.deadline->escalate) : std::nullopt;
  return !escalated || escalated == holder;
}

}  // namespace

void nobody_decides_their_own(const Exploration& exploration, Ledger& ledger) {
  const Definition& definition = exploration.definition();
  std::map<const State*, Occurrence> decisions, own;
  for (Exploration::NodeId id = 0; id < exploration.nodes().size(); ++id) {
    const auto& node = exploration.nodes()[id];
    for (const State* state : exploration.active(node)) {
      if (!is_decided(state->kind)) continue;
      note(decisions, *state, id, node.kind);
      if (only_submitters_hold(exploration.kind_of(node), definition.states.front(), *state))
        note(own, *state, id, node.kind);
    }
  }
  ledger.tried(1 + decisions.size());
  if (!decisions.empty() && !definition.separation.nobody_own_submission) {
    const auto nearest = std::min_element(decisions.begin(), decisions.end(), [](const auto& a, const auto& b) {
      return a.second.nearest < b.second.nearest;
    });
    const Position position = definition.separation.position;
    ledger.violated("own-submission", position.line ? position : definition.states.front().position,
                    "nothing keeps people from deciding their own submission",
                    "add `- decides: nobody their own submission` to `separation`",
                    exploration.path_to(nearest->second.nearest));
  }
  for (const auto& [state, where] : own)
    ledger.violated("own-post", state->position,
                    fmt::format("`{}` is decided by the post that submits{}", state->key, for_whom(exploration, where)),
                    "let another post decide", exploration.path_to(where.nearest));
}

void no_post_decides_what_it_submitted(const Exploration& exploration, Ledger& ledger) {
  std::map<const State*, Occurrence> own;
  for (Exploration::NodeId id = 0; id < exploration.nodes().size(); ++id) {
    const auto& node = exploration.nodes()[id];
    for (const State* state : exploration.active(node)) {
      if (!is_decided(state->kind)) continue;
      const auto posts = deciding_posts(*state, exploration.kind_of(node));
      if (!posts.empty() && std::all_of(posts.begin(), posts.end(), [&](const Holder& post) {
            return exploration.people(node.kind).submitted_by(post, exploration.remembered(node).deciders);
          }))
        note(own, *state, id, node.kind);
    }
  }
  ledger.tried(own.size());
  for (const auto& [state, where] : own)
    ledger.violated(
        "own-post", state->position,
        fmt::format("`{}` is decided by the post that submitted{}", state->key, for_whom(exploration, where)),
        "let another post decide", exploration.path_to(where.nearest));
}

void no_person_at_two_levels(const Exploration& exploration, Ledger& ledger) {
  const auto unseparated = unseparated_pairs(exploration.definition(), exploration.kinds());
  ledger.tried(exploration.definition().states.size());
  if (unseparated.empty()) return;
  std::set<std::pair<const State*, const State*>> told;
  for (Exploration::NodeId id = 0; id < exploration.nodes().size(); ++id) {
    const auto& node = exploration.nodes()[id];
    for (const State* now : exploration.active(node)) {
      if (!is_decided(now->kind)) continue;
      for (const State* earlier : decided_before(exploration, node, *now))
        if (unseparated.contains({earlier, now}) && !told.contains({now, earlier}) && told.emplace(earlier, now).second)
          ledger.violated("same-person", now->position,
                          fmt::format("one person can decide in `{}` and then in `{}`", earlier->key, now->key),
                          fmt::format("add `- different people: [{}, {}]` to `separation`", earlier->key, now->key),
                          exploration.path_to(id));
    }
  }
}

}  // namespace xueji
