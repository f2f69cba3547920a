// A source of bytes without a file.
#pragma once
#include <string>

#include "engine/base/byte_source.hpp"

namespace xueji::testing {

class BytesInMemory : public ByteSource {
 public:
  explicit BytesInMemory(std::string bytes) : bytes_(std::move(bytes)) {}
  std::size_t size() const override { return bytes_.size(); }
  std::size_t read(std::span<char> into) override {
    const auto got = bytes_.copy(into.data(), into.size(), at_);
    at_ += got;
    return got;
  }

 private:
  std::string bytes_;
  std::size_t at_ = 0;
};

}  // namespace xueji::testing
