// Plain HTML pages, without scripts.
#pragma once
#include <string>
#include <string_view>

#include "engine/base/text.hpp"

namespace xueji::web {

/// A whole page round this content, which is HTML already.
std::string page(Language language, std::string_view title, std::string_view content);

}  // namespace xueji::web
