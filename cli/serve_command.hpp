// `xueji serve`: everything together, until SIGINT or SIGTERM.
#pragma once
#include "cli/setup/configuration.hpp"

namespace xueji {

/// Prints the address when it is ready. Exit status 0 stopped by a signal, 1 it can't serve.
/// Throws UsageError and FaultyFiles for what configuration and files have wrong: also for `demo` with an address
/// beyond loopback.
int run_serve(const Configuration& configuration, bool demo);

/// 127.0.0.0/8, ::1, and 127.0.0.0/8 written as IPv6.
bool is_loopback(const std::string& address);

}  // namespace xueji
