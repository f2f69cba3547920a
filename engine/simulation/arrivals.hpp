// When requests are opened, and at which schools.
#pragma once
#include "engine/simulation/playbook.hpp"

namespace xueji {

struct Arrival {
  Seconds at = 0;
  std::uint32_t school = 0;
};

/// In order of time, within working hours, on days on which the business's window is open; a school gets its share by
/// its students. Throws UnplayableSimulation where there is no such day.
std::vector<Arrival> make_arrivals(const Definition& definition, const Calendar& calendar,
                                   const SimulationOptions& options, const WorkingTime& time,
                                   const SimulatedOffices& offices, const Playbook& book, RandomStream& random);

}  // namespace xueji
