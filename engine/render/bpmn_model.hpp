// The elements of a BPMN process with their places in the diagram.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "engine/definition/definition.hpp"
#include "engine/render/layout.hpp"

namespace xueji {

enum class BpmnType {
  start_event,
  user_task,
  service_task,
  call_activity,
  exclusive_gateway,
  parallel_gateway,
  complex_gateway,
  timer_catch_event,
  boundary_timer,
  end_event,
  terminate_event,
  escalation_event
};

struct BpmnNode {
  BpmnType type = BpmnType::user_task;
  std::string id, name, documentation;
  Box box;
  Box label;                ///< of events with a name beside them
  std::string performer;    ///< of user tasks: the actor as the author wrote it
  std::string called;       ///< of call activities: the key of the business
  std::string timer;        ///< of timers: when
  std::string attached_to;  ///< of boundary timers
  bool interrupting = false;
};

struct BpmnFlow {
  std::string id, source, target, name;
  std::string condition;  ///< where it leaves a task among others
  std::vector<Point> way;
  Box label;
};

/// A box around the branches of a parallel state.
struct BpmnGroup {
  std::string id, name;
  Box box, label;
};

struct BpmnModel {
  std::vector<BpmnNode> nodes;
  std::vector<BpmnFlow> flows;
  std::vector<BpmnGroup> groups;
};

BpmnModel bpmn_model(const Definition& definition, Language language);

}  // namespace xueji
