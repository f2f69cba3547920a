// Queues, timers, notices and the outbox.

#include <set>

#include "engine/registry/finding.hpp"
#include "engine/registry/numbers.hpp"
#include "tests/catch.hpp"
#include "tests/contract/store/fixture.hpp"

using namespace xueji;
using namespace xueji::store_test;

namespace {

const Scope everywhere{{ministry}};

TaskFilter queue_of(Holder holder) {
  TaskFilter filter;
  filter.queues = {holder};
  return filter;
}

void add_students(Registry& registry, int count) {
  auto loader = registry.database->bulk_loader();
  for (int number = 0; number < count; ++number) {
    auto student = student_of(100 + number, school, "学生" + std::to_string(number));
    student.id_number.reset();
    student.numbers.clear();
    loader->add(student);
  }
  loader->commit();
}

}  // namespace

TEST_CASE("a request has a task in one queue, another where it has moved to, and none once it ends") {
  Registry registry;
  const auto request = open_request(registry, StudentId{1});
  const Holder first{school, Role::head}, second{county, Role::reviewer};
  auto page = registry.queries().tasks(queue_of(first), {});
  REQUIRE(page.items.size() == 1);
  CHECK(page.items[0].task == tasks_of(request).at(0));
  CHECK(page.items[0].student_name == "𠮷田·买买提");
  CHECK(page.items[0].request_version == 1);
  CHECK(page.items[0].school == school);
  CHECK(page.items[0].definition == registry.definition);

  const auto moved = moving(request, "approve", "county_review", second, at(1));
  commit(registry.store(), {moved});
  CHECK(registry.queries().tasks(queue_of(first), {}).items.empty());
  REQUIRE(registry.queries().tasks(queue_of(second), {}).items.size() == 1);
  CHECK(registry.queries().tasks(queue_of(second), {}).items[0].task == tasks_of(moved.decision.request).at(0));
  CHECK(registry.queries().tasks(queue_of(second), {}).items[0].task.id != page.items[0].task.id);

  commit(registry.store(), {ending(moved.decision.request, {}, at(2))});
  CHECK(registry.queries().tasks(queue_of(second), {}).items.empty());
  CHECK(registry.queries().count_tasks(queue_of(second), 10) == 0);
}

