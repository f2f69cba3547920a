// Which offices take part in a request, and what the words for offices mean there.
#include "engine/machine/places.hpp"

#include "bench.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

const Office& office_of(const Bench& bench, Level level) {
  return *bench.world.offices().at_level(bench.student.school, level);
}

OfficeExpression office(std::string_view place, OfficeExpression::Step step = OfficeExpression::Step::itself,
                        Level level = Level::school) {
  return {std::string(place), step, level, false};
}

}  // namespace

TEST_CASE("a request about a student has the school and whoever opened it as places") {
  Bench bench(shipped("g-number-deletion"));
  const OfficeId school = bench.student.school, province = office_of(bench, Level::province).id;
  const Places places = places_if_opened(bench.definition, school, bench.world.offices());
  CHECK(places == Places{school, province});
  CHECK(places.at("student.school") == school);
  CHECK(places.at("initiator.office") == province);
  CHECK_FALSE(places.at("receiving"));
  CHECK(places.offices() == std::vector{school, province});
}

TEST_CASE("an office that is two places of a request is one office") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change(false));
  CHECK(places_of(*bench.request) == Places{bench.student.school, bench.student.school});
  CHECK(places_of(*bench.request).offices() == std::vector{bench.student.school});
}

TEST_CASE("the words for offices start from a place") {
  using enum OfficeExpression::Step;
  Bench bench(shipped("g-number-deletion"));
  const OfficeTree& offices = bench.world.offices();
  const Places places = places_if_opened(bench.definition, bench.student.school, offices);
  CHECK(resolve(office("student.school"), places, offices)->id == bench.student.school);
  CHECK(resolve(office("student.school", authority), places, offices)->id == office_of(bench, Level::county).id);
  CHECK(resolve(office("initiator.office", authority), places, offices)->id == office_of(bench, Level::ministry).id);
  CHECK(resolve(office("initiator.office", at_level, Level::county), places, offices) == nullptr);
  const Places unopened{bench.student.school, {}};
  CHECK(resolve(office("initiator.office"), unopened, offices) == nullptr);
}
