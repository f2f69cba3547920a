#include "engine/runtime/due_work.hpp"
#include "tests/catch.hpp"

#include "engine/runtime/outbox.hpp"

using namespace xueji;

namespace {

DueTask task_of(RequestId id) {
  DueTask task;
  task.request.id = id;
  return task;
}

}  // namespace

TEST_CASE("a request is worked on by one at a time") {
  DueWork work;
  work.begin_look();
  CHECK(work.start(RequestId{1}));
  CHECK_FALSE(work.start(RequestId{1}));
  CHECK(work.start(RequestId{2}));
  CHECK(work.under_way() == 2);
}

TEST_CASE("a request that was finished while the store was being asked is not begun again on that old answer") {
  DueWork work;
  work.begin_look();
  CHECK(work.start(RequestId{1}));
  work.finish(RequestId{1});
  CHECK_FALSE(work.start(RequestId{1}));
  work.begin_look();
  CHECK(work.start(RequestId{1}));
}

TEST_CASE("what can't be done rests for longer each time, and begins at once when it was done after all") {
  DueWork work;
  const auto looks_until_begun = [&] {
    for (int looks = 1;; ++looks) {
      work.begin_look();
      if (work.start(RequestId{1})) return looks;
    }
  };
  CHECK(looks_until_begun() == 1);
  work.put_off(RequestId{1});
  CHECK(work.put_off() == 1);
  CHECK(work.under_way() == 0);
  const int first = looks_until_begun();
  CHECK(first > 1);
  work.put_off(RequestId{1});
  CHECK(looks_until_begun() > first);
  work.finish(RequestId{1});
  CHECK(work.put_off() == 0);
  CHECK(looks_until_begun() == 1);
}

TEST_CASE("stopping drops the checks that nobody has begun, and waits for no one but those who have") {
  DueWork work;
  for (std::int64_t id = 1; id <= 3; ++id) {
    CHECK(work.start(RequestId{id}));
    work.add_check(task_of(RequestId{id}));
  }
  const auto begun = work.next_check();
  REQUIRE(begun);
  work.stop();
  CHECK(work.under_way() == 1);
  CHECK_FALSE(work.next_check());
  CHECK_FALSE(work.start(RequestId{4}));
  work.finish(begun->request.id);
  work.wait_until_idle();
}

TEST_CASE("the offices that held a request before an act are concerned by it, the machine's is not") {
  Request before;
  before.school = OfficeId{4};
  before.opened_as = {OfficeId{4}, Role::registrar};
  before.token.holder = {OfficeId{3}, Role::reviewer};
  before.token.escalated_to = Holder{OfficeId{2}, Role::approver};
  Request after = before;
  after.token.escalated_to.reset();
  after.token.holder = {OfficeId{1}, Role::system};
  CHECK(concerned_offices(after, &before, OfficeTree()) ==
        std::vector<OfficeId>{OfficeId{2}, OfficeId{3}, OfficeId{4}});
}
