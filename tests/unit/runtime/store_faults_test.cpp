#include <algorithm>

#include "tests/catch.hpp"
#include "tests/unit/runtime/world.hpp"

using namespace xueji;
using namespace xueji::testing;
using Kind = StoreError::Kind;

namespace {

/// Throws that error the first `times` times it is called.
auto failing(int times, Kind kind) {
  return [times, kind]() mutable {
    if (times-- > 0) throw StoreError(kind, "on purpose");
  };
}

std::size_t entries_with_key(const FakeData& data, const std::string& key) {
  return static_cast<std::size_t>(
      std::count_if(data.history.begin(), data.history.end(),
                    [&](const StoredEntry& entry) { return entry.key && entry.key->key == key; }));
}

}  // namespace

TEST_CASE("a busy store is tried again with the whole batch") {
  World world;
  world.store.before_commit = failing(3, Kind::busy);
  const auto results = world.in_one_batch({open_name_change(StudentId{1}, "甲"), open_name_change(StudentId{2}, "乙")});
  CHECK(committed(results[0]));
  CHECK(committed(results[1]));
  CHECK(world.runtime.figures().retried == 3);
  CHECK(world.store.commits() == std::vector<std::size_t>{2});
}

TEST_CASE("a store that stays busy is answered as busy, and nothing was changed") {
  World world;
  world.store.before_commit = failing(1000, Kind::busy);
  CHECK(world.refused(open_name_change(StudentId{1}, "甲")).kind == RefusalKind::busy);
  CHECK(world.store.data().requests.empty());
}

TEST_CASE("what another server changed meanwhile is decided again on fresh data") {
  World world;
  const RequestId id = world.done(open_name_change(StudentId{1}, "新名")).request.id;
  bool is_first = true;
  world.store.before_commit = [&] {
    if (!std::exchange(is_first, false)) return;
    world.store.meddle([&](FakeData& data) {
      Request& request = data.requests.at(id);
      request.token.state = "draft";
      request.token.holder = {school, Role::registrar};
      ++request.version;
    });
  };
  const Refusal refused = world.refused(act(id, "approve", head()));
  CHECK(refused.kind != RefusalKind::failed);
  CHECK(world.store.data().requests.at(id).token.state == "draft");
  CHECK(world.runtime.figures().retried == 1);
}

TEST_CASE("a poisoned command fails alone, the others of its batch are committed") {
  World world;
  world.store.on_write = [](std::span<Write> writes) {
    for (const Write& write : writes)
      if (write.decision.request.student == StudentId{2}) throw std::runtime_error("this one can't be written");
  };
  const auto results = world.in_one_batch({open_name_change(StudentId{1}, "甲"), open_name_change(StudentId{2}, "乙"),
                                           open_name_change(StudentId{3}, "丙")});
  CHECK(committed(results[0]));
  REQUIRE(refusal(results[1]));
  CHECK(refusal(results[1])->kind == RefusalKind::failed);
  CHECK(committed(results[2]));
  CHECK(world.store.data().requests.size() == 2);
  CHECK(world.runtime.figures().failed == 1);
}

TEST_CASE("a command on a version that was deployed a moment ago is told to come again, and fails alone") {
  World world;
  const RequestId id = world.done(open_name_change(StudentId{1}, "新名")).request.id;
  world.store.meddle([&](FakeData& data) { data.requests.at(id).definition = DefinitionId{77}; });
  const auto results = world.in_one_batch({act(id, "approve", head()), open_name_change(StudentId{2}, "乙")});
  REQUIRE(refusal(results[0]));
  CHECK(refusal(results[0])->kind == RefusalKind::busy);
  CHECK(committed(results[1]));
}

TEST_CASE("a log of failures names neither people nor numbers") {
  RuntimeOptions options;
  std::vector<std::string> said;
  options.log = [&](std::string_view sentence) { said.emplace_back(sentence); };
  World world(5, options);
  world.store.on_write = [](std::span<Write>) { throw std::runtime_error("bound value: 张三"); };
  world.refused(open_name_change(StudentId{1}, "张三"));
  world.runtime.stop();
  REQUIRE_FALSE(said.empty());
  for (const auto& sentence : said) CHECK(sentence.find("张三") == std::string::npos);
}

