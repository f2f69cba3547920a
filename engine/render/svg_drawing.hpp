// Draws a laid-out definition: boxes of parallel states, arrows, states, words, in this order from below to above.
#pragma once
#include "engine/render/svg_sketch.hpp"
#include "engine/render/xml.hpp"

namespace xueji {

class SvgDrawing {
 public:
  SvgDrawing(XmlWriter& xml, const SvgSketch& drawn, const Layout& layout, Language language)
      : xml_(xml), drawn_(drawn), layout_(layout), language_(language) {}
  void draw();

 private:
  void draw_region(const State& state, const PlacedRegion& region);
  void draw_branch(const PlacedBranch& branch, const std::vector<std::string>& name, bool first);
  void draw_start();
  void draw_link(std::size_t link);
  void draw_words(std::size_t link);
  void draw_card(const State& state, const Box& box);
  void draw_choice(const State& state, const Box& box);
  std::vector<Point> way_of(std::size_t link) const;
  void draw_end(const State& state, const Box& box);
  void draw_arrow(const std::vector<Point>& way, std::string_view colour, double width, bool dashed);
  void draw_lines(const std::vector<std::string>& lines, std::string_view kind, double x, double& y, bool middle);
  void open_state(const State& state);

  XmlWriter& xml_;
  const SvgSketch& drawn_;
  const Layout& layout_;
  Language language_;
};

}  // namespace xueji
