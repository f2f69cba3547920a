// What a guard may read: the student's record, the request, and the definition's own fields.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/definition/definition.hpp"
#include "engine/definition/guard.hpp"

namespace xueji {

/// Where a guard stands decides what it may read: `student.*` everywhere, the form's fields from the form on,
/// `request.round` and `comment` only in an action's `when`.
enum class GuardScope { opening, form, action };

/// A field's values as people call them; empty unless it is a choice or a status.
PathInfo path_info(const Field& field);

struct GuardPaths {
  PathTypes types;  ///< refers to the fields it was made from
  std::vector<std::string> known;
};

/// `fields` must outlive the result.
GuardPaths guard_paths(GuardScope scope, const std::vector<Field>& fields);

}  // namespace xueji
