// Lists of requests, statistics, evidence, cursors.

#include "tests/catch.hpp"
#include "tests/contract/store/fixture.hpp"

using namespace xueji;
using namespace xueji::store_test;

TEST_CASE("requests are listed newest first, within the scope, by every filter") {
  Registry registry;
  const auto one = open_request(registry, StudentId{1});
  const auto two = open_request(registry, StudentId{3}, second_school);
  const auto far = open_request(registry, StudentId{4}, far_school);
  commit(registry.store(), {ending(two, {}, at(1))});
  const auto ids = [&](OfficeId scope, auto&& change) {
    RequestFilter filter;
    change(filter);
    std::vector<RequestId> found;
    for (const auto& row : registry.queries().requests({{scope}}, filter, {}).items) found.push_back(row.request.id);
    CHECK(registry.queries().count_requests({{scope}}, filter, 100) == found.size());
    return found;
  };
  using Ids = std::vector<RequestId>;
  const auto all = [](RequestFilter&) {};
  CHECK(ids(ministry, all) == Ids{far.id, two.id, one.id});
  CHECK(ids(county, all) == Ids{two.id, one.id});
  CHECK(ids(school, all) == Ids{one.id});
  CHECK(ids(province, [](RequestFilter& filter) { filter.workflow = "key-information-change"; }).size() == 3);
  CHECK(ids(province, [](RequestFilter& filter) { filter.workflow = "none"; }).empty());
  CHECK(ids(county, [](RequestFilter& filter) { filter.state = "completed"; }) == Ids{two.id});
  CHECK(ids(county, [](RequestFilter& filter) { filter.outcome = Outcome::completed; }) == Ids{two.id});
  CHECK(ids(county, [](RequestFilter& filter) { filter.student = StudentId{1}; }) == Ids{one.id});
  CHECK(ids(other_county, [](RequestFilter& filter) { filter.student = StudentId{1}; }).empty());
  CHECK(ids(county, [](RequestFilter& filter) { filter.school = second_school; }) == Ids{two.id});
  CHECK(ids(county, [](RequestFilter& filter) { filter.opened_by = registrar; }) == Ids{two.id, one.id});
  CHECK(ids(county, [](RequestFilter& filter) { filter.opened_by = head; }).empty());
  CHECK(ids(county, [](RequestFilter& filter) { filter.open = true; }) == Ids{one.id});
  CHECK(ids(county, [](RequestFilter& filter) { filter.open = false; }) == Ids{two.id});
  CHECK(ids(ministry, [](RequestFilter& filter) { filter.open = true; }) == Ids{far.id, one.id});
  CHECK(registry.queries().requests({}, {}, {}).items.empty());
  CHECK(registry.queries().count_requests({}, {}, 100) == 0);
  CHECK(registry.queries().count_requests({{ministry}}, {}, 2) == 2);

  const auto row = registry.queries().requests({{school}}, {}, {}).items.at(0);
  CHECK(row.opened_by_username == "registrar");
  CHECK(row.opened_by_name == "王登记");
  CHECK(row.student.numbers.size() == 2);
}

