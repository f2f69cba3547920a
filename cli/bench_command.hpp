// `xueji bench`: approvals over HTTP and live events over WebSocket, measured against a server of its own.
#pragma once
#include <cstddef>
#include <string>

#include "adapters/sql/database.hpp"

namespace xueji {

/// Windows of officers at work, in turn without and with a request about many students beside them.
struct BatchWindows {
  std::size_t batches = 3;
  std::size_t windows = 3;  ///< without each batch, and beside it; a batch of 5,000 takes some 20 s
  unsigned window_seconds = 3;
  unsigned acts_per_second = 300;
  std::size_t acts() const { return 2 * batches * windows * window_seconds * acts_per_second; }
};

struct BenchOptions {
  unsigned connections = 64;              ///< keep-alive, each with one approval under way
  std::size_t approvals = 40'000;         ///< through the pipeline
  std::size_t single_approvals = 10'000;  ///< in batches of one
  std::size_t live_connections = 5'000;   ///< that stay idle
  unsigned live_events = 1'000;           ///< a second
  unsigned live_seconds = 10;
  std::size_t batch = 5'000;  ///< students of one request
  BatchWindows beside_batch;
  std::string bare_beast;  ///< program of tests/bench/bare_beast.cpp; empty takes the one beside this program
  std::string data;        ///< where the databases are made; empty takes the folder for temporary files
  std::string database;    ///< `mysql://…` of a server where the databases are made; empty: SQLite, in `data`
  DatabaseOptions store;   ///< with which that server is reached
  std::string json;        ///< file for the figures; empty: none
  bool smoke = false;      ///< small, and fails where batches gain nothing
};

/// Exit status 0 done, 1 an answer was wrong or, for `smoke`, batches gained nothing, 2 wrong usage.
int run_bench(const BenchOptions& options);

}  // namespace xueji
