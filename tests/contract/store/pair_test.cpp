// A request about a pair of records: whom it locks, how one is merged into the other, and how pairs are found.
#include <algorithm>
#include <functional>

#include "adapters/sql/connections.hpp"
#include "adapters/sql/migrations.hpp"
#include "adapters/sql/schema_steps.hpp"
#include "engine/machine/places.hpp"
#include "engine/registry/finding.hpp"
#include "tests/catch.hpp"
#include "tests/contract/store/pair.hpp"

using namespace xueji;
using namespace xueji::store_test;

namespace {

Student record(Registry& registry, std::int64_t id) { return registry.queries().student(StudentId{id}).value(); }

std::vector<std::pair<std::int64_t, std::int64_t>> pairs_of(const MarkedTwins& found) {
  std::vector<std::pair<std::int64_t, std::int64_t>> pairs;
  for (const auto& each : found.twins) pairs.emplace_back(each.first.id.value, each.second.id.value);
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

using Pairs = std::vector<std::pair<std::int64_t, std::int64_t>>;

void change(Registry& registry, std::int64_t student, std::vector<RegistryChange> changes, int minute) {
  const auto request = open_request(registry, StudentId{student}, school, at(minute));
  commit(registry.store(), {ending(request, std::move(changes), at(minute + 1))});
}

void forget_marks(Registry& registry) {
  for (auto found = registry.store().marked_twins(100); !found.marks.empty();
       found = registry.store().marked_twins(100))
    registry.store().remove_marks(found.marks);
}

}  // namespace

TEST_CASE("a pair is read back as it was written, and locks who was free alone") {
  Registry registry;
  const auto other = open_request(registry, StudentId{4}, far_school);
  const auto request = open_pair(registry, StudentId{1}, StudentId{4}, {StudentId{4}});
  CHECK(record(registry, 1).open_request == request.id);
  CHECK(record(registry, 4).open_request == other.id);
  const auto batch = registry.store().begin()->load({{request.id}, {}, {}, {}});
  auto expected = request;
  expected.last_hash = batch.requests.at(request.id).last_hash;
  CHECK(batch.requests.at(request.id) == expected);
  CHECK(batch.requests.at(request.id).several->schools == std::vector{school, far_school});
  CHECK(batch.subjects.at(request.id) ==
        std::vector<Subject>{{1, StudentId{1}, {}, true}, {2, StudentId{4}, {}, false}});
  CHECK(batch.students.contains(StudentId{4}));
  const auto rows = registry.queries().subjects(request.id, {}, {}).items;
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].subject.locked);
  CHECK_FALSE(rows[1].subject.locked);

  const auto in_sight = offices_in_sight(request);
  RequestFilter of_first;
  of_first.student = StudentId{1};
  for (const auto office : {school, second_school, far_school})
    CHECK(registry.queries().count_requests({{office}}, of_first, 9) ==
          static_cast<std::size_t>(std::count(in_sight.begin(), in_sight.end(), office)));

  auto end = ending(request, {}, at(1));
  end.decision.unlocks_student = false;
  end.decision.subjects.releases_all = true;
  commit(registry.store(), {end});
  CHECK_FALSE(record(registry, 1).open_request);
  CHECK(record(registry, 4).open_request == other.id);
}

TEST_CASE("a pair that finds one locked whom it takes for free is stale") {
  Registry registry;
  open_request(registry, StudentId{4}, far_school);
  try {
    open_pair(registry, StudentId{1}, StudentId{4});
    FAIL("it was opened");
  } catch (const StoreError& error) {
    CHECK(error.kind == StoreError::Kind::stale);
  }
}

TEST_CASE("a record that goes on has the other's numbers, whichever of the two came first") {
  const auto [goes_on, ends] =
      GENERATE(table<std::int64_t, std::int64_t>({{1, 101}, {101, 1}, {101, 102}, {102, 101}}));
  CAPTURE(goes_on, ends);
  Registry registry;
  add_twins(registry, {StudentId{101}, StudentId{102}}, "王小明");
  if (ends == 1) {
    sql::Connections connections(registry.place.url(), {});
    sql::Connections::Writing writing(connections);
    writing->execute("UPDATE student SET id_number = NULL WHERE id = 1");
    writing.commit();
  }
  const auto before = record(registry, goes_on), other = record(registry, ends);
  const auto request = merge(registry, StudentId{goes_on}, StudentId{ends});
  const auto after = record(registry, goes_on), merged = record(registry, ends);
  CHECK(merged.status == StudentStatus::merged);
  CHECK(merged.merged_into == StudentId{goes_on});
  CHECK(merged.numbers.empty());
  CHECK(merged.version == other.version + 1);
  CHECK_FALSE(merged.open_request);
  CHECK_FALSE(after.merged_into);
  CHECK_FALSE(after.open_request);
  CHECK(after.version == before.version + 1);
  CHECK(after.numbers.size() == before.numbers.size() + other.numbers.size());
  for (const auto& number : other.numbers) {
    const auto moved = std::find_if(after.numbers.begin(), after.numbers.end(),
                                    [&](const StudentNumber& each) { return each.number == number.number; });
    REQUIRE(moved != after.numbers.end());
    CHECK(moved->state == (number.kind == NumberKind::G ? NumberState::current : NumberState::former));
    CHECK(moved->since == at(1));
    StudentFilter filter;
    filter.number = number.number;
    const auto found = registry.queries().students({{ministry}}, filter, {}).items;
    REQUIRE(found.size() == 1);
    CHECK(found[0].id == StudentId{goes_on});
    filter = {};
    filter.sought = sought_in_names_and_numbers(number.number);
    REQUIRE(registry.queries().students({{school}}, filter, {}).items.size() == 1);
    CHECK(registry.queries().students({{ministry}}, filter, {}).items[0].id == StudentId{goes_on});
  }
}

