#include "web/server/csv.hpp"

#include <array>
#include <catch2/catch.hpp>

using namespace xueji::web;

TEST_CASE("cells are quoted, and none is taken for a formula") {
  std::string csv;
  const std::array<std::string, 7> cells{"a,b", "say \"hi\"", "=1+1", "+1", "-1", "@x", "\tx"};
  append_csv_line(csv, cells);
  CHECK(csv == "\"a,b\",\"say \"\"hi\"\"\",\"'=1+1\",\"'+1\",\"'-1\",\"'@x\",\"'\tx\"\r\n");
}
