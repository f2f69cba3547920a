// How far a change of the schema is, for people and for logs.
#pragma once
#include <functional>
#include <string>

#include "adapters/sql/database.hpp"

namespace xueji {

/// On standard error: a bar where that is a terminal, else lines.
MigrationProgress show_migration();

/// A line when a step begins, and for each tenth of its rows.
MigrationProgress tell_migration(std::function<void(const std::string&)> line);

}  // namespace xueji
