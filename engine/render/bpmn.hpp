// A definition as BPMN 2.0 XML with its diagram, for tools that read that.
#pragma once
#include <string>

#include "engine/definition/definition.hpp"

namespace xueji {

/// Drafts and approvals are user tasks, checks service tasks, waits timer catch events, deadlines boundary timers.
/// Where several ways leave a task they leave an exclusive gateway; a parallel state forks at a parallel gateway and
/// joins at one, or at a complex one where not all branches need to join. Other states that `to: earlier` may name
/// stand in the documentation of the task.
std::string render_bpmn(const Definition& definition, Language language);

}  // namespace xueji
