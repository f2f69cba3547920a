#include "tests/mutation/mutants.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <set>

#include "engine/authority/role.hpp"
#include "engine/definition/guard_paths.hpp"
#include "tests/mutation/guard_mutants.hpp"

namespace xueji::mutation {
namespace {

using Path = std::vector<std::string>;

constexpr std::array<std::string_view, 6> offices{"student.school",
                                                  "authority of student.school",
                                                  "county of student.school",
                                                  "prefecture of student.school",
                                                  "province of student.school",
                                                  "ministry"};
constexpr std::array<std::string_view, 5> outcomes{"completed", "rejected", "withdrawn", "cancelled", "expired"};
constexpr std::array<std::string_view, 2> effects{"apply_changes", "retire_number"};

/// Whether the path has that shape; `*` stands for any one word.
bool is_at(const Path& path, const Path& shape) {
  return path.size() == shape.size() &&
         std::equal(path.begin(), path.end(), shape.begin(),
                    [](const std::string& word, const std::string& wanted) { return wanted == "*" || word == wanted; });
}

bool is_in(const std::vector<Path>& shapes, const Path& path) {
  return std::any_of(shapes.begin(), shapes.end(), [&](const Path& shape) { return is_at(path, shape); });
}

std::string joined(const Path& path) {
  std::string text;
  for (const auto& word : path) text += (text.empty() ? "" : ".") + word;
  return text;
}

class Maker {
 public:
  explicit Maker(const YamlNode& root) : root_(root) {
    for (const auto& state : root.find("states")->entries) states_.push_back(state.key.text);
    const GuardPaths paths = guard_paths(GuardScope::opening, std::vector<Field>{});
    for (const auto& path : paths.known) {
      std::set<std::string> words;
      const auto info = paths.types(path);
      for (const auto& [word, title] : info->words) words.insert(word);
      words_.push_back(std::move(words));
    }
    for (const auto& field : root.find("fields")->entries)
      if (const YamlNode* choices = field.value.find("choices")) {
        std::set<std::string> words;
        for (const auto& choice : choices->entries) words.insert(choice.key.text);
        words_.push_back(std::move(words));
      }
  }

  std::vector<Mutant> make() {
    visit(root_, {});
    return std::move(mutants_);
  }

 private:
  /// Keeps the tree as `change` leaves it; it is changed back afterwards.
  void keep(const std::string& kind, const Path& path, Position position, const std::string& how,
            const std::function<void()>& change, const std::function<void()>& back) {
    change();
    mutants_.push_back({kind, position, joined(path) + ": " + how, written(root_)});
    back();
  }

  void replace(const std::string& kind, const Path& path, YamlNode& node, std::string_view by) {
    if (node.text == by) return;
    const std::string old = node.text;
    keep(kind, path, node.position, old + " -> " + std::string(by), [&] { node.text = by; }, [&] { node.text = old; });
  }

  void drop_entry(const std::string& kind, const Path& path, YamlNode& map, std::size_t index) {
    const YamlEntry entry = map.entries[index];
    const auto at = static_cast<std::ptrdiff_t>(index);
    Path whole = path;
    whole.push_back(entry.key.text);
    keep(
        kind, whole, entry.key.position, "dropped", [&] { map.entries.erase(map.entries.begin() + at); },
        [&] { map.entries.insert(map.entries.begin() + at, entry); });
  }

  void drop_item(const std::string& kind, const Path& path, YamlNode& list, std::size_t index) {
    const YamlNode item = list.items[index];
    const auto at = static_cast<std::ptrdiff_t>(index);
    keep(
        kind, path, item.position, "entry " + std::to_string(index + 1) + " dropped",
        [&] { list.items.erase(list.items.begin() + at); }, [&] { list.items.insert(list.items.begin() + at, item); });
  }

  void add_entry(const std::string& kind, const Path& path, YamlNode& map, const std::string& key, YamlNode value) {
    YamlNode name;
    name.kind = YamlNode::Kind::text;
    name.text = key;
    const std::string how = key + ": " + value.text + " added";
    keep(
        kind, path, map.position, how, [&] { map.entries.push_back({name, std::move(value)}); },
        [&] { map.entries.pop_back(); });
  }

  static YamlNode text(std::string_view word) {
    YamlNode node;
    node.kind = YamlNode::Kind::text;
    node.text = word;
    return node;
  }

  static YamlNode list_of(const std::vector<std::string>& words) {
    YamlNode node;
    node.kind = YamlNode::Kind::list;
    for (const auto& word : words) node.items.push_back(text(word));
    return node;
  }

