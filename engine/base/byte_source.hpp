// Bytes that lie somewhere and are read piece by piece.
#pragma once
#include <cstddef>
#include <span>

namespace xueji {

/// Read in order, by one reader.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  virtual std::size_t size() const = 0;
  /// The next bytes, and how many; 0 once there are no more, or once they can't be read.
  virtual std::size_t read(std::span<char> into) = 0;
};

}  // namespace xueji