TEST_CASE("records of three are merged in one transaction, and a number that nobody takes over is kept") {
  Registry registry;
  const std::vector ids{StudentId{101}, StudentId{102}, StudentId{103}};
  add_twins(registry, ids, "王小明");
  const auto one = record(registry, 101), two = record(registry, 102), three = record(registry, 103);
  auto transaction = registry.store().begin();
  transaction->load({{}, ids, {}, {}});
  const auto first = opening_pair(transaction->next_request_id(), registry.definition, one, two);
  const auto end = merging_pair(first.decision.request, two, one, at(1));
  const auto two_now = apply(two, end.decision.history[2].changes, at(1));
  const auto second = opening_pair(transaction->next_request_id(), registry.definition, two_now, three, {}, at(2));
  std::vector<Write> writes{first, end, second, merging_pair(second.decision.request, three, two_now, at(3))};
  transaction->write(writes);
  transaction->commit();
  transaction.reset();
  CHECK(record(registry, 103).numbers.size() == 3);
  CHECK(record(registry, 102).merged_into == StudentId{103});
  CHECK(record(registry, 101).merged_into == StudentId{102});

  auto lost = ending(open_request(registry, StudentId{103}, school, at(4)), {}, at(5));
  lost.decision.changes = {{"number.state", "former", "", one.numbers[0].number}};
  lost.decision.history.front().changes = lost.decision.changes;
  CHECK_THROWS_AS(commit(registry.store(), {lost}), std::logic_error);
  CHECK(record(registry, 103).numbers.size() == 3);
}

TEST_CASE("a pair is known in the business in which it ever was one") {
  Registry registry;
  add_twins(registry, {StudentId{101}, StudentId{102}, StudentId{103}}, "王小明");
  merge(registry, StudentId{102}, StudentId{101});
  open_several(registry, students_of(1, 3));
  open_pair(registry, StudentId{102}, StudentId{103});
  const std::string business = "key-information-change";
  const PairKey ended{business, StudentId{101}, StudentId{102}}, open{business, StudentId{102}, StudentId{103}};
  BatchKeys keys;
  keys.pairs = {ended,
                open,
                open,
                {"another", StudentId{101}, StudentId{102}},
                {business, StudentId{101}, StudentId{103}},
                {business, StudentId{1}, StudentId{2}}};
  CHECK(registry.store().begin()->load(keys).paired == std::set{ended, open});
  CHECK(registry.store().begin()->load({{}, students_of(101, 103), {}, {}}).paired.empty());
}

TEST_CASE("a bulk load marks the records that have a twin, and another name or birth date marks the record") {
  Registry registry;
  CHECK(registry.store().marked_twins(10).marks.empty());
  add_twins(registry, {StudentId{101}}, "王小明");
  add_twins(registry, {StudentId{102}, StudentId{103}}, "李雷");
  add_twins(registry, {StudentId{104}}, "李 雷");
  const auto found = registry.store().marked_twins(10);
  CHECK(found.marks.size() == 3);
  CHECK(pairs_of(found) == Pairs{{2, 101}, {102, 103}});
  for (const auto& each : found.twins) {
    CHECK(each.first == record(registry, each.first.id.value));
    CHECK(each.second == record(registry, each.second.id.value));
  }
  CHECK(pairs_of(registry.store().marked_twins(1)) == Pairs{{2, 101}});

  registry.store().remove_marks(std::span(found.marks).first(1));
  CHECK(pairs_of(registry.store().marked_twins(10)) == Pairs{{102, 103}});
  change(registry, 1, {{"class", "2班", "3班"}}, 1);
  CHECK(registry.store().marked_twins(10).marks.size() == 2);
  forget_marks(registry);
  CHECK(registry.store().marked_twins(10).marks.empty());

  change(registry, 4, {{"name", "张三", "李雷"}}, 3);
  CHECK(pairs_of(registry.store().marked_twins(10)) == Pairs{{4, 102}, {4, 103}});
  forget_marks(registry);
  change(registry, 4, {{"birth_date", "1949-12-31", "1950-01-01"}}, 5);
  CHECK(registry.store().marked_twins(10).marks.size() == 1);
  CHECK(registry.store().marked_twins(10).twins.empty());
  change(registry, 4, {{"birth_date", "1950-01-01", "1949-12-31"}}, 7);
  CHECK(registry.store().marked_twins(10).marks.size() == 2);
  CHECK(pairs_of(registry.store().marked_twins(10)) == Pairs{{4, 102}, {4, 103}});
}

