#include "engine/yaml/strict_yaml.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <optional>
#include <sstream>
#include <unordered_set>

#include "engine/base/text.hpp"
#include "engine/yaml/source_text.hpp"

namespace xueji {
namespace {

constexpr std::size_t faults_max = 50;
constexpr auto invalid_advice = "look at the indentation, colons, brackets and quotes here and on the line before";

/// Ends the parsing: a limit is passed, and what follows is not worth reading.
struct StopReading {};

/// Where the quoted text that begins at `start` ends (its closing quote); npos where it never does.
std::size_t closing_quote(std::string_view source, std::size_t start) {
  const char quote = source[start];
  for (auto at = start + 1; at < source.size(); ++at) {
    if (quote == '"' && source[at] == '\\')
      ++at;
    else if (source[at] == quote && quote == '\'' && source.substr(at + 1).starts_with('\''))
      ++at;
    else if (source[at] == quote)
      return at;
  }
  return std::string_view::npos;
}

class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(std::string_view source, const std::string& file, const YamlLimits& limits)
      : source_(source), lines_(source), file_(file), limits_(limits) {}

  std::vector<Fault> faults;
  YamlNode root;
  int documents = 0;

  void fail(Position position, std::string what, std::string advice) {
    faults.push_back({file_, position, std::move(what), std::move(advice)});
    if (faults.size() >= faults_max) throw StopReading{};
  }

  Position place_of(const YAML::Mark& mark) const { return lines_.position_at(offset_of(mark)); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents == 1) return;
    fail(place_of(mark), "a second document begins here", "keep one document in a file; remove `---` and `...`");
    throw StopReading{};
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override { place_node(start_node(YamlNode::Kind::empty, mark)); }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    fail(place_of(mark), "aliases are not allowed", "write the value out again");
    place_node(start_node(YamlNode::Kind::empty, mark));
  }

  void OnAnchor(const YAML::Mark& mark, const std::string&) override {
    fail(place_of(mark), "anchors are not allowed",
         "remove the `&` and its name; put texts that begin with `&` between quotes");
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    YamlNode node = start_node(YamlNode::Kind::text, mark);
    node.text = value;
    const char first = node.offset < source_.size() ? source_[node.offset] : '\0';
    node.quoted = tag == "!" && (first == '"' || first == '\'' || first == '|' || first == '>');
    if (tag != "?" && !node.quoted && anchor == 0) refuse_tag(mark);
    if (node.quoted && (first == '"' || first == '\'')) {
      if (closing_quote(source_, node.offset) == std::string_view::npos)
        fail(node.position, "the quoted text that begins here does not end", fmt::format("close it with {}", first));
      ++node.offset;
    }
    if (!is_clean_utf8(value))
      fail(node.position, "this text holds a control character", "remove the escape that makes it");
    place_node(std::move(node));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    open(YamlNode::Kind::list, mark, tag);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, YAML::EmitterStyle::value) override {
    open(YamlNode::Kind::map, mark, tag);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Level {
    YamlNode node;
    std::optional<YamlNode> key;  ///< of a map: the key whose value comes next
    std::unordered_set<std::string> known_keys;
  };

  std::size_t offset_of(const YAML::Mark& mark) const { return lines_.offset_at(mark.line, mark.column); }

  YamlNode start_node(YamlNode::Kind kind, const YAML::Mark& mark) {
    YamlNode node;
    node.kind = kind;
    node.offset = offset_of(mark);
    node.position = lines_.position_at(node.offset);
    if (++nodes_ > limits_.nodes) {
      fail(node.position, fmt::format("this file has more than {} values", limits_.nodes),
           "split it into several files");
      throw StopReading{};
    }
    return node;
  }

  void refuse_tag(const YAML::Mark& mark) {
    fail(place_of(mark), "tags are not allowed",
         "remove the `!` and its name; put texts that begin with `!` between quotes");
  }

  void open(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag) {
    levels_.push_back({start_node(kind, mark), {}, {}});
    if (levels_.size() > static_cast<std::size_t>(limits_.depth)) {
      fail(place_of(mark), fmt::format("this is nested deeper than {} levels", limits_.depth), "make the file flatter");
      throw StopReading{};
    }
    if (tag != "?" && !tag.empty()) refuse_tag(mark);
  }

  void close() {
    YamlNode node = std::move(levels_.back().node);
    levels_.pop_back();
    place_node(std::move(node));
  }

  void place_node(YamlNode node) {
    if (levels_.empty()) {
      root = std::move(node);
      return;
    }
    Level& level = levels_.back();
    if (level.node.is_list()) {
      level.node.items.push_back(std::move(node));
    } else if (!level.key) {
      check_key(level, node);
      level.key = std::move(node);
    } else {
      if (node.kind == YamlNode::Kind::empty) node.position = level.key->position;
      level.node.entries.push_back({std::move(*level.key), std::move(node)});
      level.key.reset();
    }
  }

  void check_key(Level& level, const YamlNode& key) {
    if (!key.is_text()) return fail(key.position, "a key must be a plain text", "write `key: value`");
    if (key.text == "<<") return fail(key.position, "merge keys are not allowed", "write the keys out again");
    if (!level.known_keys.insert(key.text).second)
      fail(key.position, fmt::format("the key `{}` stands here a second time", key.text), "keep one of the two");
  }

  std::string_view source_;
  SourceText lines_;
  const std::string& file_;
  const YamlLimits& limits_;
  std::size_t nodes_ = 0;
  std::vector<Level> levels_;
};

/// Where the first line that is no clean UTF-8 begins; Windows line ends are allowed.
std::optional<std::size_t> first_unclean_line(std::string_view source) {
  std::size_t start = 0;
  while (start < source.size()) {
    const auto end = std::min(source.find('\n', start), source.size());
    auto line = source.substr(start, end - start);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!is_clean_utf8(line)) return start;
    start = end + 1;
  }
  return std::nullopt;
}

