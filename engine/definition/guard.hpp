// Guards: small typed conditions in a subset of CEL, checked when the file is loaded.
//
// field paths (`student.status`, `new_name`), string, integer, bool and list literals, `date("2026-09-01")`,
// `== != < <= > >= in && || !`, `has(field)`, `size(text, list or rows)`, `all(rows, …)`, `any(rows, …)`, parentheses.
// No loops, no functions of one's own.
// Offices (`receiving.authority`) are equal or not, to each other and to nothing else.
// A missing field (a blank text, is_blank(), is missing too) compares equal to nothing and makes every comparison
// false.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/position.hpp"
#include "engine/base/text.hpp"
#include "engine/base/time.hpp"

namespace xueji {

enum class GuardType { boolean, integer, text, date, text_list, office, rows };

/// What each row is filled in with, by key.
using GuardRows = std::vector<std::map<std::string, std::string>>;

using GuardValue =
    std::variant<std::monostate, bool, std::int64_t, std::string, Date, std::vector<std::string>, GuardRows>;

struct GuardNode;  // the typed tree, in guard_node.hpp

class Guard {
 public:
  Guard() = default;
  const std::string& source() const { return source_; }
  /// As it is written: for two of one place in a definition.
  bool operator==(const Guard& other) const { return source_ == other.source_; }

  /// Gives a path's value, or monostate where it is missing.
  using Lookup = std::function<GuardValue(std::string_view path)>;
  bool holds(const Lookup& lookup) const;

  /// Which parts failed, each as what was wanted and what was seen
  /// ("状态应为在校，实际为休学"; "Status should be in school, but is suspended"). Empty when it holds.
  std::vector<Text> explain(const Lookup& lookup) const;

  /// The paths that it looks up, for the verifier.
  const std::vector<std::string>& paths() const { return paths_; }

  /// The typed tree, for the verifier; null for a guard that always holds.
  const GuardNode* tree() const { return root_.get(); }

 private:
  friend struct GuardParser;
  std::string source_;
  std::shared_ptr<const GuardNode> root_;
  std::vector<std::string> paths_;
};

/// The type of a path, and its title for explanations; nothing for an unknown path.
struct PathInfo {
  GuardType type = GuardType::text;
  Text title;
  std::map<std::string, Text> words{};  ///< the only values it can have, as people call them; empty: any is possible
  std::string reads{};  ///< the path that is looked up, where the author's word is another; empty: the same
};
using PathTypes = std::function<std::optional<PathInfo>(std::string_view path)>;

struct GuardFault {
  std::size_t offset = 0;  ///< bytes into the source
  std::string what;
  std::string advice;
};

inline constexpr std::size_t guard_bytes_max = 2'000;
inline constexpr int guard_depth_max = 32;

/// At most 2,000 bytes and 32 levels deep; the result must be boolean.
std::variant<Guard, GuardFault> parse_guard(std::string_view source, const PathTypes& types,
                                            const std::vector<std::string>& known_paths);

}  // namespace xueji
