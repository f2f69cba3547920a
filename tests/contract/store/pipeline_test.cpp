// The real pipeline and the real decide() over a real database.
#include <algorithm>
#include <atomic>
#include <future>
#include <mutex>

#include "engine/ports/evidence_ledger.hpp"
#include "engine/runtime/machine_room.hpp"
#include "engine/runtime/outbox.hpp"
#include "tests/catch.hpp"
#include "tests/contract/store/fixture.hpp"
#include "tests/unit/verify/files.hpp"

using namespace xueji;
using namespace xueji::store_test;

namespace {

const std::string scan(64, 'e');
constexpr AccountId approver{8};

class DrivenClock : public Clock {
 public:
  Instant now() const override { return at(minutes.load()); }
  std::atomic<int> minutes{0};
};

class RecordingSink : public EventSink {
 public:
  void committed(std::span<const OutboxRow> more) override { rows.insert(rows.end(), more.begin(), more.end()); }
  std::vector<OutboxRow> rows;
};

struct ClearCentral : CentralRegistry {
  Finding compare_identity(const IdentityQuery&) override {
    Finding finding;
    finding.outcome = CheckOutcome::clear;
    return finding;
  }
};

Directory directory_of(Registry& registry) {
  auto catalog = load_catalog({{"key-information-change.yaml", test::shipped_text("key-information-change")}},
                              registry.database->definitions(), test::national_calendar());
  REQUIRE(std::holds_alternative<Catalog>(catalog));
  return Directory(OfficeTree(registry.database->accounts().offices()), Calendar{},
                   std::get<Catalog>(std::move(catalog)));
}

struct Pipeline {
  Pipeline() : directory(directory_of(registry)), runtime(registry.store(), clock, directory, sink, {}) {
    registry.database->evidence().add({scan, registrar, "scan.jpg", "image/jpeg", 1000, at(0)});
  }

  Caller caller(AccountId account, Role role, OfficeId office) const {
    Caller caller;
    caller.account = account;
    Post post;
    post.account = account;
    post.office = office;
    post.role = role;
    caller.posts.push_back(post);
    return caller;
  }

  Committed done(Command command) {
    auto result = runtime.execute(std::move(command));
    if (const auto* why = std::get_if<Refusal>(&result)) FAIL(slug(why->kind) << ": " << why->detail.en);
    return std::get<Committed>(std::move(result));
  }

  Command open(StudentId student, const std::string& name, const std::string& key) {
    Open open{"key-information-change",
              student,
              {{"new_name", name}, {"ground", "register_changed"}, {"reason", "更正"}},
              {{"household_register", scan}},
              "",
              true};
    return {std::move(open), caller(registrar, Role::registrar, school), {}, IdempotencyKey{registrar, key, "f"}};
  }

  Committed approve(RequestId request, AccountId account, Role role, OfficeId office) {
    Perform perform;
    perform.request = request;
    perform.action = "approve";
    return done({std::move(perform), caller(account, role, office), {}, {}});
  }

  Registry registry;
  DrivenClock clock;
  RecordingSink sink;
  Directory directory;
  Runtime runtime;
};

}  // namespace

TEST_CASE("a request goes through people and the machine, and the registry has the change once") {
  Pipeline pipeline;
  const RequestId id = pipeline.done(pipeline.open(StudentId{1}, "新名", "k1")).request.id;
  pipeline.approve(id, head, Role::head, school);
  pipeline.approve(id, reviewer, Role::reviewer, county);
  pipeline.approve(id, approver, Role::approver, county);
  {
    ClearCentral central;
    MachineRoomOptions options;
    options.poll = std::chrono::milliseconds(1);
    MachineRoom room(pipeline.registry.store(), pipeline.registry.queries(), central, pipeline.clock,
                     pipeline.directory, pipeline.runtime, options);
    while (!pipeline.registry.queries().request(id)->request.outcome) std::this_thread::yield();
  }
  const auto student = *pipeline.registry.queries().student(StudentId{1});
  CHECK(student.name == "新名");
  CHECK(student.version == 2);
  CHECK_FALSE(student.open_request);
  const auto history = pipeline.registry.queries().student_history(StudentId{1}, {});
  CHECK(history.items.size() == 1);
}

