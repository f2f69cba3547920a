#include "engine/definition/windows.hpp"

#include <catch2/catch.hpp>

namespace xueji {
namespace {

Definition with_window(const std::string& name) {
  Definition definition;
  definition.file = "transfer.yaml";
  definition.window = name;
  return definition;
}

TEST_CASE("a definition's window must be in the calendar") {
  Calendar calendar;
  calendar.windows["transfer"] = Window{"transfer", {}, {}};

  CHECK_FALSE(unknown_window(with_window(""), calendar));
  CHECK_FALSE(unknown_window(with_window("transfer"), calendar));

  const auto misspelt = unknown_window(with_window("transfers"), calendar);
  REQUIRE(misspelt);
  CHECK(misspelt->what == "the calendar has no window `transfers`");
  CHECK(misspelt->advice == "did you mean `transfer`?");

  const auto foreign = unknown_window(with_window("promotion-of-graduates"), calendar);
  REQUIRE(foreign);
  CHECK(foreign->advice == "add it to the calendar's windows");
}

}  // namespace
}  // namespace xueji
