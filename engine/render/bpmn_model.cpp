#include "engine/render/bpmn_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/definition/configuration.hpp"
#include "engine/render/bpmn_sketch.hpp"
#include "engine/render/svg_shapes.hpp"
#include "engine/render/text_measure.hpp"
#include "engine/render/words.hpp"

namespace xueji {
namespace {

constexpr double timer_inset = 22;  ///< of a boundary timer's centre, from the side of its task
constexpr double join_entry = 12;   ///< above the middle of a join: where branches come in beside it

std::string id_of(const std::string& state) { return "state_" + state; }

Box circle(double x, double y, double size) { return {x - size / 2, y - size / 2, size, size}; }

/// Where a level line at `y` meets a diamond or circle on that side.
double edge_of(const BpmnNode& node, double y, bool left) {
  const double half = node.box.width / 2, away = std::min(std::abs(y - node.box.middle()), half);
  const bool diamond = node.type == BpmnType::exclusive_gateway || node.type == BpmnType::complex_gateway ||
                       node.type == BpmnType::parallel_gateway;
  const bool task =
      node.type == BpmnType::user_task || node.type == BpmnType::service_task || node.type == BpmnType::call_activity;
  const double reach = task ? half : diamond ? half - away : std::sqrt(half * half - away * away);
  return node.box.centre() + (left ? -reach : reach);
}

class Builder {
 public:
  Builder(const Definition& definition, Language language)
      : definition_(definition),
        language_(language),
        drawn_(sketch_bpmn(definition, language)),
        layout_(lay_out(drawn_.sketch)) {
    add_start();
    for (const State& state : definition.states) add(state);
    for (std::size_t link = 0; link < layout_.links.size(); ++link)
      if (drawn_.sketch.links[link].transition.weight != Weight::choice) add_link(link);
  }

  BpmnModel take() { return std::move(model_); }

 private:
  std::string in_language(Text text) const { return std::move(text).in(language_); }

  BpmnNode& add_node(BpmnType type, std::string id, Box box) {
    BpmnNode node;
    node.type = type;
    node.id = std::move(id);
    node.box = box;
    return model_.nodes.emplace_back(std::move(node));
  }
  const BpmnNode& node(const std::string& id) const {
    return *std::find_if(model_.nodes.begin(), model_.nodes.end(), [&](const BpmnNode& each) { return each.id == id; });
  }

  void add_flow(std::string source, std::string target, std::string name, std::vector<Point> way, Box label = {}) {
    model_.flows.push_back({fmt::format("flow_{}", model_.flows.size() + 1), std::move(source), std::move(target),
                            std::move(name), "", simplified(way), label});
  }

  void add_start() {
    const Point& at = layout_.start;
    const State& first = definition_.states.front();
    add_node(BpmnType::start_event, "start", circle(at.x, at.y + bpmn_event / 2, bpmn_event));
    add_flow("start", id_of(first.key), "", {{at.x, at.y + bpmn_event}, {at.x, layout_.states.at(first.key).y}});
  }

  void add(const State& state) {
    if (state.kind == StateKind::parallel)
      add_parallel(state, layout_.regions.at(state.key));
    else if (state.kind == StateKind::choice)
      add_choice(state, layout_.states.at(state.key), drawn_.parts.at(state.key).name);
    else if (drawn_.parts.at(state.key).task > 0)
      add_task(state, layout_.states.at(state.key), drawn_.parts.at(state.key));
    else
      add_event(state, layout_.states.at(state.key), drawn_.parts.at(state.key).name);
  }

  void add_event(const State& state, const Box& box, const Box& name) {
    const bool end = state.kind == StateKind::end;
    const bool undecided = end && state.outcome != Outcome::completed;
    BpmnNode& event = add_node(undecided ? BpmnType::terminate_event
                               : end     ? BpmnType::end_event
                                         : BpmnType::timer_catch_event,
                               id_of(state.key), circle(box.centre(), box.middle(), bpmn_event));
    event.name = state.title.in(language_);
    event.documentation = in_language(awaited_in(state));
    if (state.wait) event.timer = state.wait->source;
    event.label = {event.box.x - event_name_gap - name.width, box.middle() - name.height / 2, name.width, name.height};
  }

