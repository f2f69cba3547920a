// Small things that the SVG is made of: colours, signs, ways with rounded corners.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/definition/definition.hpp"
#include "engine/render/layout.hpp"

namespace xueji {

/// Of the strip and the sign of a state's kind, or of an end's outcome.
std::string_view colour_of(const State& state);
/// Path data in a square of 16, drawn with lines: a pencil, a person, a gear, a clock, what became of it.
std::string_view sign_of(const State& state);

/// Where a level line at `y` meets the diamond in the box on that side.
double edge_of_diamond(const Box& box, double y, bool left);

/// Corners rounded, one that ends in an arrow shortened by its head.
std::string path_of(const std::vector<Point>& way, double head);
/// The head of the arrow at the end of the way.
std::string arrow_head(const std::vector<Point>& way);
/// Without points that change nothing.
std::vector<Point> simplified(const std::vector<Point>& way);

}  // namespace xueji
