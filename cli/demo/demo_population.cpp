#include "cli/demo/demo_parts.hpp"

namespace xueji::demo {
namespace {

constexpr std::size_t unknown_every = 401;
constexpr std::size_t misnamed_every = 367;

}  // namespace

void add_population(DemoWorld& world) {
  DemoRandom random{11};
  for (std::size_t position = 0; position < world.students.size(); ++position) {
    const Student& student = world.students[position];
    if (!student.id_number) continue;
    const bool set_aside = position < reserved_students;
    if (!set_aside && position % unknown_every == 0) continue;
    const bool misnamed = !set_aside && position % misnamed_every == 0;
    world.population.emplace(*student.id_number, misnamed ? corrected_name(student.name, random) : student.name);
  }
}

}  // namespace xueji::demo
