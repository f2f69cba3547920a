#include "engine/render/region.hpp"

#include <algorithm>

namespace xueji {
namespace {

constexpr double level_pitch = 12, lane_padding = 12;
constexpr double above_first = 26;  ///< from the names of the branches, or the levels below them, to the first states
constexpr double below_last = 10, stop_gap = 8;
constexpr double entry_below_top = 16;

}  // namespace

Region::Region(const Sketch& sketch, const std::string& parallel)
    : sketch_(&sketch), state_(sketch.definition->state(parallel)), shape_(&sketch.regions.at(parallel)) {
  for (std::size_t branch = 0; branch < state_->branches.size(); ++branch) {
    std::vector<Item> items;
    for (const State& state : sketch.definition->states)
      if (state.parallel == parallel && state.branch == branch) {
        Item item;
        item.key = state.key;
        item.shape = sketch.shapes.at(state.key);
        items.push_back(std::move(item));
      }
    lanes_.emplace_back(sketch, std::move(items));
  }
}

/// The farther the track outside, the nearer the level to the states: arrows cross less.
void Region::place_levels() {
  for (Frame& lane : lanes_)
    for (const Side side : {Side::left, Side::right})
      for (const auto& target : lane.targets(side))
        if (!lane.item(target) && sketch_->definition->state(target))
          (side == Side::left ? above_ : below_)[target] = 0;
  const auto number = [&](std::map<std::string, double>& levels) {
    std::vector<std::string> targets;
    for (const auto& [target, level] : levels) targets.push_back(target);
    const Definition& definition = *sketch_->definition;
    std::sort(targets.begin(), targets.end(),
              [&](const auto& a, const auto& b) { return definition.order(a) > definition.order(b); });
    double level = 0;
    for (const auto& target : targets) levels[target] = level += level_pitch;
  };
  number(above_);
  number(below_);
}

double Region::level_room(Side side) const {
  const auto& levels = side == Side::left ? above_ : below_;
  return levels.empty() ? 0 : static_cast<double>(levels.size() + 1) * level_pitch;
}

double Region::stop_room() const {
  const bool stops = std::any_of(lanes_.begin(), lanes_.end(), [](const Frame& lane) {
    return lane.tracks(Side::right).contains(std::string{stop_word});
  });
  return stops ? shape_->stop_height + 2 * stop_gap : 0;
}

Shape Region::measure() {
  place_levels();
  double width = 0;
  for (Frame& lane : lanes_) {
    lane.measure(0);
    tallest_ = std::max(tallest_, lane.height());
    width += lane.width() + 2 * lane_padding;
  }
  const double states =
      above_first + level_room(Side::left) + tallest_ + below_last + stop_room() + level_room(Side::right);
  height_ = shape_->heading + shape_->names + states + shape_->join;
  return {std::max(width, shape_->width), height_, entry_below_top, height_ - shape_->join};
}

void Region::move(const Box& box) {
  double widths = 0;
  for (Frame& lane : lanes_) widths += lane.width() + 2 * lane_padding;
  const double spare = (box.width - widths) / static_cast<double>(lanes_.size());
  const double names = box.y + shape_->heading;
  const double join = box.y + height_ - shape_->join;
  placed_ = {box, {box.x, box.y, box.width, shape_->heading}, {box.x, join, box.width, box.bottom() - join}, {}};
  for (auto& [target, level] : above_) level += names + shape_->names;
  for (auto& [target, level] : below_) level += join - level_room(Side::right);
  double x = box.x;
  for (Frame& lane : lanes_) {
    const double width = lane.width() + 2 * lane_padding + spare;
    const double first = names + shape_->names + level_room(Side::left) + above_first;
    lane.move(x + lane_padding + spare / 2, first);
    placed_.branches.push_back({{x, names, width, join - names},
                                {x, names, width, shape_->names},
                                stop_of(lane),
                                {{lane.axis(), names + shape_->names}, {lane.axis(), first}}});
    x += width;
  }
}

Box Region::stop_of(const Frame& lane) const {
  if (!lane.tracks(Side::right).contains(std::string{stop_word})) return {};
  const double y = placed_.join.y - level_room(Side::right) - stop_gap - shape_->stop_height;
  const double right = lane.track(Side::right, std::string{stop_word}) - 2 * level_pitch;
  return {std::max(right - shape_->stop_width, lane.axis() + level_pitch), y, shape_->stop_width, shape_->stop_height};
}

double Region::level(Side side, const std::string& target) const {
  return (side == Side::left ? above_ : below_).at(target);
}

void Region::end_branch(const Transition& transition, double track, std::vector<Point>& way) const {
  if (transition.to == join_word) {
    way.push_back({track, placed_.join.y});
    return;
  }
  const Box& stop = placed_.branches[sketch_->definition->state(transition.from)->branch].stop;
  way.insert(way.end(), {{track, stop.middle()}, {stop.right(), stop.middle()}});
}

}  // namespace xueji
