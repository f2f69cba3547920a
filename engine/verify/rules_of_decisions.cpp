// No effect without a decision: who only files does not decide, and neither does the clock.
#include <fmt/format.h>

#include <algorithm>

#include "engine/verify/effects_of_ends.hpp"
#include "engine/verify/rules.hpp"

namespace xueji {
namespace {

bool stands(const Exploration& exploration, const Exploration::Node& node, std::string_view event) {
  const auto& standing = exploration.remembered(node).standing;
  return std::any_of(standing.begin(), standing.end(),
                     [&](std::uint32_t id) { return exploration.act(id).event == event; });
}

/// A member that the end changes and that demands a decision for that kind; empty where none does.
std::string decided_member(const Definition& definition, const State& end, const SubjectKind& kind) {
  for (const std::string& member : members_changed(definition, end))
    if (needs_decision(member, kind)) return member;
  return {};
}

}  // namespace

void no_effect_is_silent(const Exploration& exploration, Ledger& ledger) {
  for (Exploration::NodeId id = 0; id < exploration.nodes().size(); ++id) {
    const auto& node = exploration.nodes()[id];
    const State& end = exploration.state(node);
    if (end.effects.empty()) continue;
    ledger.tried();
    if (stands(exploration, node, decision_event)) continue;
    const std::string member = decided_member(exploration.definition(), end, exploration.kind_of(node));
    if (!member.empty())
      ledger.violated(
          "silent-approval", end.position,
          fmt::format("`{}` changes the student's {}, and on a way to it nobody decides but those who file", end.key,
                      member),
          "let every way to it pass an approval of another post, after whatever is filled in or attached on that way",
          exploration.path_to(id));
    else if (stands(exploration, node, clock_event))
      ledger.violated("silent-approval", end.position,
                      fmt::format("time alone leads to `{}`, whose effect nobody decided", end.key),
                      "let an approval of another post stand on the way, or lead there by an action",
                      exploration.path_to(id));
  }
}

}  // namespace xueji