TEST_CASE("branches stand in their own queues with their own timers, and leave by themselves") {
  Registry registry;
  const auto request = open_request(registry, StudentId{1});
  const Holder one{county, Role::reviewer}, two{province, Role::reviewer}, higher{province, Role::approver};
  auto forked = moving(request, "approve", "both_sides", {school, Role::system}, at(1));
  auto& branches = forked.decision.request.branches;
  branches = {Token{}, Token{}};
  branches[0].state = "county_review";
  branches[0].holder = one;
  branches[0].since = at(1);
  branches[0].due = branches[0].timer = at(30);
  branches[0].escalated_to = higher;
  branches[0].claimed_by = reviewer;
  branches[1].state = "province_review";
  branches[1].holder = two;
  branches[1].since = at(1);
  branches[1].timer = at(20);
  give_numbers(forked.decision.request);
  forked.after = tasks_of(forked.decision.request);
  commit(registry.store(), {forked});
  const auto stored = [&] { return registry.queries().request(request.id)->request; };
  CHECK(stored().token == forked.decision.request.token);
  CHECK(stored().branches == forked.decision.request.branches);
  CHECK(registry.queries().request(request.id)->claimers.at(0).username == "county");
  const auto first = registry.queries().tasks(queue_of(one), {}).items;
  REQUIRE(first.size() == 1);
  CHECK(first[0].task.state == "county_review");
  CHECK(first[0].claimed_by_username == "county");
  CHECK(registry.queries().tasks(queue_of(higher), {}).items.size() == 1);
  CHECK(registry.queries().tasks(queue_of(two), {}).items.size() == 1);
  CHECK(registry.store().next_timer() == at(20));
  const auto due = registry.store().due_tasks(at(40), 10);
  REQUIRE(due.size() == 2);
  CHECK(token_of(due[0].request, due[0].task)->state == "province_review");
  CHECK(token_of(due[1].request, due[1].task)->state == "county_review");

  RequestFilter open;
  open.open = true;
  const Scope everywhere{{ministry}};
  CHECK(registry.queries().requests(everywhere, open, {}).items.size() == 1);
  const auto statistics = registry.queries().statistics(everywhere, at(40));
  REQUIRE(statistics.size() == 1);
  CHECK(statistics[0].overdue == 1);

  auto joined = moving(forked.decision.request, "approve", "both_sides", {school, Role::system}, at(2));
  joined.decision.request.branches[0] = Token{};
  joined.decision.request.branches[0].state = "join";
  joined.after = tasks_of(joined.decision.request);
  commit(registry.store(), {joined});
  CHECK(registry.queries().tasks(queue_of(one), {}).items.empty());
  CHECK(registry.queries().tasks(queue_of(higher), {}).items.empty());
  CHECK(registry.queries().tasks(queue_of(two), {}).items.size() == 1);
  CHECK(stored().branches == joined.decision.request.branches);

  auto left = moving(joined.decision.request, "return", "draft", {school, Role::registrar}, at(3));
  left.decision.request.branches.clear();
  left.after = tasks_of(left.decision.request);
  commit(registry.store(), {left});
  CHECK(registry.queries().tasks(queue_of(two), {}).items.empty());
  CHECK(registry.queries().tasks(queue_of({school, Role::registrar}), {}).items.size() == 1);
}

TEST_CASE("an escalated request stands in two queues and leaves both") {
  Registry registry;
  const auto request = open_request(registry, StudentId{1});
  auto escalated = moving(request, "overdue", "head_review", {school, Role::head}, at(1));
  escalate(escalated.decision.request.token, {province, Role::approver});
  give_numbers(escalated.decision.request);
  commit(registry.store(), {escalated});
  CHECK(registry.queries().count_tasks(queue_of({school, Role::head}), 10) == 1);
  REQUIRE(registry.queries().tasks(queue_of({province, Role::approver}), {}).items.size() == 1);
  CHECK(registry.queries().tasks(queue_of({province, Role::approver}), {}).items[0].task.id ==
        tasks_of(escalated.decision.request).at(1).id);
  commit(registry.store(),
         {moving(escalated.decision.request, "approve", "county_review", {county, Role::reviewer}, at(2))});
  CHECK(registry.queries().count_tasks(queue_of({province, Role::approver}), 10) == 1);
  auto back = moving(escalated.decision.request, "x", "y", {county, Role::reviewer}, at(3));
  back.decision.request = registry.queries().request(request.id)->request;
  back.decision.replaces = back.decision.request.version++;
  back.decision.request.token.escalated_to.reset();
  commit(registry.store(), {back});
  CHECK(registry.queries().count_tasks(queue_of({province, Role::approver}), 10) == 0);
}

TEST_CASE("claiming shows who, and keeps the place in the queue") {
  Registry registry;
  const auto request = open_request(registry, StudentId{1});
  auto claim = moving(request, "claim", "head_review", {school, Role::head}, at(9));
  claim.decision.request.token = request.token;
  claim.decision.request.token.claimed_by = head;
  commit(registry.store(), {claim});
  const auto rows = registry.queries().tasks(queue_of({school, Role::head}), {}).items;
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].claimed_by_username == "head");
  CHECK(rows[0].claimed_by_name == "李校长");
  CHECK(rows[0].task.since == at(0));
  const auto claimers = registry.queries().request(request.id)->claimers;
  REQUIRE(claimers.size() == 1);
  CHECK(claimers[0].username == "head");
  CHECK(claimers[0].name == "李校长");
}

