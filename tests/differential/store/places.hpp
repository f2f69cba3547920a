// The two stores that a run compares: SQLite, and MariaDB where XUEJI_DATABASE names a server, else SQLite again.
#pragma once
#include <filesystem>
#include <string>

#include "tests/differential/store/twin.hpp"

namespace xueji::differential {

/// Made anew, gone at the end.
class TwoPlaces {
 public:
  TwoPlaces();
  ~TwoPlaces();
  TwoPlaces(const TwoPlaces&) = delete;
  TwoPlaces& operator=(const TwoPlaces&) = delete;
  Location left() const { return sqlite("left"); }
  Location right() const { return sqlite("right"); }
  /// Which two they are.
  std::string described() const { return "SQLite with SQLite"; }

 private:
  Location sqlite(const std::string& name) const {
    return {"sqlite://" + (folder_ / (name + ".db")).string(), DatabaseOptions{}};
  }
  std::filesystem::path folder_;
};

}  // namespace xueji::differential
