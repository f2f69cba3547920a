// The log: one JSON object a line on standard error.
#pragma once
#include <string>
#include <string_view>

namespace xueji {

/// `level` as in the configuration. Messages go into `message`; the logger `access` writes objects, which go into
/// `access`.
void start_logging(const std::string& level);
/// Writes out what still waits.
void stop_logging();

/// The text between the quotes of a JSON string.
std::string json_escaped(std::string_view text);

}  // namespace xueji