  /// Where the ways that leave it need more room than the gateway has, they leave below it.
  void add_choice(const State& state, const Box& box, const Box& name) {
    const double middle = box.y + drawn_.sketch.shapes.at(state.key).entry;
    BpmnNode& gateway =
        add_node(BpmnType::exclusive_gateway, id_of(state.key), circle(box.centre(), middle, bpmn_gateway));
    gateway.name = state.title.in(language_);
    gateway.label = {gateway.box.x - event_name_gap - name.width, middle - name.height / 2, name.width, name.height};
  }

  void add_task(const State& state, const Box& box, const BpmnParts& parts) {
    const double tail = drawn_.sketch.shapes.at(state.key).tail;
    const Box task{box.x, box.y, box.width, parts.gateway ? parts.task : box.height - tail};
    const BpmnType type = state.kind == StateKind::check ? BpmnType::service_task
                          : state.awaited                ? BpmnType::call_activity
                                                         : BpmnType::user_task;
    BpmnNode& node = add_node(type, id_of(state.key), task);
    if (state.awaited) node.called = state.awaited->opening.definition;
    node.name = state.title.in(language_);
    node.documentation = documentation_of(state);
    node.performer = state.actor.source;
    if (parts.gateway) {
      const double top = box.y + gateway_offset(parts), size = box.bottom() - top;
      add_node(BpmnType::exclusive_gateway, "gateway_" + state.key, {box.centre() - size / 2, top, size, size});
      add_flow(id_of(state.key), "gateway_" + state.key, "", {{box.centre(), task.bottom()}, {box.centre(), top}});
    }
    if (parts.expires) add_timer("expire_" + state.key, state, task.right() - timer_inset, task.bottom());
    if (parts.waits_in_task) add_timer("elapse_" + state.key, state, task.centre(), task.bottom());
    if (parts.alarm) add_alarm(state, task);
  }

  BpmnNode& add_timer(const std::string& id, const State& state, double x, double y) {
    BpmnNode& timer = add_node(BpmnType::boundary_timer, id, circle(x, y, bpmn_event));
    timer.attached_to = id_of(state.key);
    timer.interrupting = true;
    timer.timer = state.wait ? state.wait->source : fmt::format("{} working days", state.deadline->working_days);
    timer.documentation = in_language(state.wait ? awaited_in(state) : term_of(state));
    return timer;
  }

  void add_alarm(const State& state, const Box& task) {
    const double x = task.x + timer_inset, below = task.bottom() + bpmn_event / 2;
    add_timer("due_" + state.key, state, x, task.bottom()).interrupting = false;
    const Box end = circle(x, below + alarm_gap + bpmn_alarm_end / 2, bpmn_alarm_end);
    add_node(BpmnType::escalation_event, "overdue_" + state.key, end);
    add_flow("due_" + state.key, "overdue_" + state.key, "", {{x, below}, {x, end.y}});
  }

  std::string documentation_of(const State& state) const {
    std::string told = in_language(awaited_in(state));
    if (const std::string term = in_language(term_of(state)); !term.empty()) told += "\n" + term;
    for (const Action& action : state.actions) {
      if (!action.to_earlier) continue;
      told += "\n" + action.title.in(language_) + " →";
      for (const std::string& earlier : earlier_states(definition_, state.key))
        told += " " + definition_.state(earlier)->title.in(language_);
    }
    return told;
  }

  void add_parallel(const State& state, const PlacedRegion& region) {
    const std::string& title = state.title.in(language_);
    const double width = std::min(text_width(title, bpmn_type_size), region.box.width / 2 - bpmn_gateway);
    model_.groups.push_back({"group_" + state.key,
                             title,
                             region.box,
                             {region.box.right() - width - event_name_gap, region.box.y + 4, width, bpmn_line}});
    const Box fork = circle(region.box.centre(), region.heading.bottom() + 10 + bpmn_gateway / 2, bpmn_gateway);
    add_node(BpmnType::parallel_gateway, "fork_" + state.key, fork);
    const bool all = state.join == state.branches.size() && state.otherwise.empty();
    const Box join = circle(region.join.centre(), region.join.middle(), bpmn_gateway);
    add_node(all ? BpmnType::parallel_gateway : BpmnType::complex_gateway, "join_" + state.key, join).documentation =
        in_language(join_rule_of(state));
    for (std::size_t branch = 0; branch < region.branches.size(); ++branch) {
      const PlacedBranch& placed = region.branches[branch];
      if (placed.stop.width > 0) add_node(BpmnType::end_event, stop_id(state.key, branch), placed.stop);
      add_fork(state.branches[branch], "fork_" + state.key, fork, placed.way.back());
    }
  }

