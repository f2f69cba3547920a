#include "engine/yaml/source_text.hpp"

#include <algorithm>

#include "engine/base/text.hpp"

namespace xueji {

SourceText::SourceText(std::string_view source) : source_(source), line_starts_{0} {
  for (std::size_t at = source.find('\n'); at != std::string_view::npos; at = source.find('\n', at + 1))
    line_starts_.push_back(at + 1);
}

Position SourceText::position_at(std::size_t offset) const {
  offset = std::min(offset, source_.size());
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const auto start = *(after - 1);
  return {static_cast<int>(after - line_starts_.begin()),
          static_cast<int>(code_points(source_.substr(start, offset - start))) + 1};
}

std::size_t SourceText::offset_at(int line, int byte_column) const {
  if (line < 0 || byte_column < 0) return 0;
  const auto index = static_cast<std::size_t>(line);
  if (index >= line_starts_.size()) return source_.size();
  return std::min(line_starts_[index] + static_cast<std::size_t>(byte_column), source_.size());
}

}  // namespace xueji
