// What each account is shown in lists and counts is exactly what the pure functions of engine/authority and
// engine/machine say it may see or holds: nothing more, nothing less, nothing twice, whatever index the store takes.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <set>
#include "tests/catch.hpp"

#include "engine/registry/finding.hpp"
#include "tests/contract/store/fixture.hpp"
#include "tests/contract/store/sight_life.hpp"

using namespace xueji;
using namespace xueji::store_test;

namespace {

const Instant now = *parse_rfc3339("2027-05-10T02:00:00Z");
constexpr std::size_t uncounted = 100'000;  ///< a limit that no count reaches
constexpr std::size_t page_size = 23;       ///< odd, so that pages end anywhere

struct Stage {
  Stage() { load(world, twin.database()), life.emplace(world, twin, clock, now); }

  Queries& queries() { return twin.database().queries(); }
  const std::string& workflow_of(const Request& request) const {
    return twin.directory().catalog()->find(request.definition)->key;
  }

  TestDatabase place;
  differential::DrivenClock clock;
  SightWorld world = make_sight_world(now);
  OfficeTree offices{world.offices};
  differential::Twin twin{{place.url(), {}}, clock, sight_definitions()};
  std::optional<SightLife> life;
};

/// Made once: the tests only look.
Stage& stage() {
  static Stage made;
  return made;
}

/// Every item of a list, page by page.
template <class Ask>
auto all_of(Ask ask) {
  PageRequest page{page_size, std::nullopt};
  auto found = ask(page);
  while (found.next) {
    page.after = found.next;
    auto more = ask(page);
    std::move(more.items.begin(), more.items.end(), std::back_inserter(found.items));
    found.next = more.next;
  }
  return std::move(found.items);
}

template <class Ask>
void for_everybody(Ask ask) {
  for (const Caller& person : stage().world.people) {
    INFO(person.username);
    ask(person);
  }
}

bool is_overdue(const Task& task) { return task.due && *task.due < now; }

bool is_overdue(const Request& request) {
  const auto tasks = tasks_of(request);
  return std::any_of(tasks.begin(), tasks.end(),
                     [&](const Task& task) { return !is_escalation(request, task.id) && is_overdue(task); });
}

/// Where requests and their branches stand, as `WORKFLOW STATE`.
std::set<std::string> places_stood_in() {
  std::set<std::string> places;
  for (const auto& [id, request] : stage().life->requests()) {
    const std::string workflow = stage().workflow_of(request) + ' ';
    places.insert(workflow + request.token.state);
    for (const Token& branch : request.branches) places.insert(workflow + branch.state);
  }
  return places;
}

struct Count {
  std::int64_t count = 0, overdue = 0, longest_seconds = 0;
  Count& operator+=(const Count& more) {
    count += more.count, overdue += more.overdue, longest_seconds = std::max(longest_seconds, more.longest_seconds);
    return *this;
  }
};
using Counts = std::map<std::string, Count>;  ///< by what is counted

std::vector<std::string> lines_of(const Counts& counts) {
  std::vector<std::string> lines;
  for (const auto& [what, each] : counts)
    lines.push_back(fmt::format("{}: {}, {} overdue, {} s", what, each.count, each.overdue, each.longest_seconds));
  return lines;
}

// ---------------------------------------------------------------------------------------------------------- requests

using Wanted = std::function<bool(const Request&)>;

std::vector<RequestId> seen_by(const Caller& person, const Wanted& wanted) {
  std::vector<RequestId> ids;
  for (const auto& [id, request] : stage().life->requests())
    if (may_see(request, person, stage().offices, now) && wanted(request)) ids.push_back(id);
  std::reverse(ids.begin(), ids.end());
  return ids;
}

void check_requests(const Caller& person, const std::string& what, const RequestFilter& filter, const Wanted& wanted) {
  INFO(what);
  const Scope scope{offices_of(person, now)};
  std::vector<RequestId> listed;
  for (const RequestRow& row :
       all_of([&](const PageRequest& page) { return stage().queries().requests(scope, filter, page); }))
    listed.push_back(row.request.id);
  const auto expected = seen_by(person, wanted);
  CHECK(listed == expected);
  CHECK(stage().queries().count_requests(scope, filter, uncounted) == expected.size());
}

// ---------------------------------------------------------------------------------------------------------- students

void check_students(const Caller& person, const std::string& what, const StudentFilter& filter,
                    const std::function<bool(const Student&)>& wanted) {
  INFO(what);
  const Scope scope{offices_of(person, now)};
  std::vector<StudentId> listed, expected;
  for (const Student& student :
       all_of([&](const PageRequest& page) { return stage().queries().students(scope, filter, page); }))
    listed.push_back(student.id);
  if (filter.sought) std::sort(listed.begin(), listed.end());
  for (const auto& [id, student] : stage().life->students())
    if (may_see_office(person, student.school, stage().offices, now) && wanted(student)) expected.push_back(id);
  CHECK(listed == expected);
  CHECK(stage().queries().count_students(scope, filter, uncounted) == expected.size());
}

// ------------------------------------------------------------------------------------------------------------- tasks

/// The tasks in these queues, in the order of a list.
std::vector<Task> held_in(const std::vector<Holder>& queues, const TaskFilter& filter) {
  std::vector<Task> held;
  for (const auto& [id, request] : stage().life->requests()) {
    if (filter.workflow && stage().workflow_of(request) != *filter.workflow) continue;
    for (const Task& task : tasks_of(request))
      if (std::find(queues.begin(), queues.end(), task.holder) != queues.end() &&
          (!filter.state || task.state == *filter.state) && (!filter.overdue_at || is_overdue(task)))
        held.push_back(task);
  }
  const auto order = [&](const Task& task) {
    return std::pair(filter.sort == TaskSort::since ? task.since : task.due.value_or(Instant::max()), task.id);
  };
  std::sort(held.begin(), held.end(), [&](const Task& left, const Task& right) {
    return filter.descending ? order(right) < order(left) : order(left) < order(right);
  });
  return held;
}

void check_tasks(const Caller& person, const std::string& what, TaskFilter filter) {
  INFO(what);
  filter.queues = queues_of(person, now);
  const auto expected = held_in(filter.queues, filter);
  std::vector<TaskId> listed, wanted;
  std::size_t same = 0;
  const auto rows = all_of([&](const PageRequest& page) { return stage().queries().tasks(filter, page); });
  for (const TaskRow& row : rows) listed.push_back(row.task.id);
  for (const Task& task : expected) wanted.push_back(task.id);
  CHECK(listed == wanted);
  for (std::size_t at = 0; at < std::min(rows.size(), expected.size()); ++at) same += rows[at].task == expected[at];
  CHECK(same == expected.size());
  CHECK(stage().queries().count_tasks(filter, uncounted) == expected.size());
}

}  // namespace

