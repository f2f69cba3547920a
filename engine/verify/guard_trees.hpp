// What the prover looks up in guards before it decides them: their texts, and what they ask of rows.
#pragma once
#include <cstddef>
#include <functional>
#include <set>
#include <string>

#include "engine/definition/definition.hpp"
#include "engine/definition/guard_node.hpp"

namespace xueji {

/// Every condition that stands in the definition.
void for_each_guard(const Definition& definition, const std::function<void(const Guard&)>& visit);
/// Those that it compares with, and the words that its paths may have.
void collect_texts(const GuardNode& node, std::set<std::string>& texts);
/// How many conditions about rows of that field stand in it.
std::size_t conditions_about_rows(const GuardNode& node, const std::string& field);
/// The condition as it is asked of that row, from 1: what it reads of one as row_path_of() has it.
GuardNode in_row(GuardNode node, const Field& field, std::size_t row);

}  // namespace xueji
