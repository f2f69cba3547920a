// Which of the two languages a client wants.
#pragma once
#include "engine/base/text.hpp"
#include "web/http/http.hpp"

namespace xueji::web {

/// By the weights of Accept-Language; `otherwise` where it names neither, or there is none.
Language language_of(const Headers& headers, Language otherwise = Language::zh);
std::string_view to_string(Language language);
std::optional<Language> parse_language(std::string_view word);

}  // namespace xueji::web
