// What the SVG writes on each state and arrow, broken into lines, and so how much room each takes.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/text.hpp"
#include "engine/render/layout.hpp"

namespace xueji {

inline constexpr std::string_view svg_fonts =
    "system-ui, 'Segoe UI', 'Noto Sans', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif";

/// Sizes of the type, and what a line of each takes.
inline constexpr double title_size = 14, title_line = 19;
inline constexpr double detail_size = 12, detail_line = 17;
inline constexpr double words_size = 11.5, words_line = 15;

struct CardText {
  std::vector<std::string> title;
  std::vector<std::string> details;  ///< who decides, until when
};

struct SvgSketch {
  Sketch sketch;
  std::map<std::string, CardText> cards;
  std::map<std::string, std::vector<std::vector<std::string>>> branch_names;  ///< of each parallel state
  std::vector<std::vector<std::string>> words;                                ///< of each link
  std::string stop;
};

inline constexpr double card_width = 236, card_padding = 12, card_icon = 30;
inline constexpr double pill_width = 128;

SvgSketch sketch_svg(const Definition& definition, Language language);

/// The procedure in sentences, for those who hear the picture.
std::string description_of(const Definition& definition, Language language);

}  // namespace xueji
