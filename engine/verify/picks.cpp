#include "engine/verify/picks.hpp"

#include <algorithm>

namespace xueji {
namespace {

class PickFinder {
 public:
  PickFinder(const Definition& definition, const SubjectKind& kind) : definition_(definition), kind_(kind) {}

  bool picks_in(const State& state) const {
    if (state.kind == StateKind::draft || state.kind == StateKind::end) return false;
    std::set<const State*> first;
    bool filer_acts = false, differ = false;
    for (const Move& move : moves_in(definition_, state, kind_)) {
      if (!is_filers(move) && !move.is_of_the_clock) continue;
      if (!move.action && !state.wait) continue;
      filer_acts = filer_acts || move.action;
      const auto ends = ends_of(move);
      if (ends.empty()) continue;
      differ = differ || (!first.empty() && ends != first);
      first = ends;
    }
    return filer_acts && differ;
  }

 private:
  bool is_filers(const Move& move) const {
    return move.action && !move.decides && move.post && move.post == kind_.opener && !move.escalated;
  }

  /// The first of the ends with those effects, in the place of all.
  const State* alike(const State& end) const {
    return &*std::find_if(definition_.states.begin(), definition_.states.end(), [&](const State& each) {
      return each.kind == StateKind::end && each.effects == end.effects;
    });
  }

  std::set<const State*> ends_of(const Move& move) const {
    std::set<const State*> ends, seen;
    for (const std::string_view to : move.to) follow(*move.state, to, ends, seen);
    return ends;
  }

  /// States stand in the order of the procedure, so the later one has the higher address.
  void follow(const State& from, std::string_view to, std::set<const State*>& ends,
              std::set<const State*>& seen) const {
    if (to == join_word || to == stop_word) {
      const State& whole = *definition_.state(from.parallel);
      const std::string& behind = to == join_word ? whole.to : whole.otherwise;
      if (!behind.empty()) follow(whole, behind, ends, seen);
      return;
    }
    const State* state = definition_.state(to);
    if (!state || !seen.insert(state).second) return;
    if (state->kind == StateKind::end) {
      if (state->outcome != Outcome::withdrawn || !state->effects.empty()) ends.insert(alike(*state));
      return;
    }
    if (state < &from || state->kind == StateKind::draft) return;
    for (const std::string& way : {state->to, state->otherwise})
      if (!way.empty() && !decided_by_others(*state)) follow(*state, way, ends, seen);
    for (const Way& way : state->ways) follow(*state, way.to, ends, seen);
    for (const Move& move : moves_in(definition_, *state, kind_))
      if (!move.decides || move.post == kind_.opener)
        for (const std::string_view next : move.to) follow(*state, next, ends, seen);
  }

  bool decided_by_others(const State& state) const {
    const auto moves = moves_in(definition_, state, kind_);
    return std::any_of(moves.begin(), moves.end(),
                       [&](const Move& move) { return move.decides && move.post != kind_.opener; });
  }

  const Definition& definition_;
  const SubjectKind& kind_;
};

}  // namespace

std::set<const State*> states_where_the_filer_picks(const Definition& definition, const SubjectKind& kind) {
  const PickFinder finder(definition, kind);
  std::set<const State*> states;
  for (const State& state : definition.states)
    if (finder.picks_in(state)) states.insert(&state);
  return states;
}

}  // namespace xueji
