// YAML read strictly: a tree of texts, lists and maps, every scalar a text, each with its position. The only room that
// sees yaml-cpp; used for definitions, the calendar and scenarios.
#pragma once
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/position.hpp"

namespace xueji {

struct YamlEntry;

struct YamlNode {
  enum class Kind { empty, text, list, map };
  Kind kind = Kind::empty;
  std::string text;
  bool quoted = false;  ///< written between quotes or as a block
  Position position;
  std::size_t offset = 0;  ///< bytes into the document, of the text's first character
  std::vector<YamlNode> items;
  std::vector<YamlEntry> entries;  ///< in the order of the file; keys are unique texts

  bool is_text() const { return kind == Kind::text; }
  bool is_list() const { return kind == Kind::list; }
  bool is_map() const { return kind == Kind::map; }
  /// The value of that key; null where it is missing or this is no map.
  const YamlNode* find(std::string_view key) const;
};

struct YamlEntry {
  YamlNode key;
  YamlNode value;
};

struct YamlLimits {
  std::size_t bytes = std::size_t{256} * 1024;
  int depth = 32;
  std::size_t nodes = 20'000;
};

struct YamlDocument {
  std::string source;
  YamlNode root;  ///< always a map
  /// The position of the byte at `offset` of a text; the text's own position where it is not written in one plain
  /// piece.
  Position place_in(const YamlNode& text, std::size_t offset) const;
};

/// Refused, each with its position: text that is not clean UTF-8, whatever is over the limits, a root that is no map,
/// anchors, aliases, tags, merge keys, duplicate keys, keys that are no plain texts, second documents, unclosed quotes.
/// Never throws for bad input.
std::variant<YamlDocument, std::vector<Fault>> read_strict_yaml(std::string_view yaml, const std::string& file,
                                                                const YamlLimits& limits = {});

}  // namespace xueji
