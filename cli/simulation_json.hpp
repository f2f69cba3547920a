#pragma once
#include <string>

#include "engine/simulation/report.hpp"

namespace xueji {

/// The whole report as one JSON document; durations in working days, shares from 0 to 1.
std::string to_json(const SimulationReport& report);

}  // namespace xueji