TEST_CASE("a connection that broke after the commit is found out by the key: one effect, answered as done") {
  World world;
  world.store.after_commit = failing(1, Kind::unknown_outcome);
  const auto results = world.in_one_batch(
      {keyed(open_name_change(StudentId{1}, "甲"), "k1"), keyed(open_name_change(StudentId{2}, "乙"), "k2")});
  CHECK(committed(results[0]));
  CHECK(committed(results[1]));
  const auto data = world.store.data();
  CHECK(entries_with_key(data, "k1") == 1);
  CHECK(entries_with_key(data, "k2") == 1);
  world.runtime.stop();
  CHECK(world.sink.rows().size() == 2);
}

TEST_CASE("a connection that broke before the commit is found out by the key and tried again: one effect") {
  World world;
  world.store.before_commit = failing(1, Kind::unknown_outcome);
  CHECK_FALSE(world.done(keyed(open_name_change(StudentId{1}, "甲"), "k1")).replayed);
  CHECK(entries_with_key(world.store.data(), "k1") == 1);
  CHECK(world.store.data().requests.size() == 1);
}

TEST_CASE("a database that is away after a broken commit is answered as busy, and the repeated key is done once") {
  World world;
  const bool done_before = GENERATE(false, true);
  int attempts = 0;
  const auto away = [&] {
    ++attempts;
    throw StoreError(Kind::unknown_outcome, "on purpose");
  };
  (done_before ? world.store.after_commit : world.store.before_commit) = away;
  world.store.on_begin = [&] {
    if (attempts > 0) throw StoreError(Kind::busy, "on purpose");
  };
  CHECK(world.refused(keyed(open_name_change(StudentId{1}, "甲"), "k1")).kind == RefusalKind::busy);
  CHECK(attempts == 1);
  world.store.after_commit = world.store.before_commit = world.store.on_begin = {};
  CHECK(world.done(keyed(open_name_change(StudentId{1}, "甲"), "k1")).replayed == done_before);
  CHECK(entries_with_key(world.store.data(), "k1") == 1);
}

TEST_CASE("what a batch of unknown outcome did is told before what comes after it, and nothing if it did not") {
  World world;
  const bool done_before = GENERATE(false, true);
  const bool has_key = GENERATE(false, true);
  bool is_away = false;
  (done_before ? world.store.after_commit : world.store.before_commit) = [&] {
    is_away = true;
    throw StoreError(Kind::unknown_outcome, "on purpose");
  };
  world.store.on_begin = [&] {
    if (is_away) throw StoreError(Kind::busy, "on purpose");
  };
  const Command first = open_name_change(StudentId{1}, "甲");
  world.refused(has_key ? keyed(first, "k1") : first);
  CHECK(world.sink.rows().empty());
  world.store.after_commit = world.store.before_commit = world.store.on_begin = {};
  world.done(open_name_change(StudentId{2}, "乙"));
  world.done(open_name_change(StudentId{3}, "丙"));
  world.runtime.stop();
  const auto told = world.sink.rows();
  REQUIRE(told.size() == (done_before ? 3 : 2));
  CHECK(std::ranges::is_sorted(told, {}, &OutboxRow::id));
}

TEST_CASE("without a key a broken commit is answered as failed and not tried again") {
  World world;
  world.store.after_commit = failing(1, Kind::unknown_outcome);
  CHECK(world.refused(open_name_change(StudentId{1}, "甲")).kind == RefusalKind::failed);
  CHECK(world.store.commits().size() == 1);
}

TEST_CASE("a completion that throws harms no other command") {
  World world;
  world.runtime.submit(open_name_change(StudentId{1}, "甲"),
                       [](CommandResult) { throw std::runtime_error("careless"); });
  CHECK(world.done(open_name_change(StudentId{2}, "乙")).request.id);
}
