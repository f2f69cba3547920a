#include <algorithm>

#include "engine/verify/rules.hpp"

namespace xueji {

void Ledger::violated(std::string_view rule, Position position, std::string what, std::string advice,
                      std::vector<PathStep> path, Data data) {
  add(violations_, {std::string(rule),
                    {file_, position, std::move(what), std::move(advice)},
                    std::move(path),
                    Severity::violation,
                    std::move(data)});
}

void Ledger::warned(std::string_view rule, Position position, std::string what, std::string advice) {
  add(warnings_, {std::string(rule), {file_, position, std::move(what), std::move(advice)}, {}, Severity::warning, {}});
}

void Ledger::add(std::vector<Violation>& to, Violation violation) {
  const auto same = std::find_if(to.begin(), to.end(), [&](const Violation& each) {
    return each.rule == violation.rule && each.fault.position == violation.fault.position &&
           each.fault.what == violation.fault.what;
  });
  if (same == to.end()) to.push_back(std::move(violation));
}

Verification Ledger::take(std::size_t states) && {
  for (auto* found : {&violations_, &warnings_})
    std::stable_sort(found->begin(), found->end(), [](const Violation& a, const Violation& b) {
      return std::pair(a.fault.position.line, a.fault.position.column) <
             std::pair(b.fault.position.line, b.fault.position.column);
    });
  return {std::move(violations_), std::move(warnings_), states, properties_};
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

}  // namespace xueji
