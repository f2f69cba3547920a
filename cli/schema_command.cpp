#include "cli/schema_command.hpp"

#include <fmt/format.h>

#include <iostream>

#include "cli/schema/definition_schema.hpp"
#include "cli/schema/scenario_schema.hpp"
#include "cli/schema/schema_parts.hpp"
#include "cli/setup/console.hpp"

namespace xueji {

int run_schema(const std::string& of) {
  if (of != "definition" && of != "scenario")
    throw UsageError(fmt::format("there is no schema of `{}`; write definition or scenario", of));
  std::cout << schema::pretty(of == "definition" ? schema::definition_schema() : schema::scenario_schema());
  return exit_done;
}

}  // namespace xueji