TEST_CASE("the requests that accounts look at stand everywhere that their definitions go") {
  std::set<std::string> everywhere;
  for (const Catalog::Entry& entry : stage().twin.directory().catalog()->all())
    for (const State& state : entry.definition->states) everywhere.insert(entry.definition->key + ' ' + state.key);
  const auto stood = places_stood_in();
  std::set<std::string> missing;
  std::set_difference(everywhere.begin(), everywhere.end(), stood.begin(), stood.end(),
                      std::inserter(missing, missing.end()));
  CHECK(missing == std::set<std::string>{});
  std::size_t escalated = 0, escalated_branches = 0, claimed = 0, overdue = 0;
  for (const auto& [id, request] : stage().life->requests()) {
    for (const Task& task : tasks_of(request)) {
      escalated += is_escalation(request, task.id);
      escalated_branches += is_escalation(request, task.id) && !request.branches.empty();
      claimed += bool(task.claimed_by);
    }
    overdue += is_overdue(request);
  }
  CHECK(escalated > 5);
  CHECK(escalated_branches > 0);
  CHECK(claimed > 5);
  CHECK(overdue > 20);
}

TEST_CASE("a request and a student read by id are what the pipeline left") {
  for (const auto& [id, request] : stage().life->requests()) {
    const auto row = stage().queries().request(id);
    REQUIRE(row);
    Request left = request;
    left.last_hash = row->request.last_hash;  // the store's own
    CHECK(row->request == left);
    CHECK(row->student.id == request.student);
  }
  for (const auto& [id, student] : stage().life->students()) {
    const auto read = stage().queries().student(id);
    REQUIRE(read);
    CHECK(read->school == student.school);
    CHECK(read->name == student.name);
  }
  CHECK_FALSE(stage().queries().request(RequestId{stage().life->requests().rbegin()->first.value + 1}));
}