TEST_CASE("pages of a queue: in order both ways, once each, though rows come and go between pages") {
  Registry registry;
  add_students(registry, 60);
  std::vector<Write> writes;
  for (int number = 0; number < 40; ++number) {
    auto write = opening(RequestId{number + 1}, registry.definition, StudentId{100 + number}, school, at(number / 3));
    if (number % 4 != 0) write.decision.request.token.due = at(1000 - number);
    writes.push_back(write);
  }
  commit(registry.store(), writes);
  for (const auto sort : {TaskSort::since, TaskSort::due}) {
    for (const bool descending : {false, true}) {
      auto filter = queue_of({school, Role::head});
      filter.queues.push_back({county, Role::reviewer});
      filter.queues.push_back({school, Role::head});
      filter.sort = sort;
      filter.descending = descending;
      std::vector<std::pair<Instant, TaskId>> seen;
      PageRequest page{7, {}};
      do {
        const auto answer = registry.queries().tasks(filter, page);
        for (const auto& row : answer.items)
          seen.emplace_back(sort == TaskSort::since ? row.task.since : row.task.due.value_or(Instant::max()),
                            row.task.id);
        page.after = answer.next;
      } while (page.after);
      CHECK(seen.size() == 40);
      CHECK(std::set(seen.begin(), seen.end()).size() == 40);
      if (descending) std::reverse(seen.begin(), seen.end());
      CHECK(std::is_sorted(seen.begin(), seen.end()));
    }
  }

  const auto filter = queue_of({school, Role::head});
  const auto first = registry.queries().tasks(filter, {10, {}});
  REQUIRE(first.next);
  open_request(registry, StudentId{150}, school, at(-5));
  const auto gone = registry.queries().request(RequestId{30})->request;
  commit(registry.store(), {moving(gone, "approve", "county_review", {county, Role::reviewer}, at(60))});
  std::set<TaskId> seen;
  for (const auto& row : first.items) seen.insert(row.task.id);
  PageRequest page{10, first.next};
  do {
    const auto answer = registry.queries().tasks(filter, page);
    for (const auto& row : answer.items) CHECK(seen.insert(row.task.id).second);
    page.after = answer.next;
  } while (page.after);
  CHECK(seen.size() == 39);
}

TEST_CASE("a queue is narrowed by workflow, state, lateness and what a person types") {
  Registry registry;
  auto late = opening(RequestId{1}, registry.definition, StudentId{1});
  late.decision.request.token.due = at(10);
  commit(registry.store(), {late, opening(RequestId{2}, registry.definition, StudentId{2})});
  const auto count = [&](auto&& change) {
    auto filter = queue_of({school, Role::head});
    change(filter);
    const auto rows = registry.queries().tasks(filter, {}).items.size();
    CHECK(registry.queries().count_tasks(filter, 100) == rows);
    return rows;
  };
  CHECK(count([](TaskFilter&) {}) == 2);
  CHECK(count([](TaskFilter& filter) { filter.workflow = "key-information-change"; }) == 2);
  CHECK(count([](TaskFilter& filter) { filter.workflow = "g-number-deletion"; }) == 0);
  CHECK(count([](TaskFilter& filter) { filter.state = "head_review"; }) == 2);
  CHECK(count([](TaskFilter& filter) { filter.state = "draft"; }) == 0);
  CHECK(count([](TaskFilter& filter) { filter.overdue_at = at(11); }) == 1);
  CHECK(count([](TaskFilter& filter) { filter.overdue_at = at(9); }) == 0);
  const auto found = [&](const char* typed) {
    return count([&](TaskFilter& filter) { filter.sought = sought_in_names_and_numbers(typed); });
  };
  CHECK(found("小明") == 1);
  CHECK(found("买买") == 1);
  CHECK(found("xm") == 1);
  CHECK(found("1001") == 1);
  CHECK(found("l110105201503091001") == 1);
  CHECK(found("%") == 0);
}

