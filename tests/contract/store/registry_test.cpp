// Students and their numbers: exact names, history for ever, numbers never given twice.

#include <set>

#include "adapters/sql/connections.hpp"
#include "engine/registry/finding.hpp"
#include "tests/catch.hpp"
#include "tests/contract/store/fixture.hpp"

using namespace xueji;
using namespace xueji::store_test;

TEST_CASE("names are kept exactly: rare characters apart, spaces and look-alikes untouched") {
  Registry registry;
  const std::vector<std::string> names{"𠮷", "𫝆", "阿卜杜·买买提", "阿卜杜•买买提", "Anna  ", "Anna", "anna", "ﬁ"};
  auto loader = registry.database->bulk_loader();
  std::vector<StudentId> ids;
  for (const auto& name : names) {
    Student student;
    student.school = school;
    student.name = name;
    student.birth_date = std::chrono::year{2014} / 2 / 28;
    ids.push_back(loader->add(student));
  }
  loader->commit();
  loader.reset();
  registry.reopen();
  for (std::size_t at_name = 0; at_name < names.size(); ++at_name) {
    const auto found = registry.queries().student(ids[at_name]);
    REQUIRE(found);
    CHECK(found->name == names[at_name]);
    CHECK_FALSE(found->id_number);
  }
  const DuplicateProbe probe{ids[0], {}, "𫝆", Sex::male, std::chrono::year{2014} / 2 / 28};
  const auto hits = registry.queries().duplicates(probe);
  REQUIRE(hits.size() == 1);
  CHECK(hits[0].student == ids[1]);
}

TEST_CASE("a name is found in every spelling within the scope") {
  Registry registry;
  StudentFilter filter;
  filter.sought = sought_in_names("王");
  for (const auto office : {ministry, province, county}) {
    const auto page = registry.queries().students({{office}}, filter, {});
    CHECK(page.items.size() == 2);
  }
  CHECK(registry.queries().students({{school}}, filter, {}).items.size() == 1);
  CHECK(registry.queries().students({{other_county}}, filter, {}).items.empty());
  CHECK(registry.queries().students({{}}, filter, {}).items.empty());
  filter.sought = sought_in_names("𠮷田•");
  CHECK(registry.queries().students({{county}}, filter, {}).items.size() == 1);
}

TEST_CASE("students are found by number, former ones too, by ID number, school, class and status, within the scope") {
  Registry registry;
  const auto expected = student_of(1, school, "𠮷田·买买提");
  const auto find = [&](const StudentFilter& filter, OfficeId scope) {
    const auto found = registry.queries().students({{scope}}, filter, {}).items;
    CHECK(registry.queries().count_students({{scope}}, filter, 100) == found.size());
    return found;
  };

  StudentFilter by_number;
  by_number.number = expected.numbers[0].number;
  REQUIRE(find(by_number, county).size() == 1);
  CHECK(find(by_number, county)[0] == expected);
  CHECK(find(by_number, other_county).empty());

  StudentFilter by_id;
  by_id.id_number = expected.id_number;
  CHECK(find(by_id, school).size() == 1);
  CHECK(find(by_id, second_school).empty());

  StudentFilter by_school;
  by_school.school = school;
  CHECK(find(by_school, county).size() == 2);
  CHECK(find(by_school, other_county).empty());
  by_school.class_name = "3班";
  CHECK(find(by_school, county).empty());
  by_school.class_name = "2班";
  by_school.status = StudentStatus::suspended;
  CHECK(find(by_school, county).empty());
  by_school.status = StudentStatus::in_school;
  CHECK(find(by_school, county).size() == 2);
}

TEST_CASE("wide and narrow scopes page through the same students, once each") {
  Registry registry;
  auto loader = registry.database->bulk_loader();
  for (std::int64_t number = 0; number < 80; ++number) {
    const auto office = loader->add(Office{{}, "x", "小学", Level::school, county});
    auto student = student_of(100 + number, office, number % 2 == 0 ? "李一" : "李二");
    student.numbers.clear();
    loader->add(student);
  }
  loader->commit();
  loader.reset();
  for (const auto scope : {ministry, county, other_county, school}) {
    for (const bool by_name : {false, true}) {
      StudentFilter filter;
      if (by_name) filter.sought = sought_in_names("李");
      std::set<StudentId> seen;
      PageRequest page{7, {}};
      std::size_t total = 0;
      do {
        auto answer = registry.queries().students({{scope}}, filter, page);
        for (const auto& student : answer.items) seen.insert(student.id);
        total += answer.items.size();
        page.after = answer.next;
      } while (page.after);
      const std::size_t expected = scope == other_county ? (by_name ? 0u : 1u)
                                   : scope == school     ? (by_name ? 0u : 2u)
                                   : scope == county     ? (by_name ? 80u : 83u)
                                                         : (by_name ? 80u : 84u);
      CHECK(total == expected);
      CHECK(seen.size() == expected);
      CHECK(registry.queries().count_students({{scope}}, filter, 1000) == expected);
      CHECK(registry.queries().count_students({{scope}}, filter, 5) == std::min<std::size_t>(expected, 5));
    }
  }
}