TEST_CASE("a merged record is nobody's twin, and of one record no more than twenty twins are looked at") {
  Registry registry;
  add_twins(registry, {StudentId{101}, StudentId{102}}, "韩梅梅");
  merge(registry, StudentId{101}, StudentId{102});
  CHECK(registry.store().marked_twins(10).marks.size() == 2);
  CHECK(registry.store().marked_twins(10).twins.empty());
  forget_marks(registry);
  add_twins(registry, {StudentId{201}}, "韩梅梅");
  CHECK(pairs_of(registry.store().marked_twins(10)) == Pairs{{101, 201}});
  forget_marks(registry);
  add_twins(registry, students_of(301, 330), "林涛");
  CHECK(registry.store().marked_twins(100).marks.size() == 30);
  CHECK(registry.store().marked_twins(1).twins.size() == twins_max);
}

TEST_CASE("a schema that comes to marks marks the records with a twin, slice by slice") {
  Registry registry;
  std::vector<StudentId> many;
  for (std::int64_t id = 1000; id < 3200; ++id) many.push_back(StudentId{id});
  auto loader = registry.database->bulk_loader();
  for (const StudentId id : many) {
    auto student = student_of(1, school, "学生" + std::to_string(id.value % 2000));
    student.id = id;
    student.id_number.reset();
    student.numbers.clear();
    loader->add(student);
  }
  loader->commit();
  loader.reset();
  sql::Connections connections(registry.place.url(), {});
  const auto count = [&](const char* question) {
    const sql::Connections::Reading session(connections);
    auto& row = session->prepare(question, "i");
    return row.one() ? row.integer(0) : -1;
  };
  CHECK(count("SELECT COUNT(*) FROM twin_mark") == 400);
  {
    sql::Connections::Writing writing(connections);
    writing->execute("DELETE FROM twin_mark");
    const auto& step = sql::schema_steps()[11];
    const auto work =
        std::find_if(step.parts.begin(), step.parts.end(), [](const auto& part) { return part.is_sliced(); });
    REQUIRE(work != step.parts.end());
    CHECK(work->work.count(*writing) == 2204);
    int slices = 0;
    std::string cursor;
    for (bool last = false; !last; ++slices) {
      auto slice = work->work.next(*writing, cursor);
      cursor = slice.cursor;
      last = slice.is_last;
    }
    CHECK(slices == 3);
    writing.commit();
  }
  CHECK(count("SELECT COUNT(DISTINCT student_id) FROM twin_mark") == 400);
}

TEST_CASE("students of the first schema come over, found by their keys and marked where they have a twin") {
  TestDatabase place;
  {
    sql::Connections connections(place.url(), {});
    sql::migrate(connections, sql::schema_steps().first(6));
    sql::Connections::Writing writing(connections);
    writing->execute(
        "INSERT INTO office (id, code, name, level, supervisor_id) VALUES (1, '000000', 'x', 'ministry', 0)");
    writing->execute("INSERT INTO office_closure (ancestor_id, descendant_id) VALUES (1, 1)");
    for (const std::string row : {"1, 1, '王小明'", "2, 1, '王小明'", "3, 1, '李雷'"})
      writing->execute(
          "INSERT INTO student (id, school_id, name, name_key, sex, birth_date, status, grade, class_name, "
          "open_request_id, version) VALUES (" +
          row + ", 'wangxiaoming', 'male', '2010-01-01', 'in_school', '5', '2班', 0, 1)");
    writing->execute("UPDATE student SET name_key = name");
    writing->execute(
        "INSERT INTO student_number (number, student_id, kind, state, since) VALUES ('L110105201503091011', 2, 'L', "
        "'current', 1)");
    writing.commit();
  }
  const auto database = place.open();
  StudentFilter filter;
  filter.sought = sought_in_names_and_numbers("L110105201503091011");
  const auto found = database->queries().students({{OfficeId{1}}}, filter, {}).items;
  REQUIRE(found.size() == 1);
  CHECK(found[0].id == StudentId{2});
  CHECK_FALSE(found[0].merged_into);
  CHECK(pairs_of(database->store().marked_twins(10)) == Pairs{{1, 2}});
}
