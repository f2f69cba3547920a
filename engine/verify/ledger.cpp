#include <algorithm>

#include "engine/verify/rules.hpp"

namespace xueji {

void Ledger::violated(std::string_view rule, Place place, std::string what, std::string advice,
                      std::vector<PathStep> path) {
  const auto same = std::find_if(violations_.begin(), violations_.end(), [&](const Violation& each) {
    return each.rule == rule && each.fault.place == place && each.fault.what == what;
  });
  if (same != violations_.end()) return;
  violations_.push_back({std::string(rule), {file_, place, std::move(what), std::move(advice)}, std::move(path)});
}

Verification Ledger::take(std::size_t states) && {
  std::stable_sort(violations_.begin(), violations_.end(), [](const Violation& a, const Violation& b) {
    return std::pair(a.fault.place.line, a.fault.place.column) < std::pair(b.fault.place.line, b.fault.place.column);
  });
  return {std::move(violations_), states, properties_};
}

std::string for_whom(const Exploration& exploration, const Occurrence& occurrence) {
  std::set<std::size_t> opened;
  for (const auto& node : exploration.nodes()) opened.insert(node.kind);
  if (occurrence.kinds == opened) return {};
  return " for " + exploration.kind_of(exploration.nodes()[occurrence.nearest]).name;
}

void note(std::map<const State*, Occurrence>& occurrences, const State& state, Exploration::NodeId id,
          std::size_t kind) {
  occurrences.try_emplace(&state, Occurrence{id, {}}).first->second.kinds.insert(kind);
}

std::vector<const State*> active(const Exploration& exploration, const Exploration::Node& node) {
  std::vector<const State*> states;
  if (exploration.has_ended(node)) return states;
  for (const auto& key : active_states(node.where)) states.push_back(exploration.definition().state(key));
  return states;
}

}  // namespace xueji