TEST_CASE("open requests of many schools are found by their tasks, each once, in the order of the list") {
  Registry registry;
  constexpr int schools = 100, requests = 30;
  auto loader = registry.database->bulk_loader();
  for (int number = 0; number < schools; ++number)
    loader->add(Office{OfficeId{100 + number}, std::to_string(3111000100 + number), "小学", Level::school, county});
  for (int number = 0; number < requests; ++number)
    loader->add(student_of(1000 + number, OfficeId{100 + number}, "学生" + std::to_string(number)));
  loader->commit();
  loader.reset();
  std::vector<RequestId> open;
  for (int number = 0; number < requests; ++number) {
    auto request = open_request(registry, StudentId{1000 + number}, OfficeId{100 + number});
    if (number % 3 == 0) {
      commit(registry.store(), {ending(request, {}, at(1))});
      continue;
    }
    open.insert(open.begin(), request.id);
    if (number % 3 == 1) continue;
    auto escalated = moving(request, "overdue", "head_review", request.token.holder, at(2));
    escalate(escalated.decision.request.token, {county, Role::reviewer});
    give_numbers(escalated.decision.request);
    commit(registry.store(), {escalated});
  }
  RequestFilter filter;
  filter.open = true;
  for (const OfficeId scope : {county, ministry}) {
    std::vector<RequestId> found;
    PageRequest page{7, {}};
    do {
      const auto part = registry.queries().requests({{scope}}, filter, page);
      for (const auto& row : part.items) found.push_back(row.request.id);
      page.after = part.next;
    } while (page.after);
    CHECK(found == open);
    CHECK(registry.queries().count_requests({{scope}}, filter, 1000) == open.size());
  }
  CHECK(registry.queries().count_requests({{other_county}}, filter, 1000) == 0);
  filter.workflow = "none";
  CHECK(registry.queries().requests({{county}}, filter, {}).items.empty());
}

TEST_CASE("each version of a definition counts its requests by state, the ended in their end state") {
  Registry registry;
  const auto newer = registry.database->definitions().pin(
      {{}, "key-information-change", 2, std::string(64, 'b'), "k", "x", false}, {});
  auto late = opening(RequestId{1}, registry.definition, StudentId{1});
  late.decision.request.token.due = at(10);
  commit(registry.store(), {late, opening(RequestId{2}, registry.definition, StudentId{2}),
                            opening(RequestId{3}, newer, StudentId{3}, second_school)});
  const auto old = registry.queries().request(RequestId{2})->request;
  commit(registry.store(), {ending(old, {}, at(1))});
  const auto counts = [&](OfficeId scope) {
    std::vector<std::string> told;
    for (const auto& row : registry.queries().definition_counts({{scope}}, at(20)))
      told.push_back(std::to_string(row.definition.value - registry.definition.value) + ' ' + row.state + ' ' +
                     std::to_string(row.count) + ' ' + std::to_string(row.overdue));
    return told;
  };
  using Told = std::vector<std::string>;
  CHECK(newer.value - registry.definition.value == 1);
  CHECK(counts(county) == Told{"0 completed 1 0", "0 head_review 1 1", "1 head_review 1 0"});
  CHECK(counts(school) == Told{"0 completed 1 0", "0 head_review 1 1"});
  CHECK(counts(other_county).empty());
}

TEST_CASE("what waits in a state is counted with its mean and longest waiting time, what has ended is not") {
  Registry registry;
  auto late = opening(RequestId{1}, registry.definition, StudentId{1}, school, at(0));
  late.decision.request.token.due = at(30);
  commit(registry.store(), {late, opening(RequestId{2}, registry.definition, StudentId{2}, school, at(20)),
                            opening(RequestId{3}, registry.definition, StudentId{3}, second_school, at(40)),
                            opening(RequestId{4}, registry.definition, StudentId{4}, far_school, at(0))});
  const auto told = [&](OfficeId scope) {
    std::vector<std::string> all;
    for (const auto& row : registry.queries().waiting({{scope}}, at(60)))
      all.push_back(row.state + ' ' + std::to_string(row.count) + ' ' + std::to_string(row.overdue) + ' ' +
                    std::to_string(row.mean.count()) + ' ' + std::to_string(row.longest.count()));
    return all;
  };
  using Told = std::vector<std::string>;
  CHECK(told(school) == Told{"head_review 2 1 3000 3600"});
  CHECK(told(county) == Told{"head_review 3 1 2400 3600"});
  CHECK(registry.queries().waiting({}, at(60)).empty());
  commit(registry.store(), {ending(registry.queries().request(RequestId{1})->request, {}, at(50))});
  CHECK(told(school) == Told{"head_review 1 0 2400 2400"});
}

