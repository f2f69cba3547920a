#pragma once
#include <string>

namespace xueji {

/// The first line of the file, or of standard input where none is named; asked for twice without echo at a terminal.
/// Never taken from the command line, where everybody on the machine could read it. Throws UsageError for a password
/// outside the allowed length.
std::string read_password(const std::string& file);

}  // namespace xueji
