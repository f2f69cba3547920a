#include "web/files/diagrams.hpp"

#include "engine/render/svg.hpp"

namespace xueji::web {

std::shared_ptr<const std::string> Diagrams::of(const Definition& definition, Language language) {
  const std::lock_guard lock(mutex_);
  auto& drawn = drawn_[{definition.sha256, language}];
  if (!drawn) drawn = std::make_shared<const std::string>(render_svg(definition, language, SvgUse::part_of_page));
  return drawn;
}

}  // namespace xueji::web
