#include <algorithm>
#include <boost/json/parse.hpp>
#include <condition_variable>
#include <mutex>
#include <random>

#include "tests/catch.hpp"
#include "web/live/live.hpp"
#include "web/live/live_events.hpp"

using namespace xueji;
using namespace xueji::web;

namespace {

const Instant noon{std::chrono::seconds{1'790'000'000}};
const Holder head{OfficeId{1}, Role::head}, county{OfficeId{2}, Role::reviewer}, approver{OfficeId{2}, Role::approver};

struct FixedClock : Clock {
  Instant now() const override { return noon; }
};

/// Keeps what it hears, and resumes itself when it is told to pause, as a session does when it has sent all.
class FakeFollower : public Follower {
 public:
  explicit FakeFollower(std::size_t most = 1'000'000) : most_(most) {}
  void deliver(std::shared_ptr<const std::string> frame) override {
    const std::lock_guard lock(mutex_);
    if (code_ == 0 && heard_.size() >= most_) code_ = 1013;
    if (code_ == 0) heard_.push_back(std::move(frame));
    changed_.notify_all();
  }
  void pause() override {
    const std::lock_guard lock(mutex_);
    ++pauses_;
    paused_ = true;
  }
  void close(int code, std::string_view) override {
    const std::lock_guard lock(mutex_);
    if (code_ == 0) code_ = code;
    changed_.notify_all();
  }
  bool take_pause() {
    const std::lock_guard lock(mutex_);
    return std::exchange(paused_, false);
  }
  int code() const {
    const std::lock_guard lock(mutex_);
    return code_;
  }
  int pauses() const {
    const std::lock_guard lock(mutex_);
    return pauses_;
  }
  std::vector<std::string> frames() const {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> result;
    for (const auto& frame : heard_) result.push_back(*frame);
    return result;
  }
  std::vector<std::string> types() const {
    std::vector<std::string> result;
    for (const auto& frame : frames()) result.emplace_back(boost::json::parse(frame).at("type").as_string());
    return result;
  }
  std::string last_id() const { return std::string{boost::json::parse(frames().back()).at("id").as_string()}; }
  void wait_for(std::size_t count) const {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, std::chrono::seconds{30}, [&] { return heard_.size() >= count; }))
      throw std::runtime_error("waited for frame " + std::to_string(count) + ", heard " +
                               std::to_string(heard_.size()));
  }

 private:
  const std::size_t most_;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::vector<std::shared_ptr<const std::string>> heard_;
  bool paused_ = false;
  int pauses_ = 0;
  int code_ = 0;
};

Task task(std::int64_t request, Holder holder, std::string state) {
  Task result;
  result.id = task_id(RequestId{request}, 1);
  result.request = RequestId{request};
  result.holder = holder;
  result.state = std::move(state);
  return result;
}

/// The request moves from the head of school 1 to the reviewer of county 2, and the registrar is told.
OutboxRow moved(std::int64_t id) {
  OutboxRow row;
  row.id = HistoryId{id};
  row.request = RequestId{id % 7 + 1};
  row.definition = DefinitionId{5};
  row.version = 3;
  row.at = noon;
  row.state = "county_review";
  row.before = {task(row.request.value, head, "head_review")};
  row.after = {task(row.request.value, county, "county_review")};
  row.concerned = {OfficeId{1}, OfficeId{2}};
  row.told.push_back({NotificationId{900 + id}, "approve", AccountId{77}, std::nullopt});
  return row;
}

Caller caller(std::int64_t account, std::vector<Holder> holders) {
  Caller result;
  result.account = AccountId{account};
  for (const auto& holder : holders)
    result.posts.push_back({PostId{1}, result.account, holder.office, holder.role, {}, {}, {}, {}});
  return result;
}

struct World {
  explicit World(HubOptions options = {}) : hub(directory, clock, options) {}
  std::shared_ptr<FakeFollower> join(const Caller& who, std::optional<std::string> after = {},
                                     std::size_t most = 1'000'000) {
    auto follower = std::make_shared<FakeFollower>(most);
    hub.join(follower, who, "session-" + to_string(who.account), std::move(after));
    return follower;
  }
  void commit(std::vector<OutboxRow> rows) { hub.committed(rows); }

