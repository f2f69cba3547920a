#include "engine/render/frame.hpp"

#include <algorithm>

namespace xueji {
namespace {

constexpr double row_gap = 30, row_gap_without_arrow = 18, column_gap = 28;
constexpr double track_pitch = 14, track_margin = 16;
constexpr double port_pitch = 14, port_margin = 12;

void admit(Item& item, Side side) { (side == Side::left ? item.left_entry : item.right_entry) = true; }

}  // namespace

Item* Frame::item(const std::string& key) {
  const auto at = row(key);
  return at < items_.size() ? &items_[at] : nullptr;
}

std::size_t Frame::row(const std::string& key) const {
  const auto found = std::find_if(items_.begin(), items_.end(), [&](const Item& item) { return item.key == key; });
  return static_cast<std::size_t>(found - items_.begin());
}

bool Frame::is_free_between(std::size_t above, std::size_t below, int column) const {
  for (std::size_t at = above + 1; at < below; ++at)
    if (items_[at].whole_width || items_[at].column == column) return false;
  return true;
}

Course Frame::course_of(std::size_t from, std::size_t to) const {
  const Item &a = items_[from], &b = items_[to];
  if (to <= from) return Course::track;
  if (a.column == b.column && !a.down && is_free_between(from, to, a.column)) return Course::straight;
  const bool outwards = a.column < b.column && !a.whole_width && !b.whole_width;
  if (outwards && is_free_between(from, to, b.column)) return Course::elbow_out;
  const bool inwards = a.column > b.column && !a.down && !b.whole_width;
  if (inwards && is_free_between(from, to, a.column)) return Course::elbow_in;
  return Course::track;
}

/// A choice goes along with its action's arrow as far as that leads: out of this frame only where it does too.
const std::string& Frame::track_of(const Transition& transition) const {
  const bool alone = transition.default_to.empty() ||
                     (row(transition.default_to) < items_.size() && row(transition.to) >= items_.size());
  return alone ? transition.to : transition.default_to;
}

Wire Frame::connect(std::size_t link, Item& from) {
  const Transition& transition = sketch_->links[link].transition;
  const std::size_t here = row(from.key), there = row(transition.to);
  const bool back = goes_back(*sketch_->definition, transition);
  Wire wire{link, Course::track, back ? Side::left : Side::right, track_of(transition)};
  if (there < items_.size() && transition.weight != Weight::choice) wire.course = course_of(here, there);
  const bool joins = transition.to == join_word && here + 1 == items_.size() && !from.down;
  if (joins) wire.course = Course::straight;
  if (wire.course == Course::straight || wire.course == Course::elbow_in)
    from.down = wire;
  else
    (wire.side == Side::left ? from.left : from.right).push_back(wire);
  if (wire.course == Course::track) mutable_tracks(wire.side)[wire.track] = 0;
  if (there < items_.size() && wire.course == Course::track) admit(items_[there], wire.side);
  if (wire.course == Course::elbow_in) admit(items_[there], Side::right);
  return wire;
}

void Frame::enter(const std::string& to, Side side, const std::string& track) {
  mutable_tracks(side)[track] = 0;
  admit(*item(to), side);
}

/// From the top: what lies above the frame, its own rows, the ends of a branch, what lies below.
long Frame::rank(const std::string& target) const {
  const auto rows = static_cast<long>(items_.size());
  const auto here = static_cast<long>(row(target));
  if (here < rows) return here;
  if (target == stop_word) return rows;
  if (target == join_word) return rows + 1;
  const Definition& definition = *sketch_->definition;
  const auto order = static_cast<long>(definition.order(target));
  const bool above = order < static_cast<long>(definition.order(items_.front().key));
  return above ? order - static_cast<long>(definition.states.size()) : rows + 2 + order;
}

std::vector<std::string> Frame::targets(Side side) const {
  std::vector<std::string> keys;
  for (const auto& [target, at] : tracks(side)) keys.push_back(target);
  const bool lowest_first = side == Side::left;
  std::sort(keys.begin(), keys.end(),
            [&](const auto& a, const auto& b) { return lowest_first ? rank(a) > rank(b) : rank(a) < rank(b); });
  return keys;
}

/// So that they cross as little as can be: what bends down at once lowest, what goes on farthest highest.
void Frame::sort_wires(std::vector<Wire>& wires) const {
  const auto order = [&](const Wire& wire) { return std::pair(wire.course == Course::elbow_out, -rank(wire.track)); };
  std::stable_sort(wires.begin(), wires.end(), [&](const Wire& a, const Wire& b) { return order(a) < order(b); });
}

double Frame::widest_label(const std::vector<Wire>& wires) const {
  double widest = 0;
  for (const Wire& wire : wires) widest = std::max(widest, sketch_->links[wire.link].label_width);
  return widest > 0 ? widest + 2 * label_margin : wires.empty() ? 0 : label_margin;
}

void Frame::place_ports(Item& item) {
  double lowest = 0;
  const auto place_side = [&](std::vector<Wire>& wires, bool entered) {
    sort_wires(wires);
    double above = std::max(item.shape.exits, entered ? item.shape.entry + port_pitch / 2 : 0);
    for (const Wire& wire : wires) {
      const Link& link = sketch_->links[wire.link];
      if (link.transition.weight == Weight::choice) continue;
      above += link.label_height > 0 ? link.label_height + label_above + 2 : port_pitch;
      item.ports[wire.link] = above;
    }
    lowest = std::max(lowest, above);
  };
  place_side(item.left, item.left_entry);
  place_side(item.right, item.right_entry);
  item.box = {0, 0, item.shape.width,
              std::max(item.shape.height, item.ports.empty() ? 0 : lowest + port_margin + item.shape.tail)};
  const double spare = item.box.height - item.shape.tail - port_margin - lowest;
  for (auto& [link, port] : item.ports) port += spare / 2;
}

void Frame::place_rows(double above) {
  double y = above;
  for (Item& item : items_) {
    item.box.y = y;
    const double label = item.down ? sketch_->links[item.down->link].label_height : 0;
    y = item.box.bottom() +
        (item.down ? std::max(row_gap, label > 0 ? label + 2 * label_margin + 6 : 0) : row_gap_without_arrow);
    height_ = item.down ? y : item.box.bottom();
  }
}

void Frame::place_columns() {
  double half = 0, second_half = 0, gap = 0;
  for (const Item& item : items_) {
    if (item.column > 0) {
      second_half = std::max(second_half, item.box.width / 2);
      gap = std::max(gap, widest_label(item.left));
    } else if (!item.whole_width) {
      half = std::max(half, item.box.width / 2);
      gap = std::max(gap, widest_label(item.right));
    }
  }
  const double second = half + gap + column_gap + second_half;
  for (Item& item : items_) item.box.x = (item.column > 0 ? second : 0) - item.box.width / 2;
}

void Frame::place_tracks() {
  left_ = right_ = 0;
  for (const Item& item : items_) {
    const double down = item.down ? sketch_->links[item.down->link].label_width + label_margin : 0;
    right_ = std::max({right_, item.box.right() + widest_label(item.right), item.box.centre() + down});
    left_ = std::min(left_, item.box.x - widest_label(item.left));
  }
  for (const auto& target : targets(Side::left)) lefts_[target] = left_ -= track_pitch;
  for (const auto& target : targets(Side::right)) rights_[target] = right_ += track_pitch;
  if (!lefts_.empty()) left_ -= track_margin - track_pitch;
  if (!rights_.empty()) right_ += track_margin - track_pitch;
}

void Frame::measure(double above) {
  for (Item& item : items_) place_ports(item);
  place_rows(above);
  place_columns();
  place_tracks();
}

void Frame::move(double x, double y) {
  const double by = x - left_;
  for (Item& item : items_) {
    item.box.x += by;
    item.box.y += y;
  }
  for (auto* tracks : {&lefts_, &rights_})
    for (auto& [target, at] : *tracks) at += by;
  axis_ = by;
  left_ += by;
  right_ += by;
}

double Frame::track(Side side, const std::string& target) const { return tracks(side).at(target); }

}  // namespace xueji
