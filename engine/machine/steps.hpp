// Where a request stands on its way: what lies behind it, and what is still to come when nobody objects.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "engine/machine/decide.hpp"

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
std::vector<Step> steps_of(const Definition& definition, const Request& request, const OfficeTree& offices);

}  // namespace xueji
