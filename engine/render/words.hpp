// What stands in a picture beside the titles that the author wrote.
#pragma once
#include "engine/definition/definition.hpp"

namespace xueji {

/// Who or what a state waits for: `学校主管领导`, `National duplicate check`, `first day of spring semester`; empty for
/// ends, choices and parallel states.
Text awaited_in(const State& state);
/// `5 个工作日内`; empty where there is no deadline.
Text term_of(const State& state);
/// `各分支全部同意后汇合`; of a parallel state.
Text join_rule_of(const State& state);
/// `审批环节`, `approval`.
Text title_of(StateKind kind);

}  // namespace xueji
