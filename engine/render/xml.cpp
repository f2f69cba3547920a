#include "engine/render/xml.hpp"

#include <fmt/format.h>

#include <cmath>

#include "engine/base/markup.hpp"

namespace xueji {

std::string to_text(double number) {
  const double rounded = std::round(number * 10) / 10;
  return fmt::format("{}", rounded == 0 ? 0.0 : rounded);
}

void XmlWriter::begin(std::string_view name, const Attributes& attributes) {
  out_.append(open_.size() * 2, ' ').append("<").append(name);
  for (const auto& [key, value] : attributes)
    out_.append(" ").append(key).append("=\"").append(escape_markup(value)).append("\"");
}

void XmlWriter::open(std::string_view name, const Attributes& attributes) {
  begin(name, attributes);
  out_ += ">\n";
  open_.emplace_back(name);
}

void XmlWriter::close() {
  const std::string name = open_.back();
  open_.pop_back();
  out_.append(open_.size() * 2, ' ').append("</").append(name).append(">\n");
}

void XmlWriter::empty(std::string_view name, const Attributes& attributes) {
  begin(name, attributes);
  out_ += "/>\n";
}

void XmlWriter::text(std::string_view name, std::string_view content, const Attributes& attributes) {
  begin(name, attributes);
  out_.append(">").append(escape_markup(content)).append("</").append(name).append(">\n");
}

}  // namespace xueji
