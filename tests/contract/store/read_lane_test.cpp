// Reads that take too long, or that nobody waits for, end; and slow ones keep no others waiting.
#include <chrono>
#include <future>
#include <thread>

#include "adapters/sql/connections.hpp"
#include "tests/catch.hpp"
#include "tests/contract/store/fixture.hpp"

using namespace xueji;
using namespace xueji::store_test;
using namespace std::chrono_literals;

namespace {

bool is_sqlite(const Registry& registry) { return registry.place.url().starts_with("sqlite"); }

/// How a read ended that goes over all sevens of a table; nothing where it came to its end.
std::optional<StoreError::Kind> read_endlessly(sql::Connections& connections) {
  try {
    const sql::Connections::Reading session(connections);
    auto& row = session->prepare(
        "SELECT COUNT(*) FROM office_closure a CROSS JOIN office_closure b ON 1 = 1 "
        "CROSS JOIN office_closure c ON 1 = 1 CROSS JOIN office_closure d ON 1 = 1 "
        "CROSS JOIN office_closure e ON 1 = 1 CROSS JOIN office_closure f ON 1 = 1 "
        "CROSS JOIN office_closure g ON 1 = 1 WHERE a.ancestor_id + b.ancestor_id + "
        "c.ancestor_id + d.ancestor_id + e.ancestor_id + f.ancestor_id + g.ancestor_id < 0",
        "i");
    row.one();
  } catch (const StoreError& error) {
    return error.kind;
  }
  return std::nullopt;
}

}  // namespace

TEST_CASE("a read that takes too long ends, and its session goes on reading") {
  Registry registry;
  DatabaseOptions options;
  options.heavy_sessions = 1;
  options.longest_reads[static_cast<std::size_t>(ReadLane::heavy)] = 1s;
  sql::Connections connections(registry.place.url(), options);
  const OnReadLane lane(ReadLane::heavy);
  const auto began = std::chrono::steady_clock::now();
  CHECK(read_endlessly(connections) == StoreError::Kind::busy);
  CHECK(std::chrono::steady_clock::now() - began >= 1s);
  const sql::Connections::Reading session(connections);
  auto& row = session->prepare("SELECT COUNT(*) FROM office", "i");
  REQUIRE(row.one());
  CHECK(row.integer(0) > 0);
}

TEST_CASE("a read that nobody waits for ends within SQLite") {
  Registry registry;
  if (!is_sqlite(registry)) return;
  sql::Connections connections(registry.place.url(), {});
  const auto given_up = std::make_shared<std::atomic<bool>>(false);
  auto reading = std::async(std::launch::async, [&] {
    const OnReadLane lane(ReadLane::list, given_up);
    return read_endlessly(connections);
  });
  CHECK(reading.wait_for(200ms) == std::future_status::timeout);
  *given_up = true;
  CHECK(reading.get() == StoreError::Kind::busy);
}

TEST_CASE("slow reads that fill their lane keep no reads of another waiting") {
  Registry registry;
  DatabaseOptions options;
  options.heavy_sessions = 1;
  options.read_sessions = 1;
  options.wait = 100ms;
  options.longest_reads[static_cast<std::size_t>(ReadLane::heavy)] = 3s;
  sql::Connections connections(registry.place.url(), options);
  std::promise<void> begun;
  auto slow = std::async(std::launch::async, [&] {
    const OnReadLane lane(ReadLane::heavy);
    const sql::Connections::Reading session(connections);
    begun.set_value();
    std::this_thread::sleep_for(1s);
  });
  begun.get_future().wait();
  {
    const OnReadLane lane(ReadLane::heavy);
    CHECK_THROWS_AS(sql::Connections::Reading(connections), StoreError);
  }
  for (const auto lane : {ReadLane::quick, ReadLane::background, ReadLane::list}) {
    const OnReadLane here(lane);
    CHECK_NOTHROW(sql::Connections::Reading(connections));
  }
  slow.get();
}
