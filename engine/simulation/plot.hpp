// A picture of a simulation's report: how the queues of each level grow over the days, and how long each state takes.
#pragma once
#include <string>

#include "engine/base/text.hpp"
#include "engine/simulation/report.hpp"

namespace xueji {

/// A whole SVG document, the same bytes for the same report.
std::string to_svg(const SimulationReport& report, Language language);

}  // namespace xueji