  void add_fork(const Branch& branch, const std::string& source, const Box& fork, const Point& first) {
    std::vector<Point> way{{first.x, fork.middle()}, first};
    if (first.x == fork.centre())
      way.front().y = fork.bottom();
    else
      way.insert(way.begin(), {first.x < fork.centre() ? fork.x : fork.right(), fork.middle()});
    const double width = bpmn_task_width / 2;
    add_flow(source, target_id(branch.first), branch.title.in(language_), way,
             {first.x + event_name_gap, fork.middle() + event_name_gap, width, 2 * bpmn_line});
  }

  static std::string stop_id(const std::string& parallel, std::size_t branch) {
    return fmt::format("stop_{}_{}", parallel, branch + 1);
  }

  std::string target_id(const std::string& key) const {
    return (definition_.state(key)->kind == StateKind::parallel ? "fork_" : "state_") + key;
  }

  std::string target_id(const Transition& transition) const {
    const State& from = *definition_.state(transition.from);
    if (transition.to == join_word) return "join_" + from.parallel;
    if (transition.to == stop_word) return stop_id(from.parallel, from.branch);
    return target_id(transition.to);
  }

  std::string source_id(const Transition& transition) const {
    const State& from = *definition_.state(transition.from);
    if (from.kind == StateKind::parallel) return "join_" + from.key;
    const BpmnParts& parts = drawn_.parts.at(from.key);
    if (transition.event == "expire") return "expire_" + from.key;
    if (transition.event == "elapsed" && parts.waits_in_task) return "elapse_" + from.key;
    return parts.gateway ? "gateway_" + from.key : id_of(from.key);
  }

  void add_link(std::size_t at) {
    const Transition& transition = drawn_.sketch.links[at].transition;
    std::vector<Point> way = simplified(layout_.links[at].way);
    const std::string source = source_id(transition), target = target_id(transition);
    start_at(node(source), way);
    end_at(node(target), transition, way);
    add_flow(source, target, transition.title.in(language_), std::move(way), layout_.links[at].label);
    const bool among_others = drawn_.sketch.definition->state(transition.from)->actions.size() > 1;
    if (node(source).type == BpmnType::user_task && among_others) model_.flows.back().condition = transition.event;
    if (definition_.state(transition.from)->kind == StateKind::choice)
      model_.flows.back().condition = transition.title.in(language_);
  }

  static void start_at(const BpmnNode& source, std::vector<Point>& way) {
    const bool upright = way[0].x == way[1].x;
    const Box& box = source.box;
    if (source.type == BpmnType::boundary_timer && (!upright || way[0].x != box.centre())) {
      const double level = upright ? std::max(way[0].y - 6, box.bottom()) : way[0].y;
      way[0] = {upright ? way[0].x : box.centre(), level};
      way.insert(way.begin(), {box.centre(), box.bottom()});
      if (upright) way.insert(way.begin() + 1, {box.centre(), level});
    } else if (upright) {
      way[0].y = box.bottom();
    } else if (source.type == BpmnType::exclusive_gateway && way[0].y >= box.bottom()) {
      way[0].x = box.centre();
      way.insert(way.begin(), {box.centre(), box.bottom()});
    } else {
      way[0].x = edge_of(source, way[0].y, way[1].x < way[0].x);
    }
  }

  void end_at(const BpmnNode& target, const Transition& transition, std::vector<Point>& way) const {
    const Box& box = target.box;
    Point& last = way.back();
    if (transition.to == join_word) {
      end_at_join(target, way);
    } else if (last.x == way[way.size() - 2].x) {
      last.y = box.y;
    } else if (target.id.starts_with("fork_")) {
      last.x = box.centre();
      way.push_back({box.centre(), box.y});
    } else {
      last.x = edge_of(target, last.y, way[way.size() - 2].x < last.x);
    }
  }

  static void end_at_join(const BpmnNode& join, std::vector<Point>& way) {
    Point& last = way.back();
    if (last.x == join.box.centre()) {
      last.y = join.box.y;
      return;
    }
    last.y = join.box.middle() - join_entry;
    const double y = last.y, x = edge_of(join, y, last.x < join.box.centre());
    way.push_back({x, y});
  }

  const Definition& definition_;
  Language language_;
  BpmnSketch drawn_;
  Layout layout_;
  BpmnModel model_;
};

}  // namespace

BpmnModel bpmn_model(const Definition& definition, Language language) { return Builder{definition, language}.take(); }

}  // namespace xueji
