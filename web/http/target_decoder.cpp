#include "web/http/target_decoder.hpp"

#include <algorithm>

#include "engine/base/text.hpp"

namespace xueji::web {

namespace {

constexpr HeadFault bad_escape{"路径或参数中的百分号编码无效",
                               "a percent escape in the path or a parameter is invalid"};
constexpr HeadFault bad_text{"路径或参数不是有效的 UTF-8 文本",
                             "the path or a parameter is not well-formed UTF-8 text"};
constexpr HeadFault bad_path{"路径中不得含有 .、..、反斜杠、百分号或编码的斜杠",
                             "the path must not hold dot segments, backslashes, percent signs or encoded slashes"};
constexpr HeadFault bad_parameter{"查询参数没有名称或重复", "a query parameter has no name or is repeated"};

std::optional<std::string> unescape(std::string_view text, bool plus_is_space) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
      if (high < 0 || low < 0) return std::nullopt;
      result += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      result += plus_is_space && text[i] == '+' ? ' ' : text[i];
    }
  }
  return result;
}

std::optional<HeadFault> decode_path(std::string_view raw, std::string& path) {
  if (raw.empty() || raw.front() != '/') return bad_path;
  while (!raw.empty()) {
    raw.remove_prefix(1);
    const auto end = std::min(raw.find('/'), raw.size());
    const auto segment = unescape(raw.substr(0, end), false);
    if (!segment) return bad_escape;
    if (*segment == "." || *segment == ".." || segment->find_first_of("/\\%") != std::string::npos) return bad_path;
    if (!is_clean_utf8(*segment) || segment->find_first_of("\t\n") != std::string::npos) return bad_text;
    path += '/';
    path += *segment;
    raw.remove_prefix(end);
  }
  return std::nullopt;
}

std::optional<HeadFault> decode_query(std::string_view raw, std::vector<std::pair<std::string, std::string>>& query) {
  while (!raw.empty()) {
    const auto end = std::min(raw.find('&'), raw.size());
    const auto pair = raw.substr(0, end);
    raw.remove_prefix(std::min(end + 1, raw.size()));
    const auto equals = std::min(pair.find('='), pair.size());
    auto key = unescape(pair.substr(0, equals), true);
    auto value = unescape(equals < pair.size() ? pair.substr(equals + 1) : std::string_view{}, true);
    if (!key || !value) return bad_escape;
    if (!is_clean_utf8(*key) || !is_clean_utf8(*value)) return bad_text;
    if (key->empty() || std::ranges::any_of(query, [&](const auto& known) { return known.first == *key; }))
      return bad_parameter;
    query.emplace_back(std::move(*key), std::move(*value));
  }
  return std::nullopt;
}

}  // namespace

std::variant<Target, HeadFault> decode_target(std::string_view target) {
  Target result;
  const auto question = std::min(target.find('?'), target.size());
  if (const auto fault = decode_path(target.substr(0, question), result.path)) return *fault;
  if (question < target.size())
    if (const auto fault = decode_query(target.substr(question + 1), result.query)) return *fault;
  return result;
}

}  // namespace xueji::web
