// Rare, traditional and variant ideographs, and the common ones that people type for them. Written from Unihan by
// script/name-variants.mjs.
#pragma once

namespace xueji {

/// 吉 for 𠮷, 刘 for 劉; the character itself where it is common, or no common one is known. For finding, never for
/// comparing people or storing.
char32_t common_form(char32_t c);

}  // namespace xueji
