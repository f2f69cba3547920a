#include "engine/render/layout.hpp"

#include <algorithm>

#include "engine/definition/main_way.hpp"
#include "engine/render/region.hpp"

namespace xueji {
namespace {

constexpr double margin = 12;
constexpr double label_below_card = 8;

bool is_on(const std::vector<const State*>& way, const State& state) {
  return std::find(way.begin(), way.end(), &state) != way.end();
}

/// Ends last, those that complete first of them.
std::vector<const State*> rows_of(const Definition& definition) {
  std::vector<const State*> rows;
  for (const State& state : definition.states)
    if (state.parallel.empty()) rows.push_back(&state);
  const auto place = [](const State* state) {
    if (state->kind != StateKind::end) return 0;
    return state->outcome == Outcome::completed ? 1 : 2;
  };
  std::stable_sort(rows.begin(), rows.end(), [&](const State* a, const State* b) { return place(a) < place(b); });
  return rows;
}

class Arrangement {
 public:
  explicit Arrangement(const Sketch& sketch) : sketch_(sketch), whole_(sketch, items_of(sketch)) {
    for (const auto& [key, shape] : sketch.regions) regions_.emplace(key, Region{sketch, key});
    for (const Weight weight : {Weight::main, Weight::other, Weight::aside, Weight::choice}) connect_all(weight);
    for (auto& [key, region] : regions_) whole_.item(key)->shape = region.measure();
    whole_.measure(sketch.start + margin);
    whole_.move(margin, 0);
    for (auto& [key, region] : regions_) region.move(whole_.item(key)->box);
  }

  Layout take() {
    Layout layout{whole_.width() + 2 * margin, whole_.height() + margin, {}, {}, {}, {}};
    for (const Item& item : whole_.items()) layout.states[item.key] = item.box;
    for (auto& [key, region] : regions_) {
      for (Frame& lane : region.lanes())
        for (const Item& item : lane.items()) layout.states[item.key] = item.box;
      layout.regions[key] = region.placed();
    }
    for (std::size_t at = 0; at < sketch_.links.size(); ++at) layout.links.push_back(place(at));
    const Box& first = whole_.items().front().box;
    layout.start = {first.centre(), first.y - sketch_.start};
    return layout;
  }

 private:
  static std::vector<Item> items_of(const Sketch& sketch) {
    const auto way = main_way(*sketch.definition, sketch.definition->states.front());
    std::vector<Item> items;
    for (const State* state : rows_of(*sketch.definition)) {
      const bool parallel = state->kind == StateKind::parallel;
      const bool beside = !parallel && state->kind != StateKind::end && !is_on(way, *state);
      Item item;
      item.key = state->key;
      item.column = beside ? 1 : 0;
      item.whole_width = parallel;
      if (!parallel) item.shape = sketch.shapes.at(state->key);
      items.push_back(std::move(item));
    }
    return items;
  }

  Region* region_of(const std::string& state) {
    const State* found = sketch_.definition->state(state);
    return found && !found->parallel.empty() ? &regions_.at(found->parallel) : nullptr;
  }
  Frame& frame_of(const std::string& state) {
    Region* region = region_of(state);
    return region ? region->lanes()[sketch_.definition->state(state)->branch] : whole_;
  }

  void connect_all(Weight weight) {
    for (std::size_t at = 0; at < sketch_.links.size(); ++at) {
      const Transition& transition = sketch_.links[at].transition;
      if (transition.weight != weight) continue;
      Frame& frame = frame_of(transition.from);
      const Wire wire = frame.connect(at, *frame.item(transition.from));
      wires_[at] = wire;
      if (&frame != &whole_ && wire.course == Course::track && whole_.item(transition.to))
        whole_.enter(transition.to, wire.side, wire.track);
    }
  }

  Point entry(Frame& frame, const std::string& to, Side side) {
    const Item& item = *frame.item(to);
    return {side == Side::left ? item.box.x : item.box.right(), item.box.y + item.shape.entry};
  }

  /// Where a choice leaves is where its action's arrow leaves.
  double port(const Item& from, std::size_t link) const {
    const auto found = from.ports.find(link);
    if (found != from.ports.end()) return from.box.y + found->second;
    const Transition& choice = sketch_.links[link].transition;
    for (const auto& [other, below] : from.ports)
      if (sketch_.links[other].transition.event == choice.event) return from.box.y + below;
    return from.box.y + from.shape.exits;
  }

  std::vector<Point> along_track(std::size_t link, const Wire& wire, const Item& from) {
    const Transition& transition = sketch_.links[link].transition;
    Frame& frame = frame_of(transition.from);
    const double out = wire.side == Side::left ? from.box.x : from.box.right(), y = port(from, link);
    const double track = frame.track(wire.side, wire.track);
    std::vector<Point> way{{out, y}, {track, y}};
    if (frame.item(transition.to)) {
      const Point in = entry(frame, transition.to, wire.side);
      way.insert(way.end(), {{track, in.y}, in});
    } else if (Region* region = region_of(transition.from); !whole_.item(transition.to)) {
      region->end_branch(transition, track, way);
    } else {
      const double level = region->level(wire.side, wire.track), outer = whole_.track(wire.side, wire.track);
      const Point in = entry(whole_, transition.to, wire.side);
      way.insert(way.end(), {{track, level}, {outer, level}, {outer, in.y}, in});
    }
    return way;
  }

  std::vector<Point> way_of(std::size_t link, const Wire& wire, const Item& from) {
    const Transition& transition = sketch_.links[link].transition;
    if (wire.course == Course::track) return along_track(link, wire, from);
    const Box& a = from.box;
    if (transition.to == join_word)
      return {{a.centre(), a.bottom()}, {a.centre(), region_of(transition.from)->placed().join.y}};
    Frame& frame = frame_of(transition.from);
    const Box& b = frame.item(transition.to)->box;
    if (wire.course == Course::straight) return {{a.centre(), a.bottom()}, {a.centre(), b.y}};
    if (wire.course == Course::elbow_out)
      return {{a.right(), port(from, link)}, {b.centre(), port(from, link)}, {b.centre(), b.y}};
    const Point in = entry(frame, transition.to, Side::right);
    return {{a.centre(), a.bottom()}, {a.centre(), in.y}, in};
  }

  Box label_of(std::size_t at, const Wire& wire, const Item& from) const {
    const Link& link = sketch_.links[at];
    if (link.label_height <= 0) return {};
    const Box& a = from.box;
    const double width = link.label_width, height = link.label_height;
    if (wire.course == Course::straight || wire.course == Course::elbow_in)
      return {a.centre() + label_margin, a.bottom() + label_below_card, width, height};
    const double y = port(from, at) - label_above - height;
    return {wire.side == Side::left ? a.x - label_margin - width : a.right() + label_margin, y, width, height};
  }

  PlacedLink place(std::size_t at) {
    const std::string& from = sketch_.links[at].transition.from;
    const Item& item = *frame_of(from).item(from);
    const Wire& wire = wires_.at(at);
    return {way_of(at, wire, item), label_of(at, wire, item)};
  }

  const Sketch& sketch_;
  Frame whole_;
  std::map<std::string, Region> regions_;
  std::map<std::size_t, Wire> wires_;
};

}  // namespace

Layout lay_out(const Sketch& sketch) { return Arrangement{sketch}.take(); }

}  // namespace xueji
