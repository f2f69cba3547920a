#include "web/server/query_reader.hpp"

#include <charconv>

namespace xueji::web {
namespace {

constexpr std::size_t limit_max = 200;

std::optional<std::size_t> parse_limit(std::string_view text) {
  std::size_t limit = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
  if (error != std::errc{} || stop != text.data() + text.size() || limit < 1 || limit > limit_max) return std::nullopt;
  return limit;
}

std::optional<bool> parse_truth(std::string_view text) {
  if (text == "true") return true;
  if (text == "false") return false;
  return std::nullopt;
}

}  // namespace

std::optional<std::string> QueryReader::text(std::string_view name) {
  for (const auto& [key, value] : request_.query)
    if (key == name && !value.empty()) return value;
  return std::nullopt;
}

std::optional<bool> QueryReader::truth(std::string_view name) { return parsed<bool>(name, parse_truth); }

PageRequest QueryReader::page() {
  PageRequest page;
  page.limit = parsed<std::size_t>("limit", parse_limit).value_or(page.limit);
  page.after = text("cursor");
  return page;
}

void QueryReader::complain(std::string_view name) {
  if (bad_.empty()) bad_ = name;
}

std::optional<Problem> QueryReader::fault() const {
  if (bad_.empty()) return std::nullopt;
  return malformed({"查询参数 " + bad_ + " 的值无效", "The value of the query parameter " + bad_ + " is not valid"});
}

}  // namespace xueji::web
