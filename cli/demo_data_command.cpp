#include "cli/demo_data_command.hpp"

#include <spdlog/spdlog.h>

#include <iostream>

#include "cli/demo/demo_data.hpp"
#include "cli/proving/proving_child.hpp"
#include "cli/setup/system_clock.hpp"

namespace xueji {

int run_demo_data(const Configuration& configuration) {
  const auto database = open_database(configuration);
  const auto world = demo::make_demo_world();
  const bool made =
      demo::ensure_demo_data(configuration, *database, world, SystemClock{}.now(),
                             prover_for(configuration, [](std::string_view line) { spdlog::warn("{}", line); }));
  std::cout << "demo data: " << (made ? "made" : "kept") << " in " << configuration.data << ": " << world.offices.size()
            << " offices, " << world.students.size() << " students, " << world.journeys.size() << " requests"
            << std::endl;
  return 0;
}

}  // namespace xueji
