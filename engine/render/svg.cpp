#include "engine/render/svg.hpp"

#include <fmt/format.h>

#include "engine/render/svg_drawing.hpp"
#include "engine/render/svg_sketch.hpp"

namespace xueji {
namespace {

constexpr std::string_view style_of_file = R"(<style>
  @media (prefers-color-scheme: dark) {
    .paper { fill: #14181f }
    .card { fill: #1e2530; stroke: #48566a }
    .region { fill: #181e27; stroke: #48566a }
    .band { fill: #232b37 }
    .title { fill: #eef2f7 }
    .detail, .words { fill: #aab6c6 }
    .strip { filter: brightness(1.5) }
    .sign { filter: brightness(1.7) }
    .line { stroke: #6b7a8f }
    .head { fill: #6b7a8f }
    .link[data-weight=main] .line { stroke: #9fb4d0 }
    .link[data-weight=main] .head { fill: #9fb4d0 }
  }
</style>
)";

void write_heading(XmlWriter& xml, const Definition& definition, const Layout& layout, Language language) {
  const std::string width = to_text(layout.width), height = to_text(layout.height);
  xml.open("svg", {{"xmlns", "http://www.w3.org/2000/svg"},
                   {"viewBox", "0 0 " + width + " " + height},
                   {"width", width},
                   {"height", height},
                   {"role", "img"},
                   {"lang", language == Language::zh ? "zh-CN" : "en"},
                   {"class", "diagram"},
                   {"font-family", std::string{svg_fonts}},
                   {"aria-labelledby", "diagram-title diagram-description"}});
  xml.text("title", definition.title.in(language), {{"id", "diagram-title"}});
  xml.text("desc", description_of(definition, language), {{"id", "diagram-description"}});
}

}  // namespace

std::string render_svg(const Definition& definition, Language language, SvgUse use) {
  const SvgSketch drawn = sketch_svg(definition, language);
  const Layout layout = lay_out(drawn.sketch);
  XmlWriter xml;
  write_heading(xml, definition, layout, language);
  if (use == SvgUse::file) {
    xml.raw(style_of_file);
    xml.empty("rect", {{"class", "paper"}, {"width", "100%"}, {"height", "100%"}, {"fill", "#ffffff"}});
  }
  SvgDrawing drawing{xml, drawn, layout, language};
  drawing.draw();
  xml.close();
  return xml.take();
}

}  // namespace xueji
