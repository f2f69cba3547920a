#include "web/http/language.hpp"

#include <algorithm>

#include "web/http/weighted_list.hpp"

namespace xueji::web {
namespace {

bool names(std::string_view range, std::string_view language) {
  return range.size() >= 2 && equal_without_case(range.substr(0, 2), language) &&
         (range.size() == 2 || range[2] == '-');
}

}  // namespace

Language language_of(const Headers& headers, Language otherwise) {
  const auto accepted = headers.find("Accept-Language");
  if (!accepted) return otherwise;
  int zh = 0;
  int en = 0;
  for (const auto& [range, weight] : weighted_list(*accepted)) {
    if (names(range, "zh")) zh = std::max(zh, weight);
    if (names(range, "en")) en = std::max(en, weight);
  }
  if (zh == en) return otherwise;
  return zh > en ? Language::zh : Language::en;
}

std::string_view to_string(Language language) { return language == Language::zh ? "zh" : "en"; }

std::optional<Language> parse_language(std::string_view word) {
  if (word == "zh") return Language::zh;
  if (word == "en") return Language::en;
  return std::nullopt;
}

}  // namespace xueji::web
