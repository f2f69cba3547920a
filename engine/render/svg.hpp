// A definition as a picture, SVG 1.1 with classes. Colours for light paper are attributes, which any style of the page
// overrides by class; nothing is fetched.
#pragma once
#include <string>

#include "engine/definition/definition.hpp"

namespace xueji {

/// A whole file carries its own style for dark screens; a part of a page takes the page's.
enum class SvgUse { file, part_of_page };

/// States are `<g class="state" data-state="KEY" data-kind="KIND">`, ends with `data-outcome`, arrows
/// `<g class="link" data-from="KEY" data-to="KEY" data-event="EVENT" data-weight="main|other|aside|choice">`. Choices
/// are arrows that `to: earlier` may take; faint, and without words.
std::string render_svg(const Definition& definition, Language language, SvgUse use);

}  // namespace xueji
