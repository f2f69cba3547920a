#include "engine/verify/memory.hpp"

#include <algorithm>

namespace xueji {
namespace {

void insert(ActIds& acts, std::uint32_t id) {
  const auto at = std::lower_bound(acts.begin(), acts.end(), id);
  if (at == acts.end() || *at != id) acts.insert(at, id);
}

bool names(const ActPattern& pattern, const State& state, const std::string& event) {
  return pattern.event == event && (pattern.state.empty() || pattern.state == state.key);
}

}  // namespace

Memory::Memory(const Definition& definition) : definition_(definition) {
  for (const Invariant& invariant : definition.always)
    for (const ActPattern& pattern : invariant.acts) levels_matter_ = levels_matter_ || pattern.state.empty();
}

std::uint32_t Memory::id_of(const RememberedAct& act) {
  const auto [known, is_new] = ids_.emplace(act, static_cast<std::uint32_t>(acts_.size()));
  if (is_new) acts_.push_back(act);
  return known->second;
}

/// Of the sentences with `passes`, or of all others.
bool Memory::is_asked_for(const State& state, const std::string& event, Invariant::Form form) const {
  return std::any_of(definition_.always.begin(), definition_.always.end(), [&](const Invariant& invariant) {
    return (invariant.form == Invariant::Form::passes) == (form == Invariant::Form::passes) &&
           std::any_of(invariant.acts.begin(), invariant.acts.end(),
                       [&](const ActPattern& pattern) { return names(pattern, state, event); });
  });
}

void Memory::undo(ActIds& acts, const State& arrived) const {
  if (arrived.kind == StateKind::end) return;
  const auto order = definition_.order(arrived.key);
  std::erase_if(acts, [&](std::uint32_t id) {
    const State& state = *acts_[id].state;
    const bool own_branch =
        arrived.parallel.empty() || (state.parallel == arrived.parallel && state.branch == arrived.branch);
    return own_branch && definition_.order(state.key) >= order;
  });
}

void Memory::pass(ActIds& acts, const State& state, const std::string& event) {
  if (is_asked_for(state, event, Invariant::Form::passes)) insert(acts, id_of({&state, event, false}));
}

Remembered Memory::after(Remembered remembered, const Move& move, const StateConfiguration& before,
                         const StateConfiguration& after) {
  const State& from = *definition_.state(move.state);
  const bool asked = is_asked_for(from, move.event, Invariant::Form::effect_after);
  const bool fills_in = move.action && !move.action->fields.empty();
  const bool decided = move.action && from.kind == StateKind::approval && !is_taken_back(definition_, move);
  if (asked || decided || fills_in)
    insert(remembered.standing, id_of({&from, asked || fills_in ? move.event : "", levels_matter_ && move.escalated}));
  pass(remembered.passed, from, move.event);
  if (const State* arrived = state_come_to(definition_, move, before, after)) {
    undo(remembered.standing, *arrived);
    if (arrived->kind == StateKind::draft) remembered.passed.clear();
    pass(remembered.passed, *arrived, "");
    if (!arrived->branches.empty())
      for (const auto& branch : active_states(after)) pass(remembered.passed, *definition_.state(branch), "");
  }
  return remembered;
}

const State* state_come_to(const Definition& definition, const Move& move, const StateConfiguration& before,
                           const StateConfiguration& after) {
  if (after.branches.empty() || after.state != before.state) return definition.state(after.state);
  return definition.state(after.branches[definition.state(move.state)->branch]);
}

}  // namespace xueji
