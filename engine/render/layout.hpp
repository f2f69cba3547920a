// Where everything of a definition's picture stands. From top to bottom, in the order of the procedure: the main way
// straight down, what lies beside it in a second column, ways back on the left, ways out on the right. Arrows run level
// and upright; those to one target share a track. Nothing overlaps, by construction.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "engine/render/transitions.hpp"

namespace xueji {

struct Point {
  double x = 0, y = 0;
  bool operator==(const Point&) const = default;
};

struct Box {
  double x = 0, y = 0, width = 0, height = 0;
  double right() const { return x + width; }
  double bottom() const { return y + height; }
  double centre() const { return x + width / 2; }
  double middle() const { return y + height / 2; }
};

/// How a renderer draws a state. It grows where the arrows that leave it need more room.
struct Shape {
  double width = 0, height = 0;
  double entry = 0;  ///< below its top: where arrows come in from a side
  double exits = 0;  ///< below its top: from where on arrows leave to a side
  double tail = 0;   ///< above its bottom: where none leaves any more
};

/// An arrow with the room that its words take; no height where it has none.
struct Link {
  Transition transition;
  double label_width = 0, label_height = 0;
};

/// The parts of a parallel state's box, from its top: heading, the names of the branches, their states, the join.
struct RegionShape {
  double heading = 0, names = 0, join = 0;
  double width = 0;                        ///< at least
  double stop_width = 0, stop_height = 0;  ///< the mark where a branch ends without joining
};

/// What is to be laid out.
struct Sketch {
  const Definition* definition = nullptr;
  std::map<std::string, Shape> shapes;  ///< of every state that is not parallel
  std::map<std::string, RegionShape> regions;
  std::vector<Link> links;
  double start = 0;  ///< room above the first state
};

struct PlacedLink {
  std::vector<Point> way;
  Box label;  ///< empty where there is none
};

struct PlacedBranch {
  Box box;
  Box name;
  Box stop;                ///< empty where nothing leads to it
  std::vector<Point> way;  ///< from the name to the first state
};

struct PlacedRegion {
  Box box, heading, join;
  std::vector<PlacedBranch> branches;
};

struct Layout {
  double width = 0, height = 0;
  std::map<std::string, Box> states;  ///< parallel ones too
  std::map<std::string, PlacedRegion> regions;
  std::vector<PlacedLink> links;  ///< in the order of the sketch
  Point start;
};

Layout lay_out(const Sketch& sketch);

}  // namespace xueji