TEST_CASE("every account's requests are those that it may see") {
  const OfficeId far = stage().world.offices.back().id, near = stage().world.students.front().school;
  const StudentId student = stage().life->requests().begin()->second.student;
  for_everybody([&](const Caller& person) {
    check_requests(person, "all", {}, [](const Request&) { return true; });
    RequestFilter filter;
    filter.open = true;
    check_requests(person, "open", filter, [](const Request& each) { return !each.outcome; });
    filter.open = false;
    check_requests(person, "ended", filter, [](const Request& each) { return each.outcome.has_value(); });
    filter = {};
    filter.opened_by = person.account;
    check_requests(person, "mine", filter, [&](const Request& each) { return each.opened_by == person.account; });
    for (const OfficeId school : {far, near}) {
      filter = {};
      filter.school = school;
      check_requests(person, "of school " + to_string(school), filter,
                     [&](const Request& each) { return each.school == school; });
      filter.open = true;
      filter.opened_by = person.account;
      check_requests(person, "mine, open, of school " + to_string(school), filter, [&](const Request& each) {
        return each.school == school && !each.outcome && each.opened_by == person.account;
      });
    }
    filter = {};
    filter.student = student;
    check_requests(person, "of a student", filter, [&](const Request& each) { return each.student == student; });
    filter = {};
    filter.outcome = Outcome::rejected;
    check_requests(person, "rejected", filter, [](const Request& each) { return each.outcome == Outcome::rejected; });
    filter = {};
    filter.workflow = "both-sides";
    filter.state = "both_sides";
    check_requests(person, "in branches", filter, [](const Request& each) { return each.token.state == "both_sides"; });
  });
}

TEST_CASE("every account's students are those of the schools that it may see") {
  const Student& someone = stage().life->students().rbegin()->second;
  const OfficeId near = stage().world.students.front().school;
  for_everybody([&](const Caller& person) {
    check_students(person, "all", {}, [](const Student&) { return true; });
    StudentFilter filter;
    filter.school = near;
    check_students(person, "of a school", filter, [&](const Student& each) { return each.school == near; });
    filter = {};
    filter.id_number = someone.id_number;
    check_students(person, "by ID number", filter,
                   [&](const Student& each) { return each.id_number == someone.id_number; });
    filter = {};
    filter.number = someone.numbers.front().number;
    check_students(person, "by number", filter, [&](const Student& each) { return each.id == someone.id; });
    filter = {};
    for (const std::string& typed : {someone.name, someone.name.substr(0, 3), std::string("x"), std::string("ming")}) {
      filter.sought = sought_in_names(typed);
      check_students(person, "by " + typed, filter,
                     [&](const Student& each) { return found_by(finding_keys(each), *filter.sought).has_value(); });
    }
    filter = {};
    filter.status = StudentStatus::in_school;
    filter.class_name = "2班";
    check_students(person, "of a class", filter, [](const Student&) { return true; });
  });
}

TEST_CASE("every account's tasks are those of its posts, and it may see their requests") {
  for_everybody([](const Caller& person) {
    TaskFilter filter;
    check_tasks(person, "by since", filter);
    filter.descending = true;
    check_tasks(person, "by since, newest first", filter);
    filter.sort = TaskSort::due;
    check_tasks(person, "by due, latest first", filter);
    filter.descending = false;
    check_tasks(person, "by due", filter);
    filter.overdue_at = now;
    check_tasks(person, "overdue", filter);
    filter = {};
    filter.workflow = "both-sides";
    filter.state = "county_review";
    check_tasks(person, "county reviews of a branch", filter);
    for (const Task& task : held_in(queues_of(person, now), {}))
      CHECK(may_see(stage().life->requests().at(task.request), person, stage().offices, now));
  });
}

TEST_CASE("every account's notifications are those for it and for its posts, of requests that it may see") {
  for_everybody([](const Caller& person) {
    const Scope scope{offices_of(person, now)};
    InboxFilter filter{person.account, queues_of(person, now), {}, false};
    std::vector<NotificationId> listed, expected;
    for (const NotificationRow& row :
         all_of([&](const PageRequest& page) { return stage().queries().notifications(scope, filter, page); }))
      listed.push_back(row.id);
    for (const SightLife::Told& told : stage().life->told())
      if (may_see(stage().life->requests().at(told.request), person, stage().offices, now) &&
          (told.what.account == person.account ||
           (told.what.holder &&
            std::find(filter.posts.begin(), filter.posts.end(), *told.what.holder) != filter.posts.end())))
        expected.push_back(told.what.id);
    std::sort(expected.rbegin(), expected.rend());
    CHECK(listed == expected);
    CHECK(stage().queries().count_notifications(scope, filter, uncounted) == expected.size());
    filter.unread = true;
    CHECK(stage().queries().count_notifications(scope, filter, uncounted) == expected.size());
  });
}