TEST_CASE("what is told live is what a browser that resumes is told") {
  Pipeline pipeline;
  const RequestId id = pipeline.done(pipeline.open(StudentId{1}, "新名", "k1")).request.id;
  pipeline.approve(id, head, Role::head, school);
  pipeline.approve(id, reviewer, Role::reviewer, county);
  Perform back;
  back.request = id;
  back.action = "return";
  back.comment = "请更正";
  pipeline.done({std::move(back), pipeline.caller(approver, Role::approver, county), {}, {}});
  pipeline.runtime.stop();

  const auto stored = pipeline.registry.queries().outbox(HistoryId{}, 100);
  const auto& live = pipeline.sink.rows;
  REQUIRE(stored.size() == live.size());
  for (std::size_t i = 0; i < live.size(); ++i) {
    CAPTURE(i, live[i].action);
    CHECK(stored[i].id == live[i].id);
    CHECK(stored[i].request == live[i].request);
    CHECK(stored[i].definition == live[i].definition);
    CHECK(stored[i].version == live[i].version);
    CHECK(stored[i].action == live[i].action);
    CHECK(stored[i].at == live[i].at);
    CHECK(stored[i].state == live[i].state);
    CHECK(stored[i].before == live[i].before);
    CHECK(stored[i].after == live[i].after);
    CHECK(stored[i].concerned == live[i].concerned);
    REQUIRE(stored[i].told.size() == live[i].told.size());
    for (std::size_t j = 0; j < live[i].told.size(); ++j) {
      CHECK(stored[i].told[j].id == live[i].told[j].id);
      CHECK(stored[i].told[j].kind == live[i].told[j].kind);
      CHECK(stored[i].told[j].account == live[i].told[j].account);
      CHECK(stored[i].told[j].holder == live[i].told[j].holder);
    }
  }
}

TEST_CASE("a repeated key has one effect, also after a restart of the database") {
  Registry registry;
  DrivenClock clock;
  RecordingSink sink;
  Directory directory = directory_of(registry);
  registry.database->evidence().add({scan, registrar, "scan.jpg", "image/jpeg", 1000, at(0)});
  Post post;
  post.account = registrar;
  post.office = school;
  post.role = Role::registrar;
  const Caller caller{registrar, "registrar", "", Language::zh, {post}};
  const Command command{Open{"key-information-change",
                             StudentId{1},
                             {{"new_name", "新名"}, {"ground", "register_changed"}, {"reason", "更正"}},
                             {{"household_register", scan}},
                             "",
                             true},
                        caller,
                        {},
                        IdempotencyKey{registrar, "k1", "f"}};
  RequestId first;
  {
    Runtime runtime(registry.store(), clock, directory, sink, {});
    const auto result = runtime.execute(command);
    REQUIRE(std::holds_alternative<Committed>(result));
    first = std::get<Committed>(result).request.id;
  }
  registry.reopen();
  Runtime runtime(registry.store(), clock, directory, sink, {});
  const auto result = runtime.execute(command);
  REQUIRE(std::holds_alternative<Committed>(result));
  CHECK(std::get<Committed>(result).replayed);
  CHECK(std::get<Committed>(result).request.id == first);
  CHECK(registry.queries().newest_history() == HistoryId{2});
}

TEST_CASE("a claim binds until its account is shut out or has lost its post") {
  Pipeline pipeline;
  Accounts& accounts = pipeline.registry.database->accounts();
  const RequestId id = pipeline.done(pipeline.open(StudentId{1}, "新名", "k1")).request.id;
  const Caller owner = pipeline.caller(head, Role::head, school),
               colleague = pipeline.caller(approver, Role::head, school);
  const auto claims_of_readers = [&] {
    const auto row = pipeline.registry.queries().request(id);
    REQUIRE(row);
    REQUIRE(row->claimers.size() == 1);
    return row->claimers.front().posts.size();
  };
  pipeline.done({Claim{id}, owner, {}, {}});
  Perform approve;
  approve.request = id;
  approve.action = "approve";
  const auto refused = pipeline.runtime.execute({approve, colleague, {}, {}});
  REQUIRE(std::holds_alternative<Refusal>(refused));
  CHECK(std::get<Refusal>(refused).kind == RefusalKind::not_allowed);
  CHECK(claims_of_readers() > 0);
  if (GENERATE(false, true))
    accounts.set_disabled(head, true);
  else
    for (const Post& post : accounts.posts(head)) accounts.remove_post(post.id);
  CHECK(claims_of_readers() == 0);
  CHECK(pipeline.done({approve, colleague, {}, {}}).request.token.state == "county_review");
}