TEST_CASE("a cursor belongs to the list that made it") {
  Registry registry;
  open_request(registry, StudentId{1});
  open_request(registry, StudentId{2});
  auto& queries = registry.queries();
  const auto next = queries.requests({{county}}, {}, {1, {}}).next;
  REQUIRE(next);
  CHECK(queries.requests({{county}}, {}, {1, next}).items.size() == 1);
  CHECK_THROWS_AS(queries.students({{county}}, {}, {1, next}), BadCursor);
  RequestFilter other;
  other.state = "draft";
  CHECK_THROWS_AS(queries.requests({{county}}, other, {1, next}), BadCursor);
  const std::vector<std::string> forged_ones{"", "!", "AAAA", "Mg", next->substr(1), std::string(5000, 'A')};
  for (const auto& forged : forged_ones) CHECK_THROWS_AS(queries.requests({{county}}, {}, {1, forged}), BadCursor);
}

TEST_CASE("statistics count open requests by state, ended ones by outcome, and the late") {
  Registry registry;
  auto late = opening(RequestId{1}, registry.definition, StudentId{1});
  late.decision.request.token.due = at(10);
  commit(registry.store(), {late, opening(RequestId{2}, registry.definition, StudentId{2})});
  const auto third = open_request(registry, StudentId{3}, second_school);
  commit(registry.store(), {ending(third, {}, at(1))});
  const auto rows = registry.queries().statistics({{county}}, at(20));
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].workflow == "key-information-change");
  CHECK(rows[0].state == "completed");
  CHECK(rows[0].ended);
  CHECK(rows[0].count == 1);
  CHECK(rows[1].state == "head_review");
  CHECK_FALSE(rows[1].ended);
  CHECK(rows[1].count == 2);
  CHECK(rows[1].overdue == 1);
  CHECK(registry.queries().statistics({{other_county}}, at(20)).empty());
}

TEST_CASE("evidence may be read where a request within the scope refers to it, until it no longer does") {
  Registry registry;
  const auto request = open_request(registry, StudentId{1});
  const std::string hash(64, 'e'), other(64, 'c');
  auto& queries = registry.queries();
  CHECK(queries.evidence_is_referenced(hash, {{county}}));
  CHECK_FALSE(queries.evidence_is_referenced(hash, {{other_county}}));
  CHECK_FALSE(queries.evidence_is_referenced(hash, {}));
  auto edit = moving(request, "edit", "head_review", {school, Role::head}, at(1));
  edit.decision.request.evidence = {{other, "k", "f", "image/png", 1}, {other, "k2", "f", "image/png", 1}};
  commit(registry.store(), {edit});
  CHECK_FALSE(queries.evidence_is_referenced(hash, {{county}}));
  CHECK(queries.evidence_is_referenced(other, {{county}}));
}

TEST_CASE("history comes in pages, and the audit reads all of it in order of request") {
  Registry registry;
  const auto one = open_request(registry, StudentId{1});
  const auto two = open_request(registry, StudentId{2});
  commit(registry.store(), {moving(one, "approve", "county_review", {county, Role::reviewer}, at(1))});
  const auto first = registry.queries().request_history(one.id, {2, {}});
  REQUIRE(first.items.size() == 2);
  CHECK(first.items[0].entry.action == "open");
  CHECK(first.items[0].entry.as == Holder{school, Role::registrar});
  CHECK(first.items[1].entry.comment == "请审核");
  CHECK(first.items[1].by_name == "王登记");
  const auto second = registry.queries().request_history(one.id, {2, first.next});
  REQUIRE(second.items.size() == 1);
  CHECK_FALSE(second.next);

  const auto page = registry.queries().audit_page(RequestId{0}, 1);
  REQUIRE(page.size() == 3);
  CHECK(page.back().request == one.id);
  CHECK(registry.queries().audit_page(one.id, 10).size() == 2);
  CHECK(registry.queries().audit_page(two.id, 10).empty());
}
