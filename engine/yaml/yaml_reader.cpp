#include "engine/yaml/yaml_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace xueji {
namespace {

constexpr std::size_t key_length_max = 40;
constexpr std::size_t shown_word_max = 64;

std::string kind_name(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::empty:
      return "empty";
    case YamlNode::Kind::text:
      return "a text";
    case YamlNode::Kind::list:
      return "a list";
    case YamlNode::Kind::map:
      return "a map";
  }
  return "";
}

bool is_author_key(std::string_view key) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  return !key.empty() && key.size() <= key_length_max && key.front() >= 'a' && key.front() <= 'z' &&
         std::all_of(key.begin(), key.end(), fits);
}

/// What a message repeats of a word: all of it, unless it is unreasonably long.
std::string shown(std::string_view word) {
  if (word.size() <= shown_word_max) return std::string{word};
  std::size_t end = shown_word_max;
  while (end > 0 && (word[end] & 0xC0) == 0x80) --end;
  return std::string{word.substr(0, end)} + "…";
}

}  // namespace

void FaultList::add(Position position, std::string what, std::string advice) {
  ++added_;
  if (faults_.size() < faults_max) faults_.push_back({file_, position, std::move(what), std::move(advice)});
}

std::vector<Fault> FaultList::take() {
  std::stable_sort(faults_.begin(), faults_.end(), [](const Fault& a, const Fault& b) {
    return std::pair{a.position.line, a.position.column} < std::pair{b.position.line, b.position.column};
  });
  return std::move(faults_);
}

std::string suggest(std::string_view word, const std::vector<std::string_view>& words, std::string_view one_of) {
  const auto meant = word.size() <= shown_word_max ? nearest(word, words) : std::string_view{};
  if (!meant.empty()) return fmt::format("did you mean `{}`?", meant);
  return fmt::format("{}: {}", one_of, fmt::join(words, ", "));
}

MapReader::MapReader(const YamlNode& node, std::string what, FaultList& faults)
    : node_(node), what_(std::move(what)), faults_(faults) {
  if (!node.is_map())
    faults.add(node.position, fmt::format("{} must be a map of keys, and this is {}", what_, kind_name(node)),
               "write its keys below it, indented, as `key: value`");
}

const YamlNode* MapReader::take(std::string_view key) {
  known_.push_back(key);
  const auto* value = node_.find(key);
  if (!value || value->kind != YamlNode::Kind::empty) return value;
  faults_.add(value->position, fmt::format("`{}` is empty", key), "give it a value or remove the key");
  return nullptr;
}

const YamlNode* MapReader::need(std::string_view key, std::string advice) {
  const bool written = node_.find(key) != nullptr;
  const auto* value = take(key);
  if (!written && usable()) faults_.add(node_.position, fmt::format("{} needs `{}`", what_, key), std::move(advice));
  return value;
}

bool MapReader::refuse_later_key(std::string_view key) {
  const auto entry = std::find_if(node_.entries.begin(), node_.entries.end(),
                                  [&](const YamlEntry& each) { return each.key.text == key; });
  if (entry == node_.entries.end()) return false;
  known_.push_back(key);
  faults_.add(entry->key.position, fmt::format("this version of xueji does not know `{}` yet", key),
              "leave it out until a version that knows it");
  return true;
}

void MapReader::finish() {
  for (const auto& entry : node_.entries) {
    if (std::find(known_.begin(), known_.end(), entry.key.text) != known_.end()) continue;
    faults_.add(entry.key.position, fmt::format("{} has no key `{}`", what_, shown(entry.key.text)),
                suggest(entry.key.text, known_, "its keys are"));
  }
}

std::optional<std::string> read_text(const YamlNode& node, std::string_view name, FaultList& faults, std::size_t max) {
  if (!node.is_text()) {
    faults.add(node.position, fmt::format("`{}` must be a text, and this is {}", name, kind_name(node)),
               "write a text after the colon");
    return std::nullopt;
  }
  if (node.text.find_first_not_of(" \t\n") == std::string::npos) {
    faults.add(node.position, fmt::format("`{}` is empty", name), "write a text");
    return std::nullopt;
  }
  if (code_points(node.text) > max) {
    faults.add(node.position, fmt::format("`{}` is longer than {} characters", name, max), "make it shorter");
    return std::nullopt;
  }
  return node.text;
}

std::optional<Text> read_texts(const YamlNode& node, std::string_view name, FaultList& faults, std::size_t max) {
  if (node.is_text()) {
    faults.add(node.position, fmt::format("`{}` must be written in both languages", name),
               "write {zh: 中文, en: English}");
    return std::nullopt;
  }
  MapReader map{node, fmt::format("`{}`", name), faults};
  const auto* zh = map.need("zh", "add the Chinese text, `zh: …`");
  const auto* en = map.need("en", "add the English text, `en: …`");
  map.finish();
  if (!zh || !en) return std::nullopt;
  auto chinese = read_text(*zh, "zh", faults, max);
  auto english = read_text(*en, "en", faults, max);
  if (!chinese || !english) return std::nullopt;
  return Text{std::move(*chinese), std::move(*english)};
}

std::optional<std::int64_t> read_whole_number(const YamlNode& node, std::string_view name, FaultList& faults,
                                              std::int64_t min, std::int64_t max) {
  std::int64_t number = 0;
  const auto& text = node.text;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  const bool plain = node.is_text() && error == std::errc{} && stop == end && (text.front() != '0' || text.size() == 1);
  if (plain && number >= min && number <= max) return number;
  faults.add(node.position, fmt::format("`{}` must be a whole number from {} to {}", name, min, max),
             "write it in plain decimal digits");
  return std::nullopt;
}

std::optional<bool> read_boolean(const YamlNode& node, std::string_view name, FaultList& faults) {
  if (node.is_text() && !node.quoted && (node.text == "true" || node.text == "false")) return node.text == "true";
  faults.add(node.position, fmt::format("`{}` must be true or false", name), "write the bare word true or false");
  return std::nullopt;
}

const std::vector<YamlNode>& read_list(const YamlNode& node, std::string_view name, FaultList& faults) {
  if (!node.is_list() || node.items.empty())
    faults.add(node.position, fmt::format("`{}` must be a list with at least one entry", name),
               "write it as [one, two]");
  return node.items;
}

const std::vector<YamlEntry>& read_entries(const YamlNode& node, std::string_view name, FaultList& faults) {
  if (!node.is_map() || node.entries.empty())
    faults.add(node.position, fmt::format("`{}` must be a map with at least one key", name),
               "write its keys below it, indented, as `key: value`");
  return node.entries;
}

bool check_author_key(const YamlNode& key, std::string_view what, FaultList& faults) {
  if (is_author_key(key.text)) return true;
  faults.add(
      key.position, fmt::format("`{}` cannot be the key of {}", shown(key.text), what),
      fmt::format("use a small letter first, then small letters, digits and `_`, at most {} in all", key_length_max));
  return false;
}

}  // namespace xueji
