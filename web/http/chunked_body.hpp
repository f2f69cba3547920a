// The strict reading of a chunked body: sizes in plain hexadecimal, no extensions, no trailers.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace xueji::web {

class ChunkedBody {
 public:
  enum class State { more, done, malformed, too_large };

  /// At most `limit` bytes of body are taken; the size line that would exceed it is already too large.
  explicit ChunkedBody(std::size_t limit) : limit_(limit) {}
  /// Takes from the front of `input` what belongs to the body, appends the decoded bytes to `body` and removes them
  /// from `input`. Once not `more`, what is left of `input` was not looked at.
  State feed(std::string_view& input, std::string& body);

 private:
  enum class At { size, size_lf, data, data_cr, data_lf, end_cr, end_lf, finished };
  State take(char c);

  std::size_t limit_;
  At at_ = At::size;
  std::uint64_t size_ = 0;
  int digits_ = 0;
  std::uint64_t left_ = 0;
  std::uint64_t total_ = 0;
};

}  // namespace xueji::web
