// Lists of requests, statistics, evidence, cursors.
#include <catch2/catch.hpp>

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
  CHECK(registry.queries().requests({}, {}, {}).items.empty());

  const auto row = registry.queries().requests({{school}}, {}, {}).items.at(0);
  CHECK(row.opened_by_username == "registrar");
  CHECK(row.opened_by_name == "王登记");
  CHECK(row.student.numbers.size() == 2);
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
