#include <algorithm>

#include "engine/base/text.hpp"
#include "engine/definition/guard_node.hpp"
#include "engine/definition/guard_paths.hpp"

namespace xueji {
namespace {

bool is_missing(const GuardValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return is_blank(*text);
  return std::holds_alternative<std::monostate>(value);
}

/// A list with nothing in it compares and has a size, but is not there.
bool is_there(const GuardValue& value) {
  if (const auto* list = std::get_if<std::vector<std::string>>(&value)) return !list->empty();
  const auto* rows = std::get_if<GuardRows>(&value);
  return rows ? !rows->empty() : !is_missing(value);
}

/// Fields are stored as texts; a date field's text becomes a date here.
GuardValue typed(GuardValue value, GuardType type) {
  if (type != GuardType::date) return value;
  const auto* text = std::get_if<std::string>(&value);
  if (!text) return value;
  const auto date = parse_date(*text);
  return date ? GuardValue{*date} : GuardValue{};
}

GuardValue size_of(const GuardValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return static_cast<std::int64_t>(code_points(*text));
  if (const auto* list = std::get_if<std::vector<std::string>>(&value)) return static_cast<std::int64_t>(list->size());
  if (const auto* rows = std::get_if<GuardRows>(&value)) return static_cast<std::int64_t>(rows->size());
  return {};
}

bool compare(GuardComparison comparison, const GuardValue& left, const GuardValue& right) {
  if (is_missing(left) || is_missing(right) || left.index() != right.index()) return false;
  switch (comparison) {
    case GuardComparison::equal:
      return left == right;
    case GuardComparison::unequal:
      return left != right;
    case GuardComparison::less:
      return left < right;
    case GuardComparison::at_most:
      return left <= right;
    case GuardComparison::greater:
      return left > right;
    case GuardComparison::at_least:
      return left >= right;
  }
  return false;
}

bool is_member(const GuardValue& value, const GuardValue& list) {
  const auto* text = std::get_if<std::string>(&value);
  const auto* items = std::get_if<std::vector<std::string>>(&list);
  return text && items && !text->empty() && std::find(items->begin(), items->end(), *text) != items->end();
}

bool holds_in_row(const GuardNode& condition, const GuardRows::value_type& row, const Guard::Lookup& lookup) {
  return guard_holds(condition.parts[1], values_in_row(condition.parts[0], row, lookup));
}

}  // namespace

Guard::Lookup values_in_row(const GuardNode& rows, const GuardRows::value_type& row, const Guard::Lookup& lookup) {
  return [&rows, &row, &lookup](std::string_view path) -> GuardValue {
    const auto in_row = row_path(path);
    if (!in_row || in_row->field != rows.path) return lookup(path);
    const auto value = row.find(in_row->inner);
    return value == row.end() ? GuardValue{} : GuardValue{value->second};
  };
}

GuardRows rows_at(const GuardNode& rows, const Guard::Lookup& lookup) {
  GuardValue value = lookup(rows.path);
  auto* found = std::get_if<GuardRows>(&value);
  return found ? std::move(*found) : GuardRows{};
}

GuardValue guard_value(const GuardNode& operand, const Guard::Lookup& lookup) {
  if (operand.kind == GuardKind::literal) return operand.value;
  if (operand.kind == GuardKind::size) return size_of(guard_value(operand.parts[0], lookup));
  GuardValue value = typed(lookup(operand.path), operand.type);
  return is_missing(value) ? GuardValue{} : value;
}

bool guard_holds(const GuardNode& condition, const Guard::Lookup& lookup) {
  const auto holds = [&](const GuardNode& part) { return guard_holds(part, lookup); };
  const auto part = [&](std::size_t index) { return guard_value(condition.parts[index], lookup); };
  switch (condition.kind) {
    case GuardKind::comparison:
      return compare(condition.comparison, part(0), part(1));
    case GuardKind::membership:
      return is_member(part(0), part(1));
    case GuardKind::presence:
      return is_there(part(0));
    case GuardKind::negation:
      return !holds(condition.parts[0]);
    case GuardKind::all_of:
      return std::all_of(condition.parts.begin(), condition.parts.end(), holds);
    case GuardKind::any_of:
      return std::any_of(condition.parts.begin(), condition.parts.end(), holds);
    case GuardKind::every_row:
    case GuardKind::some_row: {
      const GuardRows rows = rows_at(condition.parts[0], lookup);
      const auto holds_there = [&](const auto& row) { return holds_in_row(condition, row, lookup); };
      return condition.kind == GuardKind::every_row ? std::all_of(rows.begin(), rows.end(), holds_there)
                                                    : std::any_of(rows.begin(), rows.end(), holds_there);
    }
    default:
      return false;
  }
}

bool Guard::holds(const Lookup& lookup) const { return !root_ || guard_holds(*root_, lookup); }

std::vector<Text> Guard::explain(const Lookup& lookup) const {
  return root_ ? explain_condition(*root_, true, lookup) : std::vector<Text>{};
}

}  // namespace xueji
