// The checks that definitions may name, in one table.
#pragma once
#include <span>
#include <string_view>

#include "engine/ports/central_registry.hpp"
#include "engine/ports/queries.hpp"

namespace xueji {

struct CheckSubject {
  const Request& request;
  const Student& student;
  const Definition& definition;
  const OfficeTree& offices;
  std::string_view state;  ///< the check state that asks
  Instant now;
};

struct Check {
  std::string_view name;
  Finding (*ask)(const CheckSubject&, Queries&, CentralRegistry&);
};

/// `duplicate_check`: the registry, for the same ID number, the same name with birth date and sex, and numbers of
/// others. `identity_comparison`: the population database. One for each of check_names
/// (engine/registry/check_names.hpp), in its order.
std::span<const Check> checks();

}  // namespace xueji
