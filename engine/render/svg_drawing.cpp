#include "engine/render/svg_drawing.hpp"

#include <algorithm>

#include "engine/render/svg_shapes.hpp"
#include "engine/render/text_measure.hpp"
#include "engine/render/words.hpp"

namespace xueji {
namespace {

constexpr double head_room = 6;  ///< a line ends inside the head of its arrow
constexpr double end_sign = 24;  ///< the sign of an outcome, and the space behind it

struct LineStyle {
  std::string_view colour;
  double width;
  bool dashed;
};

LineStyle style_of(Weight weight) {
  switch (weight) {
    case Weight::main:
      return {"#33588a", 2.2, false};
    case Weight::other:
      return {"#66788f", 1.5, false};
    case Weight::aside:
      return {"#93a1b3", 1.2, false};
    case Weight::choice:
      break;
  }
  return {"#b4bfcc", 1, true};
}

XmlWriter::Attributes rectangle(const Box& box, double round, std::string_view kind) {
  return {{"class", std::string{kind}},  {"x", to_text(box.x)},           {"y", to_text(box.y)},
          {"width", to_text(box.width)}, {"height", to_text(box.height)}, {"rx", to_text(round)}};
}

void paint(XmlWriter::Attributes& attributes, std::string_view fill, std::string_view stroke) {
  attributes.emplace_back("fill", fill);
  if (!stroke.empty()) attributes.emplace_back("stroke", stroke);
}

}  // namespace

void SvgDrawing::draw() {
  const Definition& definition = *drawn_.sketch.definition;
  for (const auto& [key, region] : layout_.regions) draw_region(*definition.state(key), region);
  draw_start();
  for (const Weight weight : {Weight::choice, Weight::aside, Weight::other, Weight::main})
    for (std::size_t link = 0; link < layout_.links.size(); ++link)
      if (drawn_.sketch.links[link].transition.weight == weight) draw_link(link);
  for (const State& state : definition.states) {
    if (state.kind == StateKind::parallel) continue;
    const Box& box = layout_.states.at(state.key);
    if (state.kind == StateKind::end)
      draw_end(state, box);
    else if (state.kind == StateKind::choice)
      draw_choice(state, box);
    else
      draw_card(state, box);
  }
}

void SvgDrawing::open_state(const State& state) {
  XmlWriter::Attributes attributes{
      {"class", "state"}, {"data-state", state.key}, {"data-kind", std::string{to_string(state.kind)}}};
  if (state.kind == StateKind::end) attributes.emplace_back("data-outcome", to_string(state.outcome));
  xml_.open("g", attributes);
  std::string told = state.title.in(language_);
  for (const Text& detail : {awaited_in(state), term_of(state)})
    if (!detail.en.empty()) told += "\n" + detail.in(language_);
  xml_.text("title", told);
}

void SvgDrawing::draw_lines(const std::vector<std::string>& lines, std::string_view kind, double x, double& y,
                            bool middle) {
  const bool title = kind == "title";
  for (const auto& line : lines) {
    XmlWriter::Attributes attributes{{"class", std::string{kind}},
                                     {"x", to_text(x)},
                                     {"y", to_text(y + (title ? title_size : detail_size))},
                                     {"font-size", to_text(title ? title_size : detail_size)},
                                     {"fill", title ? "#1c2531" : "#56657a"}};
    if (title) attributes.emplace_back("font-weight", "600");
    if (middle) attributes.emplace_back("text-anchor", "middle");
    xml_.text("text", line, attributes);
    y += title ? title_line : detail_line;
  }
}

void SvgDrawing::draw_region(const State& state, const PlacedRegion& region) {
  open_state(state);
  auto outline = rectangle(region.box, 10, "region");
  paint(outline, "#f6f8fa", "#b9c4d1");
  xml_.empty("rect", outline);
  const auto& names = drawn_.branch_names.at(state.key);
  for (std::size_t at = 0; at < region.branches.size(); ++at) draw_branch(region.branches[at], names[at], at == 0);
  auto join = rectangle({region.join.x + 8, region.join.y, region.join.width - 16, 5}, 2.5, "join");
  paint(join, colour_of(state), "");
  xml_.empty("rect", join);
  double y = region.heading.y + 8;
  const CardText& text = drawn_.cards.at(state.key);
  draw_lines(text.title, "title", region.box.centre(), y, true);
  draw_lines(text.details, "detail", region.box.centre(), y, true);
  xml_.close();
}

void SvgDrawing::draw_branch(const PlacedBranch& branch, const std::vector<std::string>& name, bool first) {
  auto band = rectangle(branch.name, 0, "band");
  paint(band, "#e9eef4", "");
  xml_.empty("rect", band);
  if (!first)
    xml_.empty("path",
               {{"class", "line"},
                {"d", "M" + to_text(branch.box.x) + " " + to_text(branch.box.y) + "v" + to_text(branch.box.height)},
                {"stroke", "#b9c4d1"},
                {"stroke-dasharray", "4 4"}});
  double y = branch.name.y + 3;
  draw_lines(name, "detail", branch.way.front().x, y, true);
  draw_arrow(branch.way, style_of(Weight::main).colour, style_of(Weight::main).width, false);
  if (branch.stop.width <= 0) return;
  auto stop = rectangle(branch.stop, branch.stop.height / 2, "card");
  paint(stop, "#ffffff", "#93a1b3");
  xml_.empty("rect", stop);
  double text = branch.stop.y + (branch.stop.height - detail_line) / 2;
  draw_lines({drawn_.stop}, "detail", branch.stop.centre(), text, true);
}

void SvgDrawing::draw_start() {
  const Point& at = layout_.start;
  xml_.empty("circle",
             {{"class", "start"}, {"cx", to_text(at.x)}, {"cy", to_text(at.y + 7)}, {"r", "6"}, {"fill", "#33588a"}});
  draw_arrow({{at.x, at.y + 13}, {at.x, at.y + drawn_.sketch.start}}, style_of(Weight::main).colour,
             style_of(Weight::main).width, false);
}

void SvgDrawing::draw_arrow(const std::vector<Point>& way, std::string_view colour, double width, bool dashed) {
  XmlWriter::Attributes line{{"class", "line"},
                             {"d", path_of(way, head_room)},
                             {"fill", "none"},
                             {"stroke", std::string{colour}},
                             {"stroke-width", to_text(width)}};
  if (dashed) line.emplace_back("stroke-dasharray", "2 3");
  xml_.empty("path", line);
  xml_.empty("path", {{"class", "head"}, {"d", arrow_head(way)}, {"fill", std::string{colour}}});
}

void SvgDrawing::draw_link(std::size_t link) {
  const Transition& transition = drawn_.sketch.links[link].transition;
  xml_.open("g", {{"class", "link"},
                  {"data-from", transition.from},
                  {"data-to", transition.to},
                  {"data-event", transition.event},
                  {"data-weight", std::string{to_string(transition.weight)}}});
  const LineStyle style = style_of(transition.weight);
  draw_arrow(way_of(link), style.colour, style.width, style.dashed);
  draw_words(link);
  xml_.close();
}

/// A diamond is met where it is, inside its box.
std::vector<Point> SvgDrawing::way_of(std::size_t link) const {
  const Transition& transition = drawn_.sketch.links[link].transition;
  const auto diamond = [&](const std::string& key) {
    const State* state = drawn_.sketch.definition->state(key);
    return state && state->kind == StateKind::choice ? &layout_.states.at(key) : nullptr;
  };
  std::vector<Point> way = layout_.links[link].way;
  const auto meet = [](const Box& box, Point& end, const Point& next) {
    if (end.y == next.y) end.x = edge_of_diamond(box, end.y, next.x < end.x);
  };
  if (const Box* from = diamond(transition.from)) meet(*from, way.front(), way[1]);
  if (const Box* to = diamond(transition.to)) meet(*to, way.back(), way[way.size() - 2]);
  return way;
}

void SvgDrawing::draw_words(std::size_t link) {
  const Box& label = layout_.links[link].label;
  const bool aside = drawn_.sketch.links[link].transition.weight == Weight::aside;
  double y = label.y + words_size;
  for (const auto& line : drawn_.words[link]) {
    xml_.text("text", line,
              {{"class", "words"},
               {"x", to_text(label.x)},
               {"y", to_text(y)},
               {"font-size", to_text(words_size)},
               {"fill", aside ? "#66758a" : "#2d3a4b"}});
    y += words_line;
  }
}

void SvgDrawing::draw_card(const State& state, const Box& box) {
  open_state(state);
  auto card = rectangle(box, 9, "card");
  paint(card, "#ffffff", "#b9c4d1");
  xml_.empty("rect", card);
  auto strip = rectangle({box.x + 5, box.y + 8, 4, box.height - 16}, 2, "strip");
  paint(strip, colour_of(state), "");
  xml_.empty("rect", strip);
  const CardText& text = drawn_.cards.at(state.key);
  const double lines =
      static_cast<double>(text.title.size()) * title_line + static_cast<double>(text.details.size()) * detail_line;
  double y = box.middle() - lines / 2;
  xml_.empty("path", {{"class", "sign"},
                      {"d", std::string{sign_of(state)}},
                      {"transform", "translate(" + to_text(box.x + 17) + " " + to_text(y + 1.5) + ")"},
                      {"fill", "none"},
                      {"stroke", std::string{colour_of(state)}},
                      {"stroke-width", "1.4"},
                      {"stroke-linejoin", "round"},
                      {"stroke-linecap", "round"}});
  const double x = box.x + card_padding + card_icon;
  draw_lines(text.title, "title", x, y, false);
  draw_lines(text.details, "detail", x, y, false);
  xml_.close();
}

void SvgDrawing::draw_choice(const State& state, const Box& box) {
  open_state(state);
  const auto corner = [](double x, double y) { return to_text(x) + " " + to_text(y); };
  XmlWriter::Attributes diamond{
      {"class", "card"},
      {"d", "M" + corner(box.centre(), box.y) + "L" + corner(box.right(), box.middle()) + "L" +
                corner(box.centre(), box.bottom()) + "L" + corner(box.x, box.middle()) + "Z"}};
  paint(diamond, "#ffffff", colour_of(state));
  diamond.emplace_back("stroke-width", "1.4");
  xml_.empty("path", diamond);
  const CardText& text = drawn_.cards.at(state.key);
  double y = box.middle() - static_cast<double>(text.title.size()) * title_line / 2;
  draw_lines(text.title, "title", box.centre(), y, true);
  xml_.close();
}

void SvgDrawing::draw_end(const State& state, const Box& box) {
  open_state(state);
  auto pill = rectangle(box, box.height < 40 ? box.height / 2 : 16, "card");
  paint(pill, "#ffffff", colour_of(state));
  pill.emplace_back("stroke-width", "1.8");
  xml_.empty("rect", pill);
  const CardText& text = drawn_.cards.at(state.key);
  double widest = 0;
  for (const auto& line : text.title) widest = std::max(widest, text_width(line, title_size));
  const double sign = box.centre() - (widest + end_sign) / 2;
  xml_.empty("path", {{"class", "sign"},
                      {"d", std::string{sign_of(state)}},
                      {"transform", "translate(" + to_text(sign) + " " + to_text(box.middle() - 8) + ")"},
                      {"fill", "none"},
                      {"stroke", std::string{colour_of(state)}},
                      {"stroke-width", "1.8"},
                      {"stroke-linejoin", "round"},
                      {"stroke-linecap", "round"}});
  double y = box.middle() - static_cast<double>(text.title.size()) * title_line / 2;
  draw_lines(text.title, "title", sign + end_sign, y, false);
  xml_.close();
}

}  // namespace xueji