TEST_CASE("every administrator's checks are those of the schools that it administers") {
  const Holder machine{stage().world.offices.front().id, Role::system};
  std::size_t seen = 0;
  for_everybody([&](const Caller& person) {
    const Scope scope{administered_offices(person, now)};
    for (const std::optional<bool> asked : {std::optional<bool>{}, std::optional{true}, std::optional{false}}) {
      const CheckFilter filter{machine, asked};
      std::vector<TaskId> listed;
      std::vector<std::pair<Instant, TaskId>> expected;
      for (const CheckRow& row :
           all_of([&](const PageRequest& page) { return stage().queries().checks(scope, filter, page); }))
        listed.push_back(row.id);
      for (const auto& [id, request] : stage().life->requests())
        for (const Task& task : tasks_of(request)) {
          const Token& token = *token_of(request, task.id);
          if (task.holder == machine && administers(person, request.school, stage().offices, now) &&
              (!asked || *asked == (token.timer > token.since)))
            expected.emplace_back(task.since, task.id);
        }
      std::sort(expected.begin(), expected.end());
      std::vector<TaskId> ids;
      for (const auto& [since, id] : expected) ids.push_back(id);
      CHECK(listed == ids);
      CHECK(stage().queries().count_checks(scope, filter, uncounted) == ids.size());
      seen += ids.size();
    }
  });
  CHECK(seen > 0);
}

TEST_CASE("every account's statistics count what it may see") {
  for_everybody([](const Caller& person) {
    const Scope scope{offices_of(person, now)};
    Counts statistics, by_definition, expected, expected_by_definition;
    for (const StatisticsRow& row : stage().queries().statistics(scope, now))
      statistics[row.workflow + ' ' + row.state + (row.ended ? " ended" : "")] += {row.count, row.overdue, 0};
    for (const DefinitionCount& row : stage().queries().definition_counts(scope, now))
      by_definition[to_string(row.definition) + ' ' + row.state] += {row.count, row.overdue, 0};
    for (const auto& [id, request] : stage().life->requests()) {
      if (!may_see(request, person, stage().offices, now)) continue;
      const std::string state =
          request.outcome ? std::string(to_string(*request.outcome)) + " ended" : request.token.state;
      expected[stage().workflow_of(request) + ' ' + state] += {1, is_overdue(request), 0};
      expected_by_definition[to_string(request.definition) + ' ' + request.token.state] += {1, is_overdue(request), 0};
    }
    CHECK(lines_of(statistics) == lines_of(expected));
    CHECK(lines_of(by_definition) == lines_of(expected_by_definition));
  });
}

TEST_CASE("every account's waiting times are those of what it may see, each task once") {
  for_everybody([](const Caller& person) {
    const Scope scope{offices_of(person, now)};
    Counts waiting, expected;
    for (const StateWaiting& row : stage().queries().waiting(scope, now))
      waiting[to_string(row.definition) + ' ' + row.state] += {row.count, row.overdue, row.longest.count()};
    for (const auto& [id, request] : stage().life->requests()) {
      if (!may_see(request, person, stage().offices, now)) continue;
      for (const Task& task : tasks_of(request))
        if (!is_escalation(request, task.id))
          expected[to_string(request.definition) + ' ' + task.state] +=
              {1, is_overdue(task), std::chrono::floor<std::chrono::seconds>(now - task.since).count()};
    }
    CHECK(lines_of(waiting) == lines_of(expected));
  });
}

TEST_CASE("a scan is readable where a request that refers to it is seen") {
  constexpr std::size_t scans_looked_at = 10;
  std::set<std::string> scans;
  for (const auto& [id, request] : stage().life->requests())
    for (const EvidenceItem& item : request.evidence)
      if (scans.size() < scans_looked_at) scans.insert(item.sha256);
  REQUIRE(scans.size() == scans_looked_at);
  for_everybody([&](const Caller& person) {
    for (const std::string& scan : scans) {
      const auto refers = [&](const Request& request) {
        return std::any_of(request.evidence.begin(), request.evidence.end(),
                           [&](const EvidenceItem& item) { return item.sha256 == scan; });
      };
      CHECK(stage().queries().evidence_is_referenced(scan, {offices_of(person, now)}) ==
            !seen_by(person, refers).empty());
    }
  });
}

TEST_CASE("every administrator's accounts are those with a post at or below its offices, colleagues those beside it") {
  Accounts& accounts = stage().twin.database().accounts();
  for_everybody([&](const Caller& person) {
    const auto administered = administered_offices(person, now), own = offices_of(person, now);
    std::vector<std::string> listed, colleagues, expected, beside;
    for (const auto& each : accounts.list(administered, {}, "", uncounted)) listed.push_back(each.account.username);
    for (const auto& each : accounts.colleagues(person.account, own, now, "", uncounted))
      colleagues.push_back(each.account.username);
    for (const Caller& other : stage().world.people) {
      const auto has_post = [&](auto where) { return std::any_of(other.posts.begin(), other.posts.end(), where); };
      if (has_post([&](const Post& post) { return administers(person, post.office, stage().offices, now); }))
        expected.push_back(other.username);
      if (other.account != person.account && has_post([&](const Post& post) {
            return post.in_force(now) && std::find(own.begin(), own.end(), post.office) != own.end();
          }))
        beside.push_back(other.username);
    }
    CHECK(listed == expected);
    CHECK(colleagues == beside);
  });
}
