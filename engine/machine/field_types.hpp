// The types of fields: how each is normalised and checked. One table; adding a type is one entry.
#pragma once
#include <string>

#include "engine/authority/office.hpp"
#include "engine/definition/definition.hpp"
#include "engine/registry/numbers.hpp"

namespace xueji {

/// Text that becomes a member of the record is one line.
std::string normalise_field(const Field& field, const std::string& typed);
/// `value` is normalised and not empty. Of rows the first fault.
Complaint check_field(const Field& field, const std::string& value, const OfficeTree& offices, Date today);

}  // namespace xueji