  void mutate_guard(const Path& path, YamlNode& node) {
    const YamlNode old = node;
    for (const auto& [kind, changed] : guard_mutants(node.text, words_)) {
      node.quoted = true;
      replace(kind, path, node, changed);
      node = old;
    }
  }

  void mutate_number(const std::string& kind, const Path& path, YamlNode& node) {
    const int number = std::stoi(node.text);
    for (const int step : {-1, 1}) replace(kind, path, node, std::to_string(number + step));
  }

  void mutate_actor(const Path& path, YamlNode& node) {
    const auto at = node.text.find(" at ");
    if (at == std::string::npos) return;
    const std::string role = node.text.substr(0, at), office = node.text.substr(at + 4);
    for (const auto other : offices) replace("swap-level", path, node, role + " at " + std::string(other));
    for (const auto other : role_words) replace("swap-role", path, node, std::string(other) + " at " + office);
  }

  /// What can be done to a text by where it stands.
  void mutate_text(const Path& path, YamlNode& node) {
    if (is_in({{"states", "*", "actions", "*", "to"}, {"anywhere", "*", "to"}}, path) && node.text != "earlier")
      for (const auto& state : states_) replace("retarget-action", path, node, state);
    if (is_at(path, {"states", "*", "outcomes", "*", "to"}))
      for (const auto& state : states_) replace("retarget-outcome", path, node, state);
    if (is_at(path, {"states", "*", "actions", "*", "default"}))
      for (const auto& state : states_) replace("retarget-return", path, node, state);
    if (is_at(path, {"anywhere", "*", "before"}))
      for (const auto& state : states_) replace("move-limit", path, node, state);
    if (is_in({{"open", "by"},
               {"states", "*", "draft"},
               {"states", "*", "approval"},
               {"states", "*", "overdue", "escalate"},
               {"states", "*", "actions", "*", "by"},
               {"anywhere", "*", "by"}},
              path))
      mutate_actor(path, node);
    if (is_at(path, {"states", "*", "end"}))
      for (const auto other : outcomes) replace("change-outcome", path, node, other);
    if (is_at(path, {"evidence", "*", "count"}) && !node.text.starts_with("0"))
      replace("drop-evidence", path, node, "0" + node.text.substr(node.text.find("..")));
    if (is_in({{"states", "*", "actions", "*", "comment"}, {"anywhere", "*", "comment"}}, path))
      replace("change-comment", path, node, "none");
    if (is_in({{"open", "when", "*", "rule"},
               {"require", "*", "rule"},
               {"evidence", "*", "when"},
               {"states", "*", "actions", "*", "when", "*", "rule"}},
              path))
      mutate_guard(path, node);
    if (is_at(path, {"staffing", "persons", "*"})) mutate_number("change-staffing", path, node);
    if (is_at(path, {"migrate", "*", "states", "*"}))
      for (const auto& state : states_) replace("retarget-migration", path, node, state);
    if (is_at(path, {"migrate", "*", "otherwise"}))
      for (const auto* word : {"stay", "same state"}) replace("change-migration", path, node, word);
    if (is_at(path, {"migrate", "*", "lost"}))
      for (const auto* word : {"stay", "drop", "keep"}) replace("change-lost", path, node, word);
  }

  void mutate_list(const Path& path, YamlNode& list) {
    static const std::vector<std::pair<std::string, Path>> droppable{
        {"drop-guard", {"require"}},
        {"drop-guard", {"open", "when"}},
        {"drop-guard", {"states", "*", "actions", "*", "when"}},
        {"drop-separation", {"separation"}},
        {"drop-separation", {"separation", "*", "different people"}},
        {"drop-inform", {"inform"}},
        {"drop-inform", {"inform", "*", "who"}},
        {"drop-check", {"states", "*", "check"}},
        {"drop-field", {"states", "*", "actions", "*", "fields"}},
        {"drop-field", {"states", "*", "actions", "*", "evidence"}}};
    for (const auto& [kind, shape] : droppable)
      if (is_at(path, shape) && list.items.size() > 1)
        for (std::size_t index = 0; index < list.items.size(); ++index) drop_item(kind, path, list, index);
    if (is_at(path, {"states", "*", "effects"}))
      for (auto& item : list.items)
        for (const auto effect : effects) replace("change-effect", path, item, effect);
  }

