#include "web/http/weighted_list.hpp"

#include <algorithm>

#include "web/http/http.hpp"

namespace xueji::web {
namespace {

/// What stands before the separator; `rest` keeps what follows it.
std::string_view take(std::string_view& rest, char separator) {
  const auto end = std::min(rest.find(separator), rest.size());
  const auto part = trimmed(rest.substr(0, end));
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

int thousandths(std::string_view text) {
  if (text.empty() || (text[0] != '0' && text[0] != '1')) return 0;
  int weight = (text[0] - '0') * 1000;
  int place = 100;
  for (std::size_t i = 2; i < text.size() && place > 0 && text[1] == '.'; ++i, place /= 10) {
    if (text[i] < '0' || text[i] > '9') break;
    weight += (text[i] - '0') * place;
  }
  return std::min(weight, 1000);
}

}  // namespace

std::vector<Weighted> weighted_list(std::string_view header) {
  std::vector<Weighted> items;
  while (!header.empty()) {
    std::string_view item = take(header, ',');
    Weighted weighted{take(item, ';')};
    while (!item.empty()) {
      const auto parameter = take(item, ';');
      if (parameter.starts_with("q=") || parameter.starts_with("Q="))
        weighted.weight = thousandths(parameter.substr(2));
    }
    if (!weighted.value.empty()) items.push_back(weighted);
  }
  return items;
}

}  // namespace xueji::web
