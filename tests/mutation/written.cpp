#include "tests/mutation/mutants.hpp"

namespace xueji::mutation {
namespace {

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c == '\n' ? std::string("\\n") : std::string(1, c);
  }
  return result + "\"";
}

void write(const YamlNode& node, const std::string& indent, std::string& out);

/// What stands after `key:` or `-`.
void write_value(const YamlNode& node, const std::string& indent, std::string& out) {
  if (node.is_text()) {
    out += " " + (node.quoted ? quoted(node.text) : node.text) + "\n";
  } else {
    out += "\n";
    write(node, indent + "  ", out);
  }
}

void write(const YamlNode& node, const std::string& indent, std::string& out) {
  for (const auto& [key, value] : node.entries) {
    out += indent + (key.quoted ? quoted(key.text) : key.text) + ":";
    write_value(value, indent, out);
  }
  for (const auto& item : node.items) {
    out += indent + "-";
    write_value(item, indent, out);
  }
}

}  // namespace

std::string written(const YamlNode& node) {
  std::string out;
  write(node, "", out);
  return out;
}

}  // namespace xueji::mutation