  static Catalog catalog() {
    auto definition = std::make_shared<Definition>();
    definition->key = "key-information-change";
    definition->version = 1;
    return Catalog{{{DefinitionId{5}, definition}}};
  }
  FixedClock clock;
  Directory directory{OfficeTree{}, Calendar{}, catalog()};
  Hub hub;
};

using Types = std::vector<std::string>;

}  // namespace

TEST_CASE("each hears what concerns its posts, in the order of ids") {
  World world;
  const auto at_head = world.join(caller(1, {head}));
  const auto at_county = world.join(caller(2, {county, approver}));
  const auto colleague = world.join(caller(3, {{OfficeId{2}, Role::admin}}));
  const auto registrar = world.join(caller(77, {{OfficeId{8}, Role::registrar}}));
  const auto elsewhere = world.join(caller(5, {{OfficeId{9}, Role::reviewer}}));
  world.commit({moved(10)});
  at_head->wait_for(2);
  at_county->wait_for(2);
  colleague->wait_for(1);
  registrar->wait_for(1);
  CHECK(at_head->types() == Types{"task.removed", "request.changed"});
  CHECK(at_county->types() == Types{"task.added", "request.changed"});
  CHECK(colleague->types() == Types{"request.changed"});
  CHECK(registrar->types() == Types{"notification.added"});
  CHECK(elsewhere->types().empty());
}

TEST_CASE("a frame is a CloudEvent with ids and keys only") {
  World world;
  const auto at_county = world.join(caller(2, {county}));
  const auto registrar = world.join(caller(77, {}));
  world.commit({moved(10)});
  at_county->wait_for(2);
  registrar->wait_for(1);
  CHECK(
      at_county->frames()[0] ==
      R"({"specversion":"1.0","id":"161","source":"/xueji","type":"task.added","time":")" + to_rfc3339(noon) +
          R"(","subject":"requests/4","data":{"task":"4194305","request":"4","workflow":"key-information-change","state":"county_review","office":"2","role":"reviewer"}})");
  CHECK(boost::json::parse(at_county->frames()[1]).at("data") ==
        boost::json::parse(R"({"request":"4","version":3,"state":"county_review"})"));
  CHECK(boost::json::parse(registrar->frames()[0]).at("data") ==
        boost::json::parse(R"({"notification":"910","request":"4"})"));
}

TEST_CASE("a task that stays in its queue has changed") {
  World world;
  const auto at_county = world.join(caller(2, {county}));
  auto row = moved(10);
  row.before = row.after;
  world.commit({row});
  at_county->wait_for(2);
  CHECK(at_county->types() == Types{"task.changed", "request.changed"});
}

TEST_CASE("a post that is not in force hears nothing") {
  World world;
  auto who = caller(2, {county});
  who.posts[0].until = noon;
  const auto expired = world.join(who);
  who.posts[0].until.reset();
  who.posts[0].from = noon + std::chrono::seconds{1};
  const auto early = world.join(who);
  const auto holder = world.join(caller(3, {county}));
  world.commit({moved(10)});
  holder->wait_for(2);
  CHECK(expired->frames().empty());
  CHECK(early->frames().empty());
}

TEST_CASE("resuming gives exactly what came after") {
  World world;
  const auto before = world.join(caller(2, {county}));
  world.commit({moved(1), moved(2), moved(3)});
  before->wait_for(6);
  const auto all = before->frames();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto resumed = world.join(caller(2, {county}), std::string{boost::json::parse(all[i]).at("id").as_string()});
    CHECK(resumed->frames() == std::vector<std::string>(all.begin() + static_cast<std::ptrdiff_t>(i) + 1, all.end()));
  }
  CHECK(world.join(caller(2, {county}))->frames().empty());
}