void parse_into(TreeBuilder& builder, const std::string& source) {
  std::istringstream stream{source};
  try {
    YAML::Parser parser{stream};
    if (parser.HandleNextDocument(builder)) parser.HandleNextDocument(builder);
  } catch (const StopReading&) {
  } catch (const YAML::Exception& error) {
    builder.fail(builder.place_of(error.mark), fmt::format("this is not valid YAML ({})", error.msg), invalid_advice);
  } catch (const std::exception&) {
    builder.fail({1, 1}, "this is not valid YAML", invalid_advice);
  }
}

}  // namespace

const YamlNode* YamlNode::find(std::string_view key) const {
  const auto found =
      std::find_if(entries.begin(), entries.end(), [&](const YamlEntry& each) { return each.key.text == key; });
  return found == entries.end() ? nullptr : &found->value;
}

Position YamlDocument::place_in(const YamlNode& text, std::size_t offset) const {
  if (source.compare(text.offset, text.text.size(), text.text) != 0) return text.position;
  return SourceText{source}.position_at(text.offset + offset);
}

std::variant<YamlDocument, std::vector<Fault>> read_strict_yaml(std::string_view yaml, const std::string& file,
                                                                const YamlLimits& limits) {
  const auto refused = [&](Position position, std::string what, std::string advice) {
    return std::vector<Fault>{{file, position, std::move(what), std::move(advice)}};
  };
  if (yaml.size() > limits.bytes)
    return refused({1, 1}, fmt::format("this file is larger than {} KiB", limits.bytes / 1024),
                   "split it into several files");
  if (yaml.starts_with("\xEF\xBB\xBF")) yaml.remove_prefix(3);
  if (const auto unclean = first_unclean_line(yaml))
    return refused(SourceText{yaml}.position_at(*unclean), "this line is not UTF-8 text or holds a control character",
                   "save the file as UTF-8 and remove characters that cannot be seen");
  YamlDocument document{std::string{yaml}, {}};
  TreeBuilder builder{document.source, file, limits};
  try {
    parse_into(builder, document.source);
  } catch (const StopReading&) {
  }
  if (builder.faults.empty() && builder.documents == 0)
    builder.faults = refused({1, 1}, "this file is empty", "begin with `format: 1`");
  if (builder.faults.empty() && !builder.root.is_map())
    builder.faults = refused(builder.root.position, "this file is no map of keys", "begin with `format: 1`");
  if (!builder.faults.empty()) return std::move(builder.faults);
  document.root = std::move(builder.root);
  return document;
}

}  // namespace xueji
