// Jobs of the machine: what waits for the national side.

#include "tests/catch.hpp"
#include "tests/contract/store/fixture.hpp"

using namespace xueji;
using namespace xueji::store_test;

namespace {

const Holder machine{ministry, Role::system};

/// Moves the request into a check state; `asked` is when it is to be asked next after a first answer.
Request to_the_checks(Registry& registry, const Request& before, Instant when, std::optional<Instant> asked = {}) {
  auto write = moving(before, "approve", "central_check", machine, when);
  write.decision.request.token.timer = when;
  commit(registry.store(), {write});
  if (!asked) return write.decision.request;
  Write again;
  again.decision.request = write.decision.request;
  again.decision.replaces = again.decision.request.version;
  again.decision.request.token.timer = asked;
  again.decision.request.token.attempts = 1;
  again.decision.request.findings = {
      {"identity_comparison", CheckOutcome::unavailable, when, "timeout", {"没有回答", "no answer"}}};
  commit(registry.store(), {again});
  return again.decision.request;
}

struct Jobs {
  Registry registry;
  Request asked, fresh, far;

  Jobs() {
    asked = to_the_checks(registry, open_request(registry, StudentId{1}), at(10), at(15));
    fresh = to_the_checks(registry, open_request(registry, StudentId{3}, second_school), at(5));
    far = to_the_checks(registry, open_request(registry, StudentId{4}, far_school), at(7), at(9));
    open_request(registry, StudentId{2});
  }

  std::vector<RequestId> ids(OfficeId scope, std::optional<bool> was_asked = {}) {
    std::vector<RequestId> found;
    const CheckFilter filter{machine, was_asked};
    for (const auto& row : registry.queries().checks({{scope}}, filter, {}).items) found.push_back(row.request.id);
    CHECK(registry.queries().count_checks({{scope}}, filter, 100) == found.size());
    return found;
  }
};

using Ids = std::vector<RequestId>;

}  // namespace

TEST_CASE("jobs are listed longest waiting first, within the scope") {
  Jobs jobs;
  CHECK(jobs.ids(ministry) == Ids{jobs.fresh.id, jobs.far.id, jobs.asked.id});
  CHECK(jobs.ids(county) == Ids{jobs.fresh.id, jobs.asked.id});
  CHECK(jobs.ids(school) == Ids{jobs.asked.id});
  CHECK(jobs.registry.queries().checks({}, {machine, {}}, {}).items.empty());
  CHECK(jobs.registry.queries().checks({{ministry}}, {{province, Role::system}, {}}, {}).items.empty());
  const auto row = jobs.registry.queries().checks({{school}}, {machine, {}}, {}).items.at(0);
  CHECK(row.id == tasks_of(row.request).front().id);
  CHECK(row.request.findings == jobs.asked.findings);
  CHECK(row.student_name == "𠮷田·买买提");
}

TEST_CASE("jobs are told apart by whether they were asked") {
  Jobs jobs;
  CHECK(jobs.ids(ministry, true) == Ids{jobs.far.id, jobs.asked.id});
  CHECK(jobs.ids(ministry, false) == Ids{jobs.fresh.id});
}

TEST_CASE("jobs come in pages, counts stop at their limit") {
  Jobs jobs;
  auto& queries = jobs.registry.queries();
  const CheckFilter filter{machine, {}};
  const auto first = queries.checks({{ministry}}, filter, {2, {}});
  REQUIRE(first.items.size() == 2);
  REQUIRE(first.next);
  const auto second = queries.checks({{ministry}}, filter, {2, first.next});
  REQUIRE(second.items.size() == 1);
  CHECK(second.items[0].request.id == jobs.asked.id);
  CHECK_FALSE(second.next);
  CHECK_THROWS_AS(queries.checks({{ministry}}, {machine, true}, {2, first.next}), BadCursor);
  CHECK(queries.count_checks({{ministry}}, filter, 2) == 2);
}

TEST_CASE("a job that was retried is due, and still one that was asked") {
  Jobs jobs;
  Write retry;
  retry.decision.request = jobs.asked;
  retry.decision.replaces = jobs.asked.version;
  retry.decision.request.token.timer = at(11);
  commit(jobs.registry.store(), {retry});
  const auto due = jobs.registry.store().due_tasks(at(11), 10);
  REQUIRE(due.size() == 3);
  CHECK(due[2].request.id == jobs.asked.id);
  CHECK(jobs.ids(school, true) == Ids{jobs.asked.id});
}
