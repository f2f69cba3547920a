#include "engine/verify/guard_trees.hpp"

#include <utility>

#include "engine/definition/guard_paths.hpp"

namespace xueji {

void collect_texts(const GuardNode& node, std::set<std::string>& texts) {
  if (const auto* text = std::get_if<std::string>(&node.value)) texts.insert(*text);
  if (const auto* list = std::get_if<std::vector<std::string>>(&node.value)) texts.insert(list->begin(), list->end());
  for (const auto& [word, title] : node.info.words) texts.insert(word);
  for (const GuardNode& part : node.parts) collect_texts(part, texts);
}

std::size_t conditions_about_rows(const GuardNode& node, const std::string& field) {
  const bool is_one = node.kind == GuardKind::every_row || node.kind == GuardKind::some_row;
  std::size_t count = is_one && node.parts[0].path == field ? 1 : 0;
  for (const GuardNode& part : node.parts) count += conditions_about_rows(part, field);
  return count;
}

GuardNode in_row(GuardNode node, const Field& field, std::size_t row) {
  const auto of_rows = row_path(node.path);
  if (node.kind == GuardKind::path && of_rows && of_rows->field == field.key)
    node.path = row_path_of(field.key, of_rows->inner, row);
  else if (node.kind == GuardKind::path && field.inner(node.path))
    node.path = row_path_of(field.key, node.path, row);
  for (GuardNode& part : node.parts) part = in_row(std::move(part), field, row);
  return node;
}

void for_each_guard(const Definition& definition, const std::function<void(const Guard&)>& visit) {
  const auto all = [&](const std::vector<Rule>& rules) {
    for (const Rule& rule : rules) visit(rule.guard);
  };
  all(definition.open_when);
  all(definition.subject.eligible);
  if (definition.subject.where) visit(*definition.subject.where);
  all(definition.require);
  for (const WindowRule& rule : definition.windows)
    if (rule.when) visit(*rule.when);
  if (definition.closing && definition.closing->when) visit(*definition.closing->when);
  if (definition.opened_on && definition.opened_on->where) visit(*definition.opened_on->where);
  for (const EvidenceKind& kind : definition.evidence)
    if (kind.when) visit(*kind.when);
  for (const Field& field : definition.fields)
    for (const RowOffer& offer : field.offers)
      if (offer.when) visit(*offer.when);
  for (const State& state : definition.states) {
    for (const Action& action : state.actions) all(action.when);
    for (const EffectCall& call : state.effects)
      if (call.when) visit(*call.when);
    for (const Way& way : state.ways)
      if (way.when) visit(*way.when);
  }
}

}  // namespace xueji