TEST_CASE("one who is found by several keys stands once in a list, and lists of every width hold the same") {
  Registry registry;
  auto loader = registry.database->bulk_loader();
  for (std::int64_t number = 0; number < 600; ++number) {
    const auto office = loader->add(Office{{}, "x", "小学", Level::school, county});
    auto student = student_of(100 + number, office, number % 3 == 0 ? "小小小" : number % 3 == 1 ? "晓明" : "李四");
    student.numbers.clear();
    student.class_name = number % 2 == 0 ? "1班" : "2班";
    loader->add(student);
  }
  loader->commit();
  loader.reset();
  for (const char* typed : {"小", "x", "xiao", "小小"}) {
    for (const bool of_class : {false, true}) {
      StudentFilter filter;
      filter.sought = sought_in_names(typed);
      if (of_class) filter.class_name = "1班";
      std::set<StudentId> seen, expected;
      std::size_t total = 0;
      PageRequest page{7, {}};
      do {
        const auto answer = registry.queries().students({{county}}, filter, page);
        for (const auto& student : answer.items) seen.insert(student.id);
        total += answer.items.size();
        page.after = answer.next;
      } while (page.after);
      page = {200, {}};
      do {
        const auto all = registry.queries().students({{county}}, {}, page);
        for (const auto& student : all.items)
          if (found_by(finding_keys(student), *filter.sought) && (!of_class || student.class_name == "1班"))
            expected.insert(student.id);
        page.after = all.next;
      } while (page.after);
      CHECK(seen == expected);
      CHECK(total == expected.size());
      CHECK(registry.queries().count_students({{county}}, filter, 1000) == expected.size());
    }
  }
}

TEST_CASE("requests are found by what finds their student, within the scope and newest first") {
  Registry registry;
  commit(registry.store(), {opening(RequestId{1}, registry.definition, StudentId{1}),
                            opening(RequestId{2}, registry.definition, StudentId{2})});
  const auto found = [&](const char* typed, OfficeId scope) {
    RequestFilter filter;
    filter.sought = sought_in_names_and_numbers(typed);
    std::vector<std::int64_t> ids;
    for (const auto& row : registry.queries().requests({{scope}}, filter, {}).items)
      ids.push_back(row.request.id.value);
    CHECK(registry.queries().count_requests({{scope}}, filter, 100) == ids.size());
    return ids;
  };
  using Ids = std::vector<std::int64_t>;
  CHECK(found("xm", county) == Ids{2});
  CHECK(found("买买提", county) == Ids{1});
  CHECK(found("1001", county) == Ids{1});
  CHECK(found("xm", other_county).empty());
  CHECK(found("没有", county).empty());
}

TEST_CASE("duplicates: a name that is written differently counts as the same, and comes as it is written") {
  Registry registry;
  const auto other = student_of(1, school, "𠮷田·买买提");
  const auto hits = registry.queries().duplicates({StudentId{2}, {}, "𠮷田•买买提", other.sex, other.birth_date});
  REQUIRE(hits.size() == 1);
  CHECK(hits[0].code == "same_name_birth_date_sex");
  CHECK(hits[0].name == "𠮷田·买买提");
}

TEST_CASE("a change of the registry keeps old and new value, when it took effect and when it was recorded") {
  Registry registry;
  const auto request = open_request(registry, StudentId{1});
  commit(registry.store(), {ending(request, {{"name", "𠮷田·买买提", "𫝆田"}}, at(5))});
  const auto history = registry.queries().student_history(StudentId{1}, {});
  REQUIRE(history.items.size() == 1);
  const auto& entry = history.items[0];
  CHECK(entry.entry.changes == std::vector<RegistryChange>{{"name", "𠮷田·买买提", "𫝆田"}});
  CHECK(entry.entry.recorded_at == at(5));
  CHECK(entry.entry.effective_at == at(5) - std::chrono::hours{24});
  CHECK(entry.by_username == "county");
  CHECK(registry.queries().student_history(StudentId{2}, {}).items.empty());

  StudentFilter filter;
  filter.sought = sought_in_names("𫝆");
  CHECK(registry.queries().students({{school}}, filter, {}).items.size() == 1);
  CHECK(registry.queries().students({{ministry}}, filter, {}).items.size() == 1);
  for (const char* gone : {"𠮷田买", "maimaiti"}) {
    filter.sought = sought_in_names(gone);
    CHECK(registry.queries().students({{school}}, filter, {}).items.empty());
    CHECK(registry.queries().students({{ministry}}, filter, {}).items.empty());
  }
}

