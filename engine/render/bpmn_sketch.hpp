// How much room BPMN's symbols take: a task with the gateway below it counts as one, and so does an event with its
// name.
#pragma once
#include <map>
#include <string>

#include "engine/render/layout.hpp"

namespace xueji {

inline constexpr double bpmn_task_width = 130, bpmn_gateway = 50, bpmn_event = 36, bpmn_alarm_end = 24;
inline constexpr double bpmn_type_size = 12, bpmn_line = 14.4;
inline constexpr double alarm_gap = 10, event_name_gap = 8;

/// What a state becomes.
struct BpmnParts {
  double task = 0;       ///< height of the task; 0 for events
  bool gateway = false;  ///< an exclusive one below the task; where it expires too, so that nothing meets the timer
  bool alarm = false;    ///< a deadline that only tells somebody
  bool expires = false;  ///< a deadline that ends it
  bool waits_in_task = false;  ///< a wait that people may cut short
  Box name{};                  ///< of events and choices: room for the name, left of the sign; place not yet known
};

struct BpmnSketch {
  Sketch sketch;
  std::map<std::string, BpmnParts> parts;
};

BpmnSketch sketch_bpmn(const Definition& definition, Language language);

/// Below the task's top, where the gateway begins.
double gateway_offset(const BpmnParts& parts);

}  // namespace xueji
