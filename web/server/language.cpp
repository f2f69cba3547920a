#include "web/server/language.hpp"

#include <algorithm>

namespace xueji::web {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Thousandths; 0 for what is no weight.
int weight_of(std::string_view parameters) {
  const auto at = parameters.find("q=");
  if (at == std::string_view::npos) return 1000;
  const auto text = trimmed(parameters.substr(at + 2));
  if (text.empty() || (text[0] != '0' && text[0] != '1')) return 0;
  int weight = (text[0] - '0') * 1000;
  int place = 100;
  for (std::size_t i = 2; i < text.size() && place > 0 && text[1] == '.'; ++i, place /= 10) {
    if (text[i] < '0' || text[i] > '9') break;
    weight += (text[i] - '0') * place;
  }
  return std::min(weight, 1000);
}

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
  std::string_view rest = *accepted;
  while (!rest.empty()) {
    const auto comma = std::min(rest.find(','), rest.size());
    const auto item = trimmed(rest.substr(0, comma));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    const auto semicolon = std::min(item.find(';'), item.size());
    const auto range = trimmed(item.substr(0, semicolon));
    const int weight = weight_of(item.substr(semicolon));
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
