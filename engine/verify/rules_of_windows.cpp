// Windows are those of the national calendar.
#include "engine/definition/windows.hpp"
#include "engine/verify/rules.hpp"

namespace xueji {

void windows_are_national(const Definition& definition, const Calendar& calendar, Ledger& ledger) {
  for (auto& fault : unknown_windows(definition, calendar))
    ledger.violated("unknown-window", fault.position, std::move(fault.what), std::move(fault.advice));
  ledger.tried(definition.windows.size() + (definition.closing ? 1 : 0));
  for (const State& state : definition.states)
    if (state.wait) ledger.tried();
}

}  // namespace xueji
