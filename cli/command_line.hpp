// The command line of the one program: subcommands, options, help, exit statuses.
#pragma once

namespace xueji {

/// 0 done, 1 it found a fault, 2 wrong usage or configuration.
int run_command_line(int argc, char** argv);

}  // namespace xueji
