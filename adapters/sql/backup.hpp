// A consistent copy of a running database, and the way back.
#pragma once
#include <string>

namespace xueji {

/// Writes a copy to the new file `to`, synced: there whole or not at all; broken off it leaves `to.part`, which the
/// next takes over. Throws std::runtime_error where the file exists, StoreError.
void backup(const std::string& url, const std::string& to);

/// Puts the copy in the database's place after looking whether it is sound and of a schema that this program knows.
/// What was there is moved to `….before-restore`, or with a number after it where that is taken. Throws
/// std::runtime_error, also while another program uses the database, and leaves all as it was.
void restore(const std::string& url, const std::string& from);

}  // namespace xueji
