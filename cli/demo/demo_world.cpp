#include "cli/demo/demo_world.hpp"

#include "cli/demo/demo_parts.hpp"
#include "cli/demo/new_values.hpp"

namespace xueji::demo {

DemoWorld make_demo_world() {
  DemoWorld world;
  world.offices = make_offices();
  world.accounts = make_accounts(world.offices);
  world.students = make_students(world.offices);
  NewValues values{world.students};
  add_population(world);
  add_examples(world, values);
  add_journeys(world, values);
  add_transfers_elsewhere(world);
  add_pairs(world);
  add_number_changes(world, values);
  return world;
}

}  // namespace xueji::demo
