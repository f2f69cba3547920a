// The two stores that a run compares: SQLite, and MariaDB where XUEJI_DATABASE names a server, else SQLite again.
#pragma once
#include <string>

#include "tests/contract/store/fixture.hpp"
#include "tests/differential/store/twin.hpp"

namespace xueji::differential {

/// Made anew, gone at the end.
class TwoPlaces {
 public:
  Location left() const { return {"sqlite://" + (folder_.path() / "left.db").string(), DatabaseOptions{}}; }
  Location right() const { return {right_.url(), DatabaseOptions{}}; }
  /// Which two they are.
  std::string described() const {
    return std::string("SQLite with ") + (store_test::on_sqlite() ? "SQLite" : "MariaDB");
  }

 private:
  store_test::TemporaryFolder folder_;
  store_test::TestDatabase right_;
};

}  // namespace xueji::differential
