// The second factor: codes of RFC 6238 with SHA-1, six digits, thirty seconds.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/time.hpp"

namespace xueji {

/// Which half minute since 1970 it is.
std::int64_t code_step(Instant now);
/// Six digits.
std::string one_time_code(std::string_view secret, std::int64_t step);
/// The step that the code is of: this one, the one before or the one after, and later than `used`. All three are
/// compared, whichever fits.
std::optional<std::int64_t> step_of_code(std::string_view secret, std::string_view code, Instant now,
                                         std::int64_t used);
/// As authenticators want to be told the secret: RFC 4648 without padding.
std::string base32(std::string_view bytes);

}  // namespace xueji
