// What no lock keeps as it is may be changed by other business beside the request: its own effects must then be
// harmless.
#include <fmt/format.h>

#include "engine/definition/effects.hpp"
#include "engine/registry/members.hpp"
#include "engine/verify/rules.hpp"

namespace xueji {
namespace {

/// `student.class`: what anybody's business may change beside another's.
std::string harmless_members() {
  std::vector<std::string> paths;
  for (const Member& member : student_members())
    if (member.demand == Demand::none) paths.push_back("`" + member.path() + "`");
  return fmt::format("{}", fmt::join(paths, ", "));
}

}  // namespace

void unlocked_requests_change_little(const Definition& definition, Ledger& ledger) {
  if (definition.lock != Lock::none) return;
  for (const State& state : definition.states)
    for (const EffectCall& call : state.effects) {
      ledger.tried();
      for (const Touch& touch : effect_named(call.name).touches(definition, call)) {
        if (demand_of(touch.member) == Demand::none) continue;
        ledger.violated("unlocked-effect", call.position,
                        fmt::format("`{}` changes the {}, and with `lock: none` other business may change it meanwhile",
                                    call.name, title_of_member(touch.member).en),
                        "leave out `lock: none`, or change nothing but " + harmless_members());
      }
    }
}

}  // namespace xueji
