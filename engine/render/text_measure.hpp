// How wide a text will be, without a font: an upper estimate that holds for the usual sans-serif faces.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace xueji {

/// In the unit of `size`, the height of the type. `text` is well-formed UTF-8; a Chinese character is as wide as it is
/// high.
double text_width(std::string_view text, double size);

/// Lines of at most `width`, broken where the script allows it; a word that is wider alone is cut. Nothing is lost but
/// the spaces at the breaks. No line for an empty text.
std::vector<std::string> wrap_text(std::string_view text, double size, double width);

}  // namespace xueji
