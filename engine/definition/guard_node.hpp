// The typed tree of a guard: conditions over operands. Built by the parser, read by evaluation and explanation.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/definition/guard.hpp"

namespace xueji {

enum class GuardKind {
  literal,
  path,
  size,  // operands
  comparison,
  membership,
  presence,
  negation,
  all_of,
  any_of,
  every_row,
  some_row  // conditions
};

enum class GuardComparison { equal, unequal, less, at_most, greater, at_least };

struct GuardNode {
  GuardKind kind = GuardKind::literal;
  GuardType type = GuardType::boolean;
  GuardComparison comparison = GuardComparison::equal;
  GuardValue value;              ///< of a literal
  std::string path;              ///< of a path
  PathInfo info;                 ///< of a path
  std::vector<GuardNode> parts;  ///< of one about rows: their path, and what is asked of each
  std::size_t offset = 0;

  bool is_operand() const { return kind == GuardKind::literal || kind == GuardKind::path || kind == GuardKind::size; }
};

/// The lookup within a condition about rows: the fields of `row` beside everything else. Arguments must outlive it.
Guard::Lookup values_in_row(const GuardNode& rows, const GuardRows::value_type& row, const Guard::Lookup& lookup);
/// Those at the path; none where nothing is filled in.
GuardRows rows_at(const GuardNode& rows, const Guard::Lookup& lookup);
/// An operand's value; monostate where the field is missing.
GuardValue guard_value(const GuardNode& operand, const Guard::Lookup& lookup);
bool guard_holds(const GuardNode& condition, const Guard::Lookup& lookup);
/// What keeps `condition` from being `wanted`; empty where it is as wanted.
std::vector<Text> explain_condition(const GuardNode& condition, bool wanted, const Guard::Lookup& lookup);

}  // namespace xueji
