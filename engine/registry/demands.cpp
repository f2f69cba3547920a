#include "engine/registry/demands.hpp"

namespace xueji {

/// Class lists are the school's own business (FAQ 13); whatever says who somebody is, or where and whether they go to
/// school, is decided by others (FAQ 7, 8).
Demand demand_of(std::string_view member) { return member == "class" ? Demand::none : Demand::decision; }

}  // namespace xueji
