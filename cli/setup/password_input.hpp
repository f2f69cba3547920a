#pragma once
#include <string>

namespace xueji {

/// The first line of the file, or of standard input where none is named; asked for twice without echo at a terminal.
/// Never taken from the command line, where everybody on the machine could read it. Throws UsageError for a password
/// outside the allowed length.
std::string read_password(const std::string& file);

/// The first line of a file that holds a password of another system, of whatever length. Throws UsageError when the
/// file can't be read.
std::string read_secret(const std::string& file);

}  // namespace xueji
