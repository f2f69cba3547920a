#include "cli/missing_warnings.hpp"

#include <iostream>

namespace xueji {

std::vector<Violation> warnings_of_missing(const Calendar& calendar, const std::vector<const Definition*>& definitions,
                                           Date today) {
  std::vector<Violation> warnings;
  for (Missing& missing : missing_for(calendar, definitions, today)) {
    const std::string& file = calendar.file.empty() ? definitions.front()->file : calendar.file;
    warnings.push_back({std::move(missing.rule),
                        {file, {}, std::move(missing.what.en), std::move(missing.advice.en)},
                        {},
                        Severity::warning,
                        {}});
  }
  return warnings;
}

void warn_without_calendar(const Calendar& calendar, const Definition& definition) {
  if (!calendar.file.empty()) return;
  for (const Violation& warning : warnings_of_missing(calendar, {&definition}, Date{}))
    std::cerr << to_string(warning) << '\n';
}

}  // namespace xueji
