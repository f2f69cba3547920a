// Which room includes which, and which libraries: as docs/architecture.md has it, and as the sources do.
#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/unit/architecture/source_rules.hpp"

namespace xueji::tests {

/// A row of the table of rooms: a folder, and what its files may include.
struct Room {
  std::string folder;
  std::set<std::string> rooms;
  std::set<std::string> libraries;  ///< words for groups of headers: `files`, `asio`, `clock`
  bool operator==(const Room&) const = default;
};

/// The table below the heading "Who includes whom". Throws std::invalid_argument for a row that it can't read.
std::vector<Room> rooms_in(std::string_view document);

/// What does not fit: an include that no row allows, an arrow that no file uses, a file or include of no room's, a row
/// without files, a header of no library's, a word for libraries that nobody knows, rooms that include each other.
Breaches arrow_breaches(const std::vector<SourceFile>& files, const std::vector<Room>& rooms);

}  // namespace xueji::tests