TEST_CASE("the end of a suspension's term is kept with its student, found by, and taken away again") {
  Registry registry;
  const auto suspended = open_request(registry, StudentId{1});
  commit(registry.store(),
         {ending(suspended, {{"status", "in_school", "suspended"}, {"status_until", "", "2027-08-31"}}, at(5))});
  const auto until = [&] { return registry.queries().student(StudentId{1})->status_until; };
  CHECK(until() == parse_date("2027-08-31"));
  const auto found = [&](const char* day, OfficeId scope) {
    StudentFilter filter;
    filter.status_until_before = parse_date(day);
    const auto listed = registry.queries().students({{scope}}, filter, {}).items;
    CHECK(registry.queries().count_students({{scope}}, filter, 100) == listed.size());
    return listed.size();
  };
  CHECK(found("2027-09-01", county) == 1);
  CHECK(found("2027-09-01", ministry) == 1);
  CHECK(found("2027-08-31", county) == 0);
  CHECK(found("2027-09-01", other_county) == 0);

  const auto resumed = open_request(registry, StudentId{1});
  commit(registry.store(),
         {ending(resumed, {{"status", "suspended", "in_school"}, {"status_until", "2027-08-31", ""}}, at(9))});
  CHECK_FALSE(until());
  CHECK(found("2027-09-01", county) == 0);
  const auto then = registry.queries().request(suspended.id);
  REQUIRE(then);
  CHECK(then->student.status_until == parse_date("2027-08-31"));
}

TEST_CASE("a completed request with a timer is due, and no open request") {
  Registry registry;
  const auto request = open_request(registry, StudentId{1});
  Write write = ending(request, {{"status_until", "", "2027-08-31"}, {"status", "in_school", "suspended"}}, at(5));
  write.decision.request.token.holder = {request.school, Role::system};
  write.decision.request.token.timer = at(20);
  commit(registry.store(), {write});
  CHECK(registry.store().next_timer() == at(20));
  CHECK(registry.store().due_tasks(at(19), 10).empty());
  const auto due = registry.store().due_tasks(at(20), 10);
  REQUIRE(due.size() == 1);
  CHECK(due[0].request.id == request.id);
  CHECK(due[0].student.status_until == parse_date("2027-08-31"));
  CHECK(registry.queries().open_requests({}, 10).empty());
  RequestFilter open;
  open.open = true;
  CHECK(registry.queries().requests({{ministry}}, open, {}).items.empty());
}

TEST_CASE("a retired number stays with its student and is never given to another") {
  Registry registry;
  const auto request = open_request(registry, StudentId{1});
  const auto number = student_of(1, school, "x").numbers[1].number;
  commit(registry.store(), {ending(request, {{"number.state", "current", "retired", number}}, at(5))});
  const auto student = registry.queries().student(StudentId{1});
  REQUIRE(student->numbers.size() == 2);
  CHECK(std::any_of(student->numbers.begin(), student->numbers.end(), [&](const StudentNumber& one) {
    return one.number == number && one.state == NumberState::retired;
  }));

  auto loader = registry.database->bulk_loader();
  auto thief = student_of(50, school, "贼");
  thief.numbers = {{number, NumberKind::G, NumberState::current, at(0)}};
  loader->add(thief);
  CHECK_THROWS_AS(loader->commit(), StoreError);
  loader.reset();
  CHECK_FALSE(registry.queries().student(StudentId{50}));
}

TEST_CASE("duplicates: the same ID number, the same name with birth date and sex, a number of another") {
  Registry registry;
  const auto other = student_of(2, school, "王小明");
  const auto codes = [&](const DuplicateProbe& probe) {
    std::multiset<std::string> found;
    for (const auto& hit : registry.queries().duplicates(probe)) found.insert(hit.code);
    return found;
  };
  CHECK(codes({StudentId{1}, other.id_number, "无", Sex::male, other.birth_date}) ==
        std::multiset<std::string>{"same_id_number", "number_of_another"});
  CHECK(codes({StudentId{1}, {}, other.name, other.sex, other.birth_date}) ==
        std::multiset<std::string>{"same_name_birth_date_sex"});
  CHECK(codes({StudentId{2}, other.id_number, other.name, other.sex, other.birth_date}).empty());
  CHECK(codes({StudentId{1}, {}, other.name, Sex::male, other.birth_date}).empty());
}

TEST_CASE("a damaged row is named, and what it holds is not") {
  Registry registry;
  const auto request = open_request(registry, StudentId{1});
  {
    sql::Connections connections(registry.place.url(), {});
    sql::Connections::Writing writing(connections);
    writing->execute("UPDATE request SET document = '秘密'");
    writing.commit();
  }
  CHECK_THROWS_WITH(registry.queries().request(request.id),
                    "a row can't be read: the document of a request, request " + to_string(request.id));
}
