#include "web/http/negotiation.hpp"

#include <algorithm>

#include "web/http/http.hpp"
#include "web/http/weighted_list.hpp"

namespace xueji::web {
namespace {

bool is_named(std::string_view value, Coding coding) {
  switch (coding) {
    case Coding::identity:
      return equal_without_case(value, "identity");
    case Coding::gzip:
      return equal_without_case(value, "gzip") || equal_without_case(value, "x-gzip");
    case Coding::br:
      return equal_without_case(value, "br");
  }
  return false;
}

/// What the list says of a coding; an identity that it does not name is taken when nothing better is.
int weight_of(const std::vector<Weighted>& accepted, Coding coding) {
  int otherwise = coding == Coding::identity ? 1 : 0;
  for (const auto& [value, weight] : accepted) {
    if (is_named(value, coding)) return weight;
    if (value == "*") otherwise = weight;
  }
  return otherwise;
}

}  // namespace

std::string_view to_string(Coding coding) {
  switch (coding) {
    case Coding::identity:
      return "";
    case Coding::gzip:
      return "gzip";
    case Coding::br:
      return "br";
  }
  return "";
}

Coding chosen_coding(std::string_view accept_encoding, bool has_gzip, bool has_br) {
  const auto accepted = weighted_list(accept_encoding);
  Coding chosen = Coding::identity;
  int best = weight_of(accepted, Coding::identity);
  const auto consider = [&](Coding coding) {
    const int weight = weight_of(accepted, coding);
    if (weight == 0 || weight < best) return;
    chosen = coding;
    best = weight;
  };
  if (has_gzip) consider(Coding::gzip);
  if (has_br) consider(Coding::br);
  return chosen;
}

bool wants_html(std::string_view accept) {
  const auto accepted = weighted_list(accept);
  return std::ranges::any_of(
      accepted, [](const Weighted& range) { return range.weight > 0 && equal_without_case(range.value, "text/html"); });
}

bool has_already(std::string_view if_none_match, std::string_view etag) {
  if (if_none_match == "*") return true;
  for (auto at = if_none_match.find('"'); at != std::string_view::npos; at = if_none_match.find('"', at + 1)) {
    const auto end = if_none_match.find('"', at + 1);
    if (end == std::string_view::npos) return false;
    if (if_none_match.substr(at, end + 1 - at) == etag) return true;
    at = end;
  }
  return false;
}

}  // namespace xueji::web
