#include "engine/verify/guard_truth.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "engine/definition/guard_node.hpp"

namespace xueji {
namespace {

constexpr std::size_t combinations_max = 4096;

/// What is assumed of a path: nothing in it, something unknown, or just this.
struct Assumed {
  enum class What { empty, filled, exactly } what = What::filled;
  GuardValue value;
};
using Assumptions = std::map<std::string, Assumed>;

void collect_paths(const GuardNode& node, std::map<std::string, const GuardNode*>& paths) {
  if (node.kind == GuardKind::path) paths.emplace(node.path, &node);
  for (const GuardNode& part : node.parts) collect_paths(part, paths);
}

bool has_path_that(const GuardNode& node, const Assumptions& assumptions, Assumed::What what) {
  if (node.kind == GuardKind::path) return assumptions.at(node.path).what == what;
  return std::any_of(node.parts.begin(), node.parts.end(),
                     [&](const GuardNode& part) { return has_path_that(part, assumptions, what); });
}

Truth opposite(Truth truth) {
  return truth == Truth::maybe ? truth : truth == Truth::never ? Truth::always : Truth::never;
}

Truth of_bool(bool holds) { return holds ? Truth::always : Truth::never; }

Truth truth_under(const GuardNode& node, const Assumptions& assumptions);

Truth truth_of_parts(const GuardNode& node, const Assumptions& assumptions, bool all) {
  Truth result = of_bool(all);
  for (const GuardNode& part : node.parts) {
    const Truth truth = truth_under(part, assumptions);
    result = all ? std::min(result, truth) : std::max(result, truth);
  }
  return result;
}

/// A list known to be empty has no members, whatever is looked for.
bool is_empty_list(const GuardNode& node, const Assumptions& assumptions) {
  if (node.kind != GuardKind::path) return false;
  const auto* list = std::get_if<std::vector<std::string>>(&assumptions.at(node.path).value);
  return list && list->empty();
}

Truth truth_under(const GuardNode& node, const Assumptions& assumptions) {
  if (node.kind == GuardKind::negation) return opposite(truth_under(node.parts[0], assumptions));
  if (node.kind == GuardKind::all_of) return truth_of_parts(node, assumptions, true);
  if (node.kind == GuardKind::any_of) return truth_of_parts(node, assumptions, false);
  if (node.kind == GuardKind::presence)
    return of_bool(!has_path_that(node, assumptions, Assumed::What::empty) &&
                   !is_empty_list(node.parts[0], assumptions));
  if (has_path_that(node, assumptions, Assumed::What::empty)) return Truth::never;
  if (node.kind == GuardKind::membership && is_empty_list(node.parts[1], assumptions)) return Truth::never;
  if (has_path_that(node, assumptions, Assumed::What::filled)) return Truth::maybe;
  return of_bool(guard_holds(node, [&](std::string_view path) { return assumptions.at(std::string(path)).value; }));
}

bool may_be_empty(const Definition& definition, std::string_view path) {
  if (path == "student.id_number" || path == "student.grade" || path == "student.class" || path == "comment")
    return true;
  const Field* field = definition.field(path);
  return field && !field->required;
}

/// What may be found at a path of that kind of subject.
std::vector<Assumed> possibilities(const GuardNode& path, const Definition& definition, const SubjectKind& kind,
                                   const std::set<std::string>& left_empty) {
  if (left_empty.contains(path.path)) return {{Assumed::What::empty, {}}};
  if (path.path == "student.current_g_numbers" && kind.number && kind.number != NumberKind::G)
    return {{Assumed::What::exactly, std::vector<std::string>{}}};
  std::vector<Assumed> result;
  for (const auto& [word, title] : path.info.words) result.push_back({Assumed::What::exactly, word});
  if (result.empty()) result.push_back({Assumed::What::filled, {}});
  if (may_be_empty(definition, path.path)) result.push_back({Assumed::What::empty, {}});
  return result;
}

Truth truth_of_all(const std::vector<const Guard*>& rules, const Assumptions& assumptions) {
  Truth result = Truth::always;
  for (const Guard* rule : rules) result = std::min(result, truth_under(*rule->tree(), assumptions));
  return result;
}

std::set<std::string> sure_where(const GuardNode& node, bool holds) {
  if (node.kind == GuardKind::presence) return holds ? std::set{node.parts[0].path} : std::set<std::string>{};
  if (node.kind == GuardKind::negation) return sure_where(node.parts[0], !holds);
  if (node.kind != GuardKind::all_of && node.kind != GuardKind::any_of) return {};
  const bool all_parts_apply = (node.kind == GuardKind::all_of) == holds;
  std::optional<std::set<std::string>> result;
  for (const GuardNode& part : node.parts) {
    auto sure = sure_where(part, holds);
    if (!result)
      result = std::move(sure);
    else if (all_parts_apply)
      result->merge(sure);
    else
      std::erase_if(*result, [&](const std::string& path) { return !sure.contains(path); });
  }
  return result.value_or(std::set<std::string>{});
}

void collect_read_empty(const GuardNode& node, const std::set<std::string>& present, std::vector<std::string>& found) {
  if (node.kind == GuardKind::presence) return;
  if (node.kind == GuardKind::path && !present.contains(node.path)) found.push_back(node.path);
  for (std::size_t index = 0; index < node.parts.size(); ++index) {
    std::set<std::string> known = present;
    if (node.kind == GuardKind::all_of || node.kind == GuardKind::any_of)
      for (std::size_t other = 0; other < node.parts.size(); ++other)
        if (other != index) known.merge(sure_where(node.parts[other], node.kind == GuardKind::all_of));
    collect_read_empty(node.parts[index], known, found);
  }
}

}  // namespace

std::vector<const Guard*> guards_of(const std::vector<Rule>& rules) {
  std::vector<const Guard*> guards;
  for (const Rule& rule : rules)
    if (rule.guard.tree()) guards.push_back(&rule.guard);
  return guards;
}

Truth truth_of(const std::vector<const Guard*>& rules, const Definition& definition, const SubjectKind& kind,
               const std::set<std::string>& left_empty) {
  std::map<std::string, const GuardNode*> paths;
  for (const Guard* rule : rules) collect_paths(*rule->tree(), paths);
  std::vector<std::pair<std::string, std::vector<Assumed>>> choices;
  std::size_t combinations = 1;
  for (const auto& [path, node] : paths) {
    choices.emplace_back(path, possibilities(*node, definition, kind, left_empty));
    combinations *= choices.back().second.size();
    if (combinations > combinations_max) return Truth::maybe;
  }
  std::optional<Truth> result;
  for (std::size_t number = 0; number < combinations; ++number) {
    Assumptions assumptions;
    std::size_t rest = number;
    for (const auto& [path, values] : choices) {
      assumptions[path] = values[rest % values.size()];
      rest /= values.size();
    }
    const Truth truth = truth_of_all(rules, assumptions);
    if (result && *result != truth) return Truth::maybe;
    result = truth;
  }
  return result.value_or(Truth::always);
}

std::vector<std::string> paths_read_empty(const Guard& guard, const std::set<std::string>& present) {
  std::vector<std::string> found;
  if (guard.tree()) collect_read_empty(*guard.tree(), present, found);
  return found;
}

std::set<std::string> paths_made_sure(const Guard& guard) {
  return guard.tree() ? sure_where(*guard.tree(), true) : std::set<std::string>{};
}

}  // namespace xueji