TEST_CASE("counts stop at their limit") {
  Registry registry;
  commit(registry.store(), {opening(RequestId{1}, registry.definition, StudentId{1}),
                            opening(RequestId{2}, registry.definition, StudentId{2})});
  CHECK(registry.queries().count_tasks(queue_of({school, Role::head}), 1) == 1);
}

TEST_CASE("timers: due ones oldest first, the next one, none after they are gone") {
  Registry registry;
  CHECK_FALSE(registry.store().next_timer());
  auto one = opening(RequestId{1}, registry.definition, StudentId{1});
  one.decision.request.token.timer = at(30);
  auto two = opening(RequestId{2}, registry.definition, StudentId{2});
  two.decision.request.token.timer = at(20);
  auto none = opening(RequestId{3}, registry.definition, StudentId{3}, second_school);
  commit(registry.store(), {one, two, none});
  CHECK(registry.store().next_timer() == at(20));
  CHECK(registry.store().due_tasks(at(19), 10).empty());
  const auto due = registry.store().due_tasks(at(30), 10);
  REQUIRE(due.size() == 2);
  CHECK(due[0].request.id == RequestId{2});
  CHECK(due[1].request.id == RequestId{1});
  CHECK(due[0].student.numbers.size() == 2);
  CHECK(registry.store().due_tasks(at(30), 1).size() == 1);
  commit(registry.store(), {ending(due[0].request, {}, at(40)), ending(due[1].request, {}, at(40))});
  CHECK_FALSE(registry.store().next_timer());
}

TEST_CASE("the outbox gives one row for each committed write, with tasks, offices and who was told") {
  Registry registry;
  auto write = opening(RequestId{1}, registry.definition, StudentId{1});
  write.concerned = {school, county};
  write.decision.notices = {{"submit", head, {}}, {"submit", {}, Holder{county, Role::reviewer}}};
  const auto written = commit(registry.store(), {write});
  REQUIRE(written[0].notifications.size() == 2);
  const auto rows = registry.queries().outbox(HistoryId{0}, 10);
  REQUIRE(rows.size() == 1);
  const auto& row = rows[0];
  CHECK(row.id == written[0].history.back());
  CHECK(row.request == RequestId{1});
  CHECK(row.definition == registry.definition);
  CHECK(row.version == 1);
  CHECK(row.action == "submit");
  CHECK(row.at == at(0));
  CHECK(row.state == "head_review");
  CHECK(row.before.empty());
  CHECK(row.after == write.after);
  CHECK(row.concerned == write.concerned);
  REQUIRE(row.told.size() == 2);
  CHECK(row.told[0].id == written[0].notifications[0]);
  CHECK(row.told[0].account == head);
  CHECK_FALSE(row.told[0].holder);
  CHECK(row.told[1].holder == Holder{county, Role::reviewer});
  CHECK(registry.queries().outbox(row.id, 10).empty());
}

