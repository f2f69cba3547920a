// The box of a parallel state: its branches side by side, each a column of its own, and the levels on which arrows
// leave it.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "engine/render/frame.hpp"

namespace xueji {

class Region {
 public:
  Region(const Sketch& sketch, const std::string& parallel);

  std::vector<Frame>& lanes() { return lanes_; }
  /// Once all arrows are connected: the room that the box takes.
  Shape measure();
  /// The box as it was placed.
  void move(const Box& box);
  const PlacedRegion& placed() const { return placed_; }
  /// Where arrows to that target leave the box on that side.
  double level(Side side, const std::string& target) const;
  /// The last bit of the way of a transition to `join` or `stop`, from its track.
  void end_branch(const Transition& transition, double track, std::vector<Point>& way) const;

 private:
  void place_levels();
  double level_room(Side side) const;
  double stop_room() const;
  Box stop_of(const Frame& lane) const;

  const Sketch* sketch_;
  const State* state_;
  const RegionShape* shape_;
  std::vector<Frame> lanes_;
  std::map<std::string, double> above_, below_;  ///< target -> level
  double tallest_ = 0, height_ = 0;
  PlacedRegion placed_;
};

}  // namespace xueji
