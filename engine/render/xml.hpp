// Writing XML: well-formed whatever the texts are.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace xueji {

/// `12`, `12.5`: at most one digit after the point.
std::string to_text(double number);

/// Elements are closed in the order in which they were opened, each on a line of its own.
class XmlWriter {
 public:
  using Attributes = std::vector<std::pair<std::string_view, std::string>>;

  void open(std::string_view name, const Attributes& attributes = {});
  void close();
  void empty(std::string_view name, const Attributes& attributes = {});
  /// An element with a text and nothing else.
  void text(std::string_view name, std::string_view content, const Attributes& attributes = {});
  /// As it stands.
  void raw(std::string_view content) { out_ += content; }
  std::string take() { return std::move(out_); }

 private:
  void begin(std::string_view name, const Attributes& attributes);

  std::string out_;
  std::vector<std::string> open_;
};

}  // namespace xueji
