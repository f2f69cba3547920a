#include "engine/render/svg_sketch.hpp"

#include <algorithm>

#include "engine/render/text_measure.hpp"
#include "engine/render/words.hpp"

namespace xueji {
namespace {

constexpr double diamond_words = 120, diamond_margin = 40, diamond_line = 26;
constexpr double words_width = 118, names_padding = 6, stop_padding = 30;
constexpr double start_room = 34, heading_padding = 10, region_narrowest = 300, join_room = 12;

double height_of(const CardText& text) {
  return static_cast<double>(text.title.size()) * title_line + static_cast<double>(text.details.size()) * detail_line;
}

CardText text_of(const State& state, Language language, double width) {
  CardText text{wrap_text(state.title.in(language), title_size, width), {}};
  for (const Text& detail : {awaited_in(state), term_of(state)})
    for (auto& line : wrap_text(detail.in(language), detail_size, width)) text.details.push_back(std::move(line));
  return text;
}

class SvgSketcher {
 public:
  SvgSketcher(const Definition& definition, Language language) : language_(language) {
    drawn_.sketch.definition = &definition;
    drawn_.sketch.start = start_room;
    drawn_.stop = Text{"本分支终止", "Branch stops"}.in(language);
    for (const State& state : definition.states) add(state);
    for (Transition& transition : transitions_of(definition)) add(std::move(transition));
  }

  SvgSketch take() { return std::move(drawn_); }

 private:
  void add(const State& state) {
    if (state.kind == StateKind::parallel) return add_region(state);
    if (state.kind == StateKind::choice) return add_diamond(state);
    const bool end = state.kind == StateKind::end;
    const double width = end ? pill_width - 44 : card_width - card_icon - 2 * card_padding;
    CardText text = text_of(state, language_, width);
    const double height = height_of(text) + (end ? 14 : 2 * card_padding);
    drawn_.sketch.shapes[state.key] = end ? Shape{pill_width, height, height / 2, 0} : Shape{card_width, height, 18, 4};
    drawn_.cards[state.key] = std::move(text);
  }

  /// High enough that the corners of its words stay inside.
  void add_diamond(const State& state) {
    CardText text{wrap_text(state.title.in(language_), title_size, diamond_words), {}};
    const double height = diamond_margin + diamond_line * static_cast<double>(text.title.size());
    drawn_.sketch.shapes[state.key] = {card_width, height, height / 2, height / 2};
    drawn_.cards[state.key] = std::move(text);
  }

  void add_region(const State& state) {
    CardText text{wrap_text(state.title.in(language_), title_size, region_narrowest - 60),
                  wrap_text(join_rule_of(state).in(language_), detail_size, region_narrowest - 60)};
    std::size_t lines = 1;
    auto& names = drawn_.branch_names[state.key];
    for (const Branch& branch : state.branches) {
      names.push_back(wrap_text(branch.title.in(language_), detail_size, card_width - 2 * card_padding));
      lines = std::max(lines, names.back().size());
    }
    drawn_.sketch.regions[state.key] = {height_of(text) + heading_padding,
                                        static_cast<double>(lines) * detail_line + names_padding,
                                        join_room,
                                        region_narrowest,
                                        text_width(drawn_.stop, words_size) + stop_padding,
                                        words_line + 8};
    drawn_.cards[state.key] = std::move(text);
  }

  void add(Transition transition) {
    std::vector<std::string> lines;
    if (transition.weight != Weight::choice) lines = wrap_text(transition.title.in(language_), words_size, words_width);
    double width = 0;
    for (const auto& line : lines) width = std::max(width, text_width(line, words_size));
    drawn_.sketch.links.push_back({std::move(transition), width, static_cast<double>(lines.size()) * words_line});
    drawn_.words.push_back(std::move(lines));
  }

  Language language_;
  SvgSketch drawn_;
};

std::string target_title(const Definition& definition, const Transition& transition, Language language) {
  const State* to = definition.state(transition.to);
  if (to) return to->title.in(language);
  return (transition.to == stop_word ? Text{"本分支终止", "the branch stops"} : Text{"汇合", "the join"}).in(language);
}

}  // namespace

SvgSketch sketch_svg(const Definition& definition, Language language) {
  return SvgSketcher{definition, language}.take();
}

std::string description_of(const Definition& definition, Language language) {
  const bool zh = language == Language::zh;
  std::string told = definition.description.in(language);
  for (const Transition& transition : transitions_of(definition)) {
    if (transition.weight == Weight::choice) continue;
    const std::string& title = transition.title.in(language);
    told += (told.empty() ? "" : zh ? "；" : "; ") + definition.state(transition.from)->title.in(language);
    told += title.empty() ? " → " : (zh ? "：" : ": ") + title + " → ";
    told += target_title(definition, transition, language);
  }
  return told;
}

}  // namespace xueji
