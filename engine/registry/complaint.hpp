// What is wrong with a value, for people.
#pragma once
#include <optional>

#include "engine/base/text.hpp"

namespace xueji {

/// What is wrong with a value that a person typed; nothing when it is right.
using Complaint = std::optional<Text>;

}  // namespace xueji
