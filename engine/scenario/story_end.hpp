// How a story ends, beside how it was to end.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/machine/decide.hpp"
#include "engine/scenario/scenario.hpp"

namespace xueji {

/// What went otherwise than told.
struct Otherwise {
  Position position;
  std::string what;
  std::string advice;
};

/// What there is once the last step is done. References must outlive it.
struct EndOfStory {
  const std::optional<Request>& request;
  const std::vector<Student>& students;
  const std::vector<Subject>& subjects;  ///< of a request about several
  const std::vector<RegistryChange>& changes;
  const std::vector<std::string>& opened;  ///< by its ends, as keys of businesses
  const OfficeTree& offices;
  bool is_pair = false;
};

/// Throws Otherwise.
void compare(const ScenarioEnd& then, const EndOfStory& seen);

}  // namespace xueji
