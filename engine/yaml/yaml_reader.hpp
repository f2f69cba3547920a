// Typed reading of a strict YAML tree: what does not fit becomes a fault with its position and advice.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/text.hpp"
#include "engine/yaml/strict_yaml.hpp"

namespace xueji {

/// Collects the faults of one file; after `faults_max` it counts them and keeps no more.
class FaultList {
 public:
  static constexpr std::size_t faults_max = 100;
  explicit FaultList(std::string file) : file_(std::move(file)) {}
  void add(Position position, std::string what, std::string advice);
  bool empty() const { return faults_.empty(); }
  /// All that were added, those not kept included.
  std::size_t size() const { return added_; }
  /// In the order of the file.
  std::vector<Fault> take();

 private:
  std::string file_;
  std::vector<Fault> faults_;
  std::size_t added_ = 0;
};

/// "did you mean `approval`?", or the words to choose from where none is near.
std::string suggest(std::string_view word, const std::vector<std::string_view>& words,
                    std::string_view one_of = "write one of");

/// Reads one map by its keys. Every key asked for is known; finish() refuses the others.
class MapReader {
 public:
  /// `what` names the map for messages: "a field". A node that is no map is a fault, and then no key is found.
  MapReader(const YamlNode& node, std::string what, FaultList& faults);

  bool usable() const { return node_.is_map(); }
  Position position() const { return node_.position; }
  FaultList& faults() const { return faults_; }

  /// The key's value; null where it is missing. An empty value is a fault and counts as missing.
  const YamlNode* take(std::string_view key);
  /// As take(), and a missing key is a fault.
  const YamlNode* need(std::string_view key, std::string advice);
  /// A key that only a later version of the language knows; true where it is written.
  bool refuse_later_key(std::string_view key);
  void finish();

 private:
  const YamlNode& node_;
  std::string what_;
  FaultList& faults_;
  std::vector<std::string_view> known_;
};

/// A text on one line, of at most `max` characters and not empty.
std::optional<std::string> read_text(const YamlNode& node, std::string_view name, FaultList& faults,
                                     std::size_t max = 200);
/// `{zh: …, en: …}`, both filled in.
std::optional<Text> read_texts(const YamlNode& node, std::string_view name, FaultList& faults, std::size_t max = 200);
std::optional<std::int64_t> read_whole_number(const YamlNode& node, std::string_view name, FaultList& faults,
                                              std::int64_t min, std::int64_t max);
/// Only the bare words `true` and `false`.
std::optional<bool> read_boolean(const YamlNode& node, std::string_view name, FaultList& faults);
/// A list's items, at least one; empty after a fault.
const std::vector<YamlNode>& read_list(const YamlNode& node, std::string_view name, FaultList& faults);
/// A map's entries, at least one; empty after a fault.
const std::vector<YamlEntry>& read_entries(const YamlNode& node, std::string_view name, FaultList& faults);
/// `letters_digits_and_underscores`, beginning with a letter, at most 40 characters.
bool check_author_key(const YamlNode& key, std::string_view what, FaultList& faults);

}  // namespace xueji
