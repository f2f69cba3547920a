// Live requests of older versions come to the newest one: what `xueji deploy` and every start do, and tell of it.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "adapters/sql/database.hpp"
#include "engine/runtime/deployment.hpp"

namespace xueji {

/// What became of requests, summed by version, state and outcome.
class MoveSums {
 public:
  /// Its outcome in words: `moves to STATE`, `stays: …`, `would be stuck and stays: …`.
  static std::string outcome_of(const MigrationPlan& plan);
  /// What it has and the new version has no place for, and what becomes of that: `drops: …`, `keeps: …`, `would lose:
  /// …`; empty for nothing.
  static std::string losses_of(const MigrationPlan& plan);
  void add(const DeployedRequest& each);
  std::size_t done() const { return done_; }
  std::size_t moved() const { return moved_; }
  /// A line for each sum.
  std::vector<std::string> lines() const;

 private:
  std::size_t done_ = 0;
  std::size_t moved_ = 0;
  std::map<std::tuple<int, std::string, std::string>, std::size_t> sums_;
  std::map<std::pair<int, std::string>, std::size_t> losing_;
};

/// Gives servers the time to take notice of a version that was pinned after `newest_before`: they look more often than
/// that, and refuse nothing that was moved before they know the version.
void wait_until_noticed(DefinitionStore& definitions, DefinitionId newest_before);

/// Moves the open requests of older versions as the newest version of each definition says, and logs what became of
/// them: sums, and the first twenty requests that would be stuck. Looks and does nothing where there are none. Throws
/// StoreError.
void bring_live_requests(Database& database, const Directory& directory, const Clock& clock,
                         DefinitionId newest_before);

}  // namespace xueji