TEST_CASE("notices reach the person or the post, newest first, and are read one by one or through") {
  Registry registry;
  auto write = opening(RequestId{1}, registry.definition, StudentId{1});
  write.decision.notices = {
      {"submit", head, {}}, {"submit", {}, Holder{school, Role::head}}, {"submit", registrar, {}}};
  commit(registry.store(), {write});
  auto more = moving(write.decision.request, "return", "draft", {school, Role::registrar}, at(1));
  more.decision.history[0].comment = "缺页";
  more.decision.notices = {{"return", head, {}}};
  commit(registry.store(), {more});

  const std::vector<Holder> posts{{school, Role::head}, {school, Role::head}};
  auto& queries = registry.queries();
  const auto all = queries.notifications(everywhere, {head, posts, {}, false}, {}).items;
  REQUIRE(all.size() == 3);
  CHECK(all[0].id == NotificationId{4});
  CHECK(all[0].kind == "return");
  CHECK(all[0].comment == "缺页");
  CHECK(all[0].state == "draft");
  CHECK(all[0].at == at(1));
  CHECK(all[0].student_name == "𠮷田·买买提");
  CHECK_FALSE(all[0].read);
  CHECK(all[2].id == NotificationId{1});
  CHECK(queries.notifications(everywhere, {head, {}, {}, false}, {}).items.size() == 2);
  for (const Scope& elsewhere : {Scope{{other_county}}, Scope{}}) {
    CHECK(queries.notifications(elsewhere, {head, posts, {}, false}, {}).items.empty());
    CHECK(queries.count_notifications(elsewhere, {head, posts, {}, false}, 100) == 0);
  }

  const auto first = queries.notifications(everywhere, {head, posts, {}, false}, {2, {}});
  REQUIRE(first.next);
  const auto second = queries.notifications(everywhere, {head, posts, {}, false}, {2, first.next});
  REQUIRE(second.items.size() == 1);
  CHECK(second.items[0].id == NotificationId{1});
  CHECK_FALSE(second.next);

  const auto after = queries.notifications(everywhere, {head, posts, NotificationId{1}, false}, {}).items;
  REQUIRE(after.size() == 2);
  CHECK(after[0].id == NotificationId{2});

  auto& accounts = registry.database->accounts();
  accounts.mark_read(head, {NotificationId{4}, NotificationId{4}, NotificationId{999}});
  accounts.mark_read(head, {NotificationId{4}});
  CHECK(queries.notifications(everywhere, {head, posts, {}, false}, {}).items[0].read);
  CHECK_FALSE(queries.notifications(everywhere, {head, posts, {}, false}, {}).items[1].read);
  accounts.mark_read_through(head, NotificationId{2});
  accounts.mark_read_through(head, NotificationId{1});
  for (const auto& row : queries.notifications(everywhere, {head, posts, {}, false}, {}).items) CHECK(row.read);
}

TEST_CASE("unread notices are listed and counted, however the others were read") {
  Registry registry;
  std::vector<Write> writes;
  for (int number = 1; number <= 3; ++number) {
    auto write = opening(RequestId{number}, registry.definition, StudentId{number});
    write.decision.notices = {{"submit", head, {}}, {"submit", {}, Holder{school, Role::head}}};
    writes.push_back(write);
  }
  commit(registry.store(), writes);
  auto& queries = registry.queries();
  const auto ids = [&](std::optional<NotificationId> after, bool unread) {
    const InboxFilter filter{head, {{school, Role::head}, {school, Role::head}}, after, unread};
    std::vector<std::int64_t> found;
    PageRequest page{2, {}};
    do {
      const auto part = queries.notifications(everywhere, filter, page);
      for (const auto& row : part.items) found.push_back(row.id.value);
      page.after = part.next;
    } while (page.after);
    CHECK(queries.count_notifications(everywhere, filter, 100) == found.size());
    return found;
  };
  using Ids = std::vector<std::int64_t>;
  CHECK(ids({}, true) == Ids{6, 5, 4, 3, 2, 1});
  CHECK(ids(NotificationId{4}, true) == Ids{5, 6});
  auto& accounts = registry.database->accounts();
  accounts.mark_read(head, {NotificationId{5}});
  accounts.mark_read(registrar, {NotificationId{6}});
  CHECK(ids({}, true) == Ids{6, 4, 3, 2, 1});
  accounts.mark_read_through(head, NotificationId{3});
  CHECK(ids({}, true) == Ids{6, 4});
  CHECK(ids({}, false).size() == 6);
  CHECK(ids(NotificationId{1}, true) == Ids{4, 6});
  CHECK(ids(NotificationId{4}, false) == Ids{5, 6});
  CHECK(queries.count_notifications(everywhere, {head, {}, {}, true}, 100) == 0);
  CHECK(queries.count_notifications(everywhere, {head, {{school, Role::head}}, {}, false}, 4) == 4);
}