  void mutate_map(const Path& path, YamlNode& map) {
    static const std::vector<std::pair<std::string, Path>> droppable{
        {"drop-action", {"states", "*", "actions", "*"}},
        {"drop-action", {"anywhere", "*"}},
        {"drop-guard", {"require"}},
        {"drop-guard", {"open", "when"}},
        {"drop-guard", {"states", "*", "actions", "*", "when"}},
        {"drop-deadline", {"states", "*", "remind"}},
        {"drop-deadline", {"states", "*", "overdue"}},
        {"change-comment", {"states", "*", "actions", "*", "comment"}},
        {"change-effect", {"states", "*", "effects"}},
        {"drop-separation", {"separation"}},
        {"drop-inform", {"inform"}},
        {"drop-evidence", {"evidence", "*"}},
        {"drop-required", {"fields", "*", "required"}},
        {"drop-changes", {"fields", "*", "changes"}},
        {"drop-guard", {"evidence", "*", "when"}},
        {"drop-by", {"states", "*", "actions", "*", "by"}},
        {"drop-field", {"states", "*", "actions", "*", "fields"}},
        {"drop-field", {"states", "*", "actions", "*", "evidence"}},
        {"change-staffing", {"staffing"}},
        {"change-staffing", {"staffing", "persons", "*"}},
        {"change-migration", {"migrate"}},
        {"change-migration", {"migrate", "*", "states"}},
        {"change-migration", {"migrate", "*", "states", "*"}},
        {"change-lost", {"migrate", "*", "lost"}}};
    for (std::size_t index = 0; index < map.entries.size(); ++index) {
      Path inner = path;
      inner.push_back(map.entries[index].key.text);
      for (const auto& [kind, shape] : droppable)
        if (is_at(inner, shape)) drop_entry(kind, path, map, index);
    }
    if (is_in({{"states", "*", "actions", "*"}, {"anywhere", "*"}}, path) && !map.find("comment"))
      for (const auto word : {"required", "none"}) add_entry("change-comment", path, map, "comment", text(word));
    if (is_at(path, {"states", "*"}) && map.find("end") && !map.find("effects"))
      for (const auto effect : effects)
        add_entry("change-effect", path, map, "effects", list_of({std::string(effect)}));
    if (is_at(path, {"fields", "*"}) && !map.find("required"))
      add_entry("add-required", path, map, "required", text("true"));
    if (is_at(path, {"migrate", "*"}) && !map.find("lost"))
      for (const auto* word : {"drop", "keep"}) add_entry("change-lost", path, map, "lost", text(word));
    if (path.empty() && !map.find("staffing")) add_staffing(map);
    if (is_at(path, {"states", "*"}) && map.find("due")) drop_deadline(path, map);
  }

  /// As if there were fewer people than one in each post.
  void add_staffing(YamlNode& map) {
    for (const auto& roles : std::vector<std::vector<std::string>>{{"registrar", "head"}, {"reviewer", "approver"}}) {
      YamlNode groups = list_of({}), staffing;
      groups.items.push_back(list_of(roles));
      staffing.kind = YamlNode::Kind::map;
      staffing.entries.push_back({text("same_person"), std::move(groups)});
      add_entry("change-staffing", {"same_person of " + roles.front()}, map, "staffing", std::move(staffing));
    }
  }

  void drop_deadline(const Path& path, YamlNode& map) {
    const auto before = map.entries;
    keep(
        "drop-deadline", path, map.find("due")->position, "due, remind and overdue dropped",
        [&] {
          std::erase_if(map.entries, [](const YamlEntry& entry) {
            return entry.key.text == "due" || entry.key.text == "remind" || entry.key.text == "overdue";
          });
        },
        [&] { map.entries = before; });
  }

  void visit(YamlNode& node, const Path& path) {
    if (is_at(path, {"always"})) return;
    if (node.is_text()) return mutate_text(path, node);
    if (node.is_list()) mutate_list(path, node);
    if (node.is_map()) mutate_map(path, node);
    for (auto& entry : node.entries) {
      Path inner = path;
      inner.push_back(entry.key.text);
      visit(entry.value, inner);
    }
    for (auto& item : node.items) {
      Path inner = path;
      inner.push_back("*");
      visit(item, inner);
    }
  }

  YamlNode root_;
  std::vector<std::string> states_;
  std::vector<std::set<std::string>> words_;  ///< of which one may stand for another
  std::vector<Mutant> mutants_;
};

}  // namespace

std::vector<Mutant> mutants_of(const YamlNode& definition) { return Maker{definition}.make(); }

}  // namespace xueji::mutation
