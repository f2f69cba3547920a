// `xueji backup TO` and `xueji restore FROM`.
#pragma once
#include <string>

namespace xueji {

/// Writes a consistent copy of a running database to the new file `to`. Exit status 0 done, 1 failed, 2 wrong
/// configuration.
int run_backup(const std::string& database, const std::string& to);

/// Puts the copy `from` in the place of the database, which no server may be using; what was there is kept
/// beside it with the ending `.before-restore`.
int run_restore(const std::string& database, const std::string& from);

}  // namespace xueji
