// A small country: what both stores hold before the first command.
#pragma once
#include <string>
#include <vector>

#include "adapters/sql/database.hpp"
#include "engine/authority/caller.hpp"
#include "tests/differential/store/chance.hpp"

namespace xueji::differential {

struct World {
  std::vector<Office> offices;
  std::vector<Caller> people;  ///< with their posts
  std::vector<Student> students;
  std::vector<Upload> uploads;

  /// Anyone who holds that post; null where nobody does.
  const Caller* someone(Chance& chance, Role role, OfficeId office) const;
  const Caller* person(AccountId account) const;
};

/// A ministry, two provinces, a prefecture, four counties, eight schools with 250 students each, two people or more for
/// each post, one of them lent.
World make_world(Chance& chance, Instant now);
void load(const World& world, Database& database);

}  // namespace xueji::differential