TEST_CASE("what was remembered before the start can be resumed from") {
  World world;
  world.hub.remember({moved(1), moved(2)});
  const auto resumed = world.join(caller(2, {county}), "17");
  CHECK(resumed->types() == Types{"request.changed", "task.added", "request.changed"});
}

TEST_CASE("an id that is too old, or newer than anything, is told to fetch anew and goes on from there") {
  HubOptions options;
  options.remembered = 2;
  World world{options};
  const auto follower = world.join(caller(2, {county}));
  world.commit({moved(1), moved(2), moved(3), moved(4)});
  follower->wait_for(8);
  for (const auto* after : {"16", "17", "34", "100000"}) {
    const auto late = world.join(caller(2, {county}), after);
    CHECK(late->types() == Types{"resync"});
    CHECK(late->last_id() == "79");
    world.hub.leave(late.get());
  }
  CHECK(world.join(caller(2, {county}), "47")->types().size() == 4);
  const auto late = world.join(caller(2, {county}), "16");
  world.commit({moved(5)});
  late->wait_for(3);
  CHECK(late->types() == Types{"resync", "task.added", "request.changed"});
  CHECK(world.join(caller(2, {county}), late->last_id())->frames().empty());
}

TEST_CASE("what is no id closes the follower") {
  World world;
  for (const auto* after : {"", "0", "-1", "x", "1x", "01", " 1", "99999999999999999999"})
    CHECK(world.join(caller(2, {county}), after)->code() == 1008);
  CHECK(world.hub.figures().followers == 0);
}

TEST_CASE("a long absence is caught up page by page, and what happens meanwhile comes after it") {
  HubOptions options;
  options.page = 10;
  World world{options};
  const auto steady = world.join(caller(2, {county}));
  for (int i = 1; i <= 50; ++i) world.commit({moved(i)});
  steady->wait_for(100);
  const auto late = world.join(caller(2, {county}), "15");
  CHECK(late->frames().size() == 10);
  world.commit({moved(51)});
  steady->wait_for(102);
  CHECK(late->frames().size() == 10);
  while (late->take_pause()) world.hub.resume(late.get());
  CHECK(late->frames() == steady->frames());
  CHECK(late->pauses() == 10);
}

TEST_CASE("an entry with more events than positions ends in a resync for the rest") {
  World world;
  auto row = moved(10);
  for (int i = 0; i < 20; ++i) row.told.push_back({NotificationId{i + 1}, "approve", AccountId{100 + i}, std::nullopt});
  const auto early = world.join(caller(100, {}));
  const auto last = world.join(caller(119, {}));
  world.commit({row});
  early->wait_for(1);
  last->wait_for(1);
  CHECK(early->types() == Types{"notification.added"});
  CHECK(last->types() == Types{"resync"});
  CHECK(last->last_id() == "175");
}

TEST_CASE("ending a session or an account, and stopping, close those followers") {
  World world;
  const auto one = world.join(caller(1, {county})), other = world.join(caller(2, {county})),
             third = world.join(caller(3, {county}));
  world.hub.end_session("session-1");
  world.hub.end_account(AccountId{2});
  CHECK(one->code() == 1008);
  CHECK(other->code() == 1008);
  CHECK(third->code() == 0);
  world.hub.stop();
  CHECK(third->code() == 1001);
  CHECK(world.join(caller(4, {county}))->code() == 1001);
}

