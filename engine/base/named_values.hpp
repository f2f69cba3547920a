// A list of named values as bytes to be hashed, so that no two lists share a text and a later format can add names.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace xueji {

/// The name of the format, then each name and its value, in the order in which they were added, all as netstrings
/// `LENGTH:BYTES,`. A value that is empty is left out with its name, as if nobody had known the name.
class NamedValues {
 public:
  /// A list within another one has no format.
  NamedValues() = default;
  explicit NamedValues(std::string_view format);
  NamedValues& add(std::string_view name, std::string_view value);
  /// In decimal; also 0.
  NamedValues& add(std::string_view name, std::int64_t value);
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

/// Appends `LENGTH:BYTES,`, the length in decimal.
void append_netstring(std::string& text, std::string_view bytes);

}  // namespace xueji
