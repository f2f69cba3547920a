// Where a request stands on its way: what lies behind it, and what is still to come when nobody objects.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "engine/definition/main_way.hpp"
#include "engine/machine/decide.hpp"
#include "engine/machine/guard_values.hpp"

namespace xueji {

enum class StepPosition {
  done,     ///< passed, and not to be passed again as the request stands
  current,  ///< where it is; the end once it has ended
  ahead,    ///< on the main way from here
  aside     ///< on the main way of the procedure, but not on this request's
};
std::string_view to_string(StepPosition position);

struct Step {
  const State* state = nullptr;  ///< valid as long as the definition
  std::optional<Holder> holder;  ///< who holds or would hold it; nobody in an end
  StepPosition position = StepPosition::ahead;
};

/// The main way from the draft, and the present state where it lies off it, in the order of the procedure. Of a request
/// that has ended, only what it passed, and the end.
/// From a choice the main way goes where the request would be led now, of one that has ended where it went; where that
/// depends on records and there are none, the first way that leads on. Of several actions that lead on it passes those
/// by that have conditions and were not done, or whose conditions do not hold. Choices themselves are no steps.
std::vector<Step> steps_of(const Definition& definition, const Request& request, const OfficeTree& offices,
                           const std::optional<GuardRecords>& records = std::nullopt);

/// For the main way of a request; where something depends on records and there are none, it is not known. References
/// must outlive the answer.
KnownWays ways_known(const Definition& definition, const Request& request, const OfficeTree& offices,
                     const std::optional<GuardRecords>& records);

}  // namespace xueji