TEST_CASE("followers whose session has ended, or whose posts are others, are closed once that is known") {
  World world;
  const auto ended = world.join(caller(1, {county})), moved_on = world.join(caller(2, {county})),
             same = world.join(caller(3, {county})), unasked = world.join(caller(4, {county}));
  CHECK(world.hub.sessions() == std::vector<std::string>{"session-1", "session-2", "session-3", "session-4"});
  world.hub.refresh({{"session-1", nullptr},
                     {"session-2", std::make_shared<Caller>(caller(2, {head}))},
                     {"session-3", std::make_shared<Caller>(caller(3, {county}))}});
  CHECK(ended->code() == 1008);
  CHECK(moved_on->code() == 1008);
  CHECK(same->code() == 0);
  CHECK(unasked->code() == 0);
}

TEST_CASE("who left hears nothing more, and a slow one harms no other") {
  World world;
  const auto gone = world.join(caller(1, {county}));
  const auto slow = world.join(caller(2, {county}), {}, 3);
  const auto quick = world.join(caller(3, {county}));
  world.hub.leave(gone.get());
  for (int i = 1; i <= 100; ++i) world.commit({moved(i)});
  quick->wait_for(200);
  CHECK(gone->frames().empty());
  CHECK(slow->frames().size() == 3);
  CHECK(slow->code() == 1013);
  CHECK(world.hub.figures().followers == 2);
}

TEST_CASE("with random disconnections each follower hears exactly the prefix of what concerns it") {
  const unsigned seed = GENERATE(1u, 2u, 3u);
  INFO("seed " << seed);
  std::mt19937 random{seed};
  HubOptions options;
  options.page = 5;
  World world{options};
  const std::vector<Caller> callers{caller(1, {head}), caller(2, {county}), caller(3, {head, approver}), caller(77, {}),
                                    caller(5, {{OfficeId{2}, Role::admin}})};
  struct Person {
    std::shared_ptr<FakeFollower> now;
    std::vector<std::string> heard;
    std::string last = "15";
  };
  std::vector<Person> people(callers.size() * 4);
  std::vector<OutboxRow> rows;
  for (int i = 1; i <= 2000; ++i) {
    auto row = moved(i);
    if (random() % 3 == 0) std::swap(row.before, row.after);
    if (random() % 3 == 0) row.after = {task(row.request.value, approver, "county_approval")};
    if (random() % 4 == 0) row.told.clear();
    if (random() % 5 == 0) row.concerned = {OfficeId{3}};
    rows.push_back(std::move(row));
  }
  const auto leave = [&](Person& person) {
    world.hub.leave(person.now.get());
    for (const auto& frame : person.now->frames()) person.heard.push_back(frame);
    if (!person.heard.empty()) person.last = boost::json::parse(person.heard.back()).at("id").as_string();
    person.now.reset();
  };
  std::thread committer([&] {
    std::mt19937 sizes{seed};
    for (std::size_t at = 0; at < rows.size();) {
      const auto size = std::min<std::size_t>(sizes() % 20 + 1, rows.size() - at);
      world.hub.committed(std::span{rows}.subspan(at, size));
      at += size;
      if (sizes() % 4 == 0) std::this_thread::yield();
    }
  });
  for (int i = 0; i < 3000; ++i) {
    auto& person = people[random() % people.size()];
    const auto& who = callers[static_cast<std::size_t>(&person - people.data()) % callers.size()];
    if (!person.now)
      person.now = world.join(who, person.last);
    else if (person.now->take_pause())
      world.hub.resume(person.now.get());
    else if (random() % 3 == 0)
      leave(person);
  }
  committer.join();
  for (std::size_t i = 0; i < people.size(); ++i) {
    auto& person = people[i];
    const auto& who = callers[i % callers.size()];
    std::vector<std::string> expected;
    for (const auto& row : rows)
      for (const auto& event : events_of(row))
        if (concerns(event, row, {who.account, who.posts}))
          expected.push_back(frame_of(event, row, "key-information-change"));
    if (!person.now) person.now = world.join(who, person.last);
    while (person.now->take_pause()) world.hub.resume(person.now.get());
    if (expected.size() > person.heard.size()) person.now->wait_for(expected.size() - person.heard.size());
    leave(person);
    CHECK((person.heard == expected));
  }
}
