#include "engine/render/svg_shapes.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/render/xml.hpp"

namespace xueji {
namespace {

constexpr double corner = 7, head_length = 8, head_half = 4;

double length(const Point& a, const Point& b) { return std::hypot(b.x - a.x, b.y - a.y); }

Point towards(const Point& a, const Point& b, double distance) {
  const double whole = length(a, b);
  return whole == 0 ? a : Point{a.x + (b.x - a.x) * distance / whole, a.y + (b.y - a.y) * distance / whole};
}

std::string pair(const Point& point) { return to_text(point.x) + " " + to_text(point.y); }

bool on_one_line(const Point& a, const Point& b, const Point& c) {
  return (a.x == b.x && b.x == c.x) || (a.y == b.y && b.y == c.y);
}

}  // namespace

std::string_view colour_of(const State& state) {
  static constexpr std::array<std::string_view, 11> of_kinds{
      "#5b6b80", "#1f5fbf", "#1f5fbf", "#5b6b80", "#3d7a74", "#3d7a74", "#7a4cc2", "#a15c00", "#a15c00", "#3d7a74", ""};
  static constexpr std::array<std::string_view, 5> of_outcomes{"#1b7a3d", "#b3261e", "#5b6b80", "#5b6b80", "#a15c00"};
  return state.kind == StateKind::end ? of_outcomes[static_cast<std::size_t>(state.outcome)]
                                      : of_kinds[static_cast<std::size_t>(state.kind)];
}

std::string_view sign_of(const State& state) {
  static constexpr std::array<std::string_view, 11> of_kinds{
      "M2.5 13.5l.8-3.4 7.4-7.4 2.6 2.6-7.4 7.4zM9 4.4l2.6 2.6",
      "M8 2.2a2.7 2.7 0 1 1 0 5.4a2.7 2.7 0 1 1 0-5.4M2.8 13.8c0-3 2.2-4.4 5.2-4.4s5.2 1.4 5.2 4.4z",
      "M4 1.8h8v12.4h-8zM6.2 5h3.6M6.2 7.8h3.6M5.8 11.2l1.6 1.4 2.8-3",
      "M2.2 6h11.6v7.4H2.2zM5.8 6V3.4h4.4V6M2.2 9.2h11.6",
      "M2.4 3.6h11.2v8.8H2.4zM2.4 3.6l5.6 5 5.6-5",
      "M8 1.8l6.2 6.2-6.2 6.2-6.2-6.2z",
      "M8 5.6a2.4 2.4 0 1 1 0 4.8a2.4 2.4 0 1 1 0-4.8M8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6l1.5 1.5M10.9 10.9l1.5 "
      "1.5M3.6 12.4l1.5-1.5M10.9 5.1l1.5-1.5",
      "M8 1.8a6.2 6.2 0 1 1 0 12.4a6.2 6.2 0 1 1 0-12.4M8 4.6v3.6l2.4 1.6",
      "M2.4 2.4h7v7h-7zM6.6 9.4v4.2h7v-7h-4.2",
      "M8 1.6v3M8 11.4v3M3.4 4.6h9.2v0M3.4 4.6v6.8M12.6 4.6v6.8M3.4 11.4h9.2",
      ""};
  static constexpr std::array<std::string_view, 5> of_outcomes{
      "M3 8.6l3.4 3.4 6.8-7.6", "M3.6 3.6l8.8 8.8M12.4 3.6l-8.8 8.8",
      "M6 3.4l-3.6 3.6 3.6 3.6M2.6 7h6.6a3.6 3.2 0 0 1 0 6.4h-2.4",
      "M8 1.8a6.2 6.2 0 1 1 0 12.4a6.2 6.2 0 1 1 0-12.4M3.7 12.3l8.6-8.6",
      "M8 1.8a6.2 6.2 0 1 1 0 12.4a6.2 6.2 0 1 1 0-12.4M8 4.6v3.6l2.4 1.6"};
  return state.kind == StateKind::end ? of_outcomes[static_cast<std::size_t>(state.outcome)]
                                      : of_kinds[static_cast<std::size_t>(state.kind)];
}

double edge_of_diamond(const Box& box, double y, bool left) {
  const double half = box.height / 2, away = std::min(std::abs(y - box.middle()), half);
  const double reach = box.width / 2 * (1 - away / half);
  return box.centre() + (left ? -reach : reach);
}

std::vector<Point> simplified(const std::vector<Point>& way) {
  std::vector<Point> kept;
  for (const Point& point : way) {
    if (!kept.empty() && kept.back() == point) continue;
    if (kept.size() >= 2 && on_one_line(kept[kept.size() - 2], kept.back(), point)) kept.pop_back();
    kept.push_back(point);
  }
  return kept;
}

std::string path_of(const std::vector<Point>& way, double head) {
  std::vector<Point> points = simplified(way);
  points.back() = towards(points.back(), points[points.size() - 2], head);
  std::string path = "M" + pair(points.front());
  for (std::size_t at = 1; at + 1 < points.size(); ++at) {
    const Point &before = points[at - 1], &here = points[at], &after = points[at + 1];
    const double round = std::min({corner, length(before, here) / 2, length(here, after) / 2});
    path += "L" + pair(towards(here, before, round)) + "Q" + pair(here) + " " + pair(towards(here, after, round));
  }
  return path + "L" + pair(points.back());
}

std::string arrow_head(const std::vector<Point>& way) {
  const std::vector<Point> points = simplified(way);
  const Point tip = points.back(), base = towards(tip, points[points.size() - 2], head_length);
  const Point across{(tip.y - base.y) / head_length * head_half, (tip.x - base.x) / head_length * head_half};
  return "M" + pair(tip) + "L" + pair({base.x + across.x, base.y - across.y}) + "L" +
         pair({base.x - across.x, base.y + across.y}) + "Z";
}

}  // namespace xueji
