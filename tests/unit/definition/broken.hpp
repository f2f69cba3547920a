// A table of ways to break the small definition, each with all the faults it must bring, whole.
#pragma once
#include "tests/unit/definition/small_definition.hpp"

namespace xueji {

struct Broken {
  std::string from;
  std::string to;
  std::vector<std::string> faults;
};

inline void check_broken(const std::vector<Broken>& table) {
  for (const auto& broken : table) {
    std::string expected;
    for (const auto& fault : broken.faults) expected += fault + "\n";
    CAPTURE(broken.from, broken.to);
    CHECK(faults_of(with(small_definition, broken.from, broken.to)) == expected);
  }
}

}  // namespace xueji
