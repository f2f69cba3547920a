#include <atomic>
#include <future>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "web/server/worker_pool.hpp"

using namespace xueji::web;

TEST_CASE("every job that was taken is run, also those that waited when the pool stopped") {
  std::atomic<int> done{0};
  int taken = 0;
  {
    WorkerPool pool{3, 1000};
    for (int i = 0; i < 500; ++i) taken += pool.post([&] { ++done; });
    pool.stop();
    CHECK_FALSE(pool.post([&] { ++done; }));
  }
  CHECK(taken == 500);
  CHECK(done == 500);
}

TEST_CASE("a full queue refuses, and takes again when there is room") {
  WorkerPool pool{1, 2};
  std::promise<void> begun, release;
  REQUIRE(pool.post([&] {
    begun.set_value();
    release.get_future().wait();
  }));
  begun.get_future().wait();
  std::promise<void> last;
  CHECK(pool.post([] {}));
  CHECK(pool.post([&] { last.set_value(); }));
  CHECK(pool.waiting() == 2);
  CHECK_FALSE(pool.post([] {}));
  release.set_value();
  last.get_future().wait();
  CHECK(pool.post([] {}));
}

TEST_CASE("a job that throws harms no other") {
  WorkerPool pool{1, 10};
  std::promise<int> next;
  pool.post([] { throw std::runtime_error("a secret"); });
  pool.post([&] { next.set_value(7); });
  CHECK(next.get_future().get() == 7);
}

TEST_CASE("names take turns, each in its own order, and none takes the whole queue") {
  WorkerPool pool{1, 8};
  std::promise<void> begun, release, last;
  REQUIRE(pool.post([&] {
    begun.set_value();
    release.get_future().wait();
  }));
  begun.get_future().wait();
  std::vector<std::string> order;
  for (const auto* job : {"a1", "a2"}) CHECK(pool.post([&order, job] { order.emplace_back(job); }, "a"));
  CHECK_FALSE(pool.post([] {}, "a"));
  for (const auto* job : {"b1", "b2"}) CHECK(pool.post([&order, job] { order.emplace_back(job); }, "b"));
  CHECK(pool.post([&] { last.set_value(); }, "c"));
  release.set_value();
  last.get_future().wait();
  pool.stop();
  CHECK(order == std::vector<std::string>{"a1", "b1", "a2", "b2"});
}
