// The lines of a file, to tell people columns as their editor counts them.
#pragma once
#include <string_view>
#include <vector>

#include "engine/base/position.hpp"

namespace xueji {

/// `source` must outlive it.
class SourceText {
 public:
  explicit SourceText(std::string_view source);
  /// Line and column, from 1, of the byte at `offset`; columns count characters, not bytes.
  Position position_at(std::size_t offset) const;
  /// The byte at which a line (from 0) and a column of bytes (from 0) stand; the end of the source where there is none.
  std::size_t offset_at(int line, int byte_column) const;

 private:
  std::string_view source_;
  std::vector<std::size_t> line_starts_;
};

}  // namespace xueji
