// Giving a record its first number: one that nobody has or had, told where there is none left.
#include "engine/machine/new_number.hpp"

#include <set>

#include "bench.hpp"
#include "engine/registry/number_coding.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

/// A pupil who was taken in without a number, before the authority.
struct WithoutNumber : Bench {
  explicit WithoutNumber(bool has_id_number) : Bench(definition_in("tests/routes", "first-number")) {
    student.numbers.clear();
    if (!has_id_number) student.id_number.reset();
    by("registrar", Open{definition.key, student.id, {{"statement", "建籍时未编号"}}, {}, "", true});
  }

  std::variant<Decision, Refusal, Nothing> approved(const OthersHave& others) {
    Situation where = situation();
    where.others_have = others;
    return decide(where, {perform("approve"), world.person("county reviewer"), {}, {}});
  }
  std::string given(const OthersHave& others) { return std::get<Decision>(approved(others)).changes.front().number; }
  NumberRange range() const {
    return {world.offices().authority_of(student.school)->code, student.birth_date, student.sex};
  }
};

}  // namespace

TEST_CASE("the first number is the next of the division, birth date and sex that nobody has or had") {
  WithoutNumber bench(true);
  std::set<std::string> had;
  OthersHave others;
  others.number = [&](const std::string& number) { return had.contains(number); };
  for (int place = 0; place < 3; ++place) {
    const std::string number = bench.given(others);
    CHECK(number == coded_number(NumberKind::L, bench.range(), place));
    had.insert(number);
  }
}

TEST_CASE("a J number is never the characters of somebody's ID number, an L number can't be") {
  const auto first = [](const NumberRange& range) { return coded_number(NumberKind::J, range, 0); };
  OthersHave others;
  others.id_number = [&](const std::string& id_number) {
    return id_number == first(WithoutNumber(false).range()).substr(1);
  };
  WithoutNumber without(false);
  CHECK(without.given(others) == coded_number(NumberKind::J, without.range(), 1));
  others.id_number = [](const std::string&) { return true; };
  WithoutNumber with(true);
  CHECK(with.given(others) == coded_number(NumberKind::L, with.range(), 0));
}

TEST_CASE("an own number that was retired is not given again") {
  WithoutNumber bench(false);
  bench.student.numbers = {{coded_number(NumberKind::J, bench.range(), 0), NumberKind::J, NumberState::retired, {}}};
  CHECK(bench.given({}) == coded_number(NumberKind::J, bench.range(), 1));
}

TEST_CASE("where no number is left that is told, and the request stays where it is") {
  WithoutNumber bench(false);
  OthersHave others;
  int asked = 0;
  others.number = [&](const std::string&) { return ++asked > 0; };
  const auto verdict = bench.approved(others);
  REQUIRE(std::holds_alternative<Refusal>(verdict));
  CHECK(std::get<Refusal>(verdict).kind == RefusalKind::numbers_exhausted);
  CHECK(std::get<Refusal>(verdict).detail.en.starts_with(
      "No student number is left for this division, birth date and sex"));
  CHECK(asked == j_numbers_of_range);
  CHECK(bench.request->token.state == "county_review");
  CHECK(bench.act("county reviewer", "reject", "另行处理").request.outcome == Outcome::rejected);
}
