#include "engine/render/xml.hpp"

#include <fmt/format.h>

#include <cmath>

namespace xueji {

std::string escape_xml(std::string_view text) {
  std::string escaped;
  for (const char c : text) switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') escaped += c;
    }
  return escaped;
}

std::string to_text(double number) {
  const double rounded = std::round(number * 10) / 10;
  return fmt::format("{}", rounded == 0 ? 0.0 : rounded);
}

void XmlWriter::begin(std::string_view name, const Attributes& attributes) {
  out_.append(open_.size() * 2, ' ').append("<").append(name);
  for (const auto& [key, value] : attributes)
    out_.append(" ").append(key).append("=\"").append(escape_xml(value)).append("\"");
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
  out_.append(">").append(escape_xml(content)).append("</").append(name).append(">\n");
}

}  // namespace xueji
