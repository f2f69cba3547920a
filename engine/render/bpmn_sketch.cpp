#include "engine/render/bpmn_sketch.hpp"

#include <algorithm>

#include "engine/render/text_measure.hpp"

namespace xueji {
namespace {

constexpr double shortest_task = 80, task_padding = 16, gap = 22;
constexpr double flow_name_width = 86;  ///< BPMN's editors break names of flows at 90
constexpr double event_name_width = 84;
constexpr double bpmn_start_room = bpmn_event + 34, heading = 16, fork_room = bpmn_gateway + 20, bpmn_join_room = 80;

double height_of(const std::vector<std::string>& lines) { return static_cast<double>(lines.size()) * bpmn_line; }

double width_of(const std::vector<std::string>& lines) {
  double width = 0;
  for (const auto& line : lines) width = std::max(width, text_width(line, bpmn_type_size));
  return width;
}

std::size_t ways_out(const std::vector<Link>& links, const std::string& state) {
  return static_cast<std::size_t>(std::count_if(links.begin(), links.end(), [&](const Link& link) {
    return link.transition.from == state && link.transition.weight != Weight::choice &&
           link.transition.event != "expire" && link.transition.event != "elapsed";
  }));
}

class BpmnSketcher {
 public:
  BpmnSketcher(const Definition& definition, Language language) : language_(language) {
    result_.sketch.definition = &definition;
    result_.sketch.start = bpmn_start_room;
    for (Transition& transition : transitions_of(definition)) add(std::move(transition));
    for (const State& state : definition.states) add(state);
  }

  BpmnSketch take() { return std::move(result_); }

 private:
  void add(Transition transition) {
    std::vector<std::string> lines;
    if (transition.weight != Weight::choice)
      lines = wrap_text(transition.title.in(language_), bpmn_type_size, flow_name_width);
    result_.sketch.links.push_back({std::move(transition), width_of(lines), height_of(lines)});
  }

  void add(const State& state) {
    if (state.kind == StateKind::parallel) {
      result_.sketch.regions[state.key] = {heading, fork_room, bpmn_join_room, 0, bpmn_event, bpmn_event};
      return;
    }
    const bool event = state.kind == StateKind::end || (state.kind == StateKind::wait && state.actions.empty());
    const bool choice = state.kind == StateKind::choice;
    result_.sketch.shapes[state.key] = event    ? named_shape(state, bpmn_event)
                                       : choice ? named_shape(state, bpmn_gateway)
                                                : task_shape(state);
  }

  Shape named_shape(const State& state, double size) {
    const auto lines = wrap_text(state.title.in(language_), bpmn_type_size, event_name_width);
    result_.parts[state.key].name = {0, 0, width_of(lines), height_of(lines)};
    const double height = std::max(size, height_of(lines));
    return {size + 2 * (width_of(lines) + event_name_gap), height, height / 2, 0};
  }

  Shape task_shape(const State& state) {
    BpmnParts& parts = result_.parts[state.key];
    const auto lines = wrap_text(state.title.in(language_), bpmn_type_size, bpmn_task_width - task_padding);
    parts.task = std::max(shortest_task, height_of(lines) + 2 * task_padding);
    parts.waits_in_task = state.kind == StateKind::wait;
    parts.expires = state.deadline && !state.deadline->expire_to.empty();
    parts.alarm = state.deadline && !parts.expires;
    parts.gateway = !parts.waits_in_task && (parts.expires || ways_out(result_.sketch.links, state.key) > 1);
    const double entry = parts.task / 2 - 8;
    if (parts.gateway) {
      const double top = gateway_offset(parts);
      return {bpmn_task_width, top + bpmn_gateway, entry, top - 8};
    }
    const double tail = parts.alarm || parts.waits_in_task ? gateway_offset(parts) - parts.task : 0;
    return {bpmn_task_width, parts.task + tail, entry, 0, tail};
  }

  Language language_;
  BpmnSketch result_;
};

}  // namespace

BpmnSketch sketch_bpmn(const Definition& definition, Language language) {
  return BpmnSketcher{definition, language}.take();
}

double gateway_offset(const BpmnParts& parts) {
  const double alarm = bpmn_event / 2 + alarm_gap + bpmn_alarm_end + alarm_gap;
  return parts.task + (parts.alarm ? alarm : parts.waits_in_task ? bpmn_event / 2 : gap);
}

}  // namespace xueji
