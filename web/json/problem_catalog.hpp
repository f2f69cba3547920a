// Every type of problem that the API can answer, in one table: its status, its title, and its page.
#pragma once
#include <span>
#include <string_view>

#include "engine/machine/refusal.hpp"

namespace xueji::web {

struct ProblemType {
  std::string_view slug;
  int status;
  std::string_view title_zh, title_en;
  std::string_view page_zh, page_en;  ///< what happened, and what to do
};

std::span<const ProblemType> problem_types();
/// Null for an unknown slug.
const ProblemType* problem_type(std::string_view slug);
/// The type that answers a refusal of the engine; `failed` is told as `internal`.
const ProblemType& problem_type(RefusalKind kind);

}  // namespace xueji::web
