#include "cli/calendar_command.hpp"

#include "cli/setup/calendar_file.hpp"
#include "cli/setup/console.hpp"
#include "cli/setup/installation.hpp"

namespace xueji {

int run_calendar_add(const Configuration& configuration, const std::string& file) {
  const auto calendar = calendar_file(configuration);
  if (!calendar) throw UsageError("there is no calendar to add to; name one by --calendar or workflows.calendar");
  try {
    add_to_calendar(*calendar, file);
    return exit_done;
  } catch (const FaultyFiles& faulty) {
    print_faults(faulty.faults);
    return exit_fault;
  }
}

}  // namespace xueji
