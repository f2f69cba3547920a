#pragma once
#include <string>

#include "cli/setup/configuration.hpp"
#include "engine/authority/password_rule.hpp"

namespace xueji {

/// The first line of the file, or of standard input where none is named; asked for twice without echo at a terminal.
/// Never taken from the command line, where everybody on the machine could read it. Throws UsageError for a password
/// that fault_of_password() would not let that person choose.
std::string read_password(const Configuration& configuration, const std::string& file, const std::string& username);

/// The list that the configuration names, else the one that came with the program. Throws UsageError where it can't be
/// read.
WeakPasswords open_weak_passwords(const Configuration& configuration);

/// The first line of a file that holds a password of another system, of whatever length. Throws UsageError when the
/// file can't be read.
std::string read_secret(const std::string& file);

}  // namespace xueji
