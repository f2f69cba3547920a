#include "cli/live_requests.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <thread>

#include "engine/definition/identity.hpp"

namespace xueji {
namespace {

constexpr std::chrono::seconds notice{2};
constexpr std::size_t stuck_named_max = 20;  ///< each by itself in the log

/// Those with open requests.
std::vector<Catalog::Entry> still_in_use(Queries& queries, std::vector<Catalog::Entry> versions) {
  std::erase_if(versions, [&](const Catalog::Entry& each) { return queries.open_requests_on(each.id, {}, 1).empty(); });
  return versions;
}

void bring_to(const Catalog::Entry& newer, const std::vector<Catalog::Entry>& older, Database& database,
              const DeploymentSurroundings& around) {
  const std::string name =
      fmt::format("version {} of {}", newer.definition->version, name_with_variant(*newer.definition));
  MoveSums sums;
  std::size_t stuck = 0;
  carry_out_deployment(database.store(), database.queries(), newer, older, around, [&](const DeployedRequest& each) {
    sums.add(each);
    if (each.plan.kind == MigrationPlan::Kind::stuck && ++stuck <= stuck_named_max)
      spdlog::warn("{}: request {} in {} of version {} {}", name, to_string(each.request), each.state,
                   each.from_version, MoveSums::outcome_of(each.plan));
  });
  if (stuck > stuck_named_max)
    spdlog::warn("{}: {} more would be stuck and stay; `xueji deploy --dry-run FILE` names each", name,
                 stuck - stuck_named_max);
  for (const std::string& line : sums.lines()) spdlog::info("{}: {}", name, line);
  spdlog::info("{}: {} open requests of older versions: {} moved, {} not", name, sums.done(), sums.moved(),
               sums.done() - sums.moved());
}

}  // namespace

std::string MoveSums::outcome_of(const MigrationPlan& plan) {
  switch (plan.kind) {
    case MigrationPlan::Kind::moves:
      return "moves to " + plan.state;
    case MigrationPlan::Kind::stays:
      return "stays: " + plan.why.en;
    case MigrationPlan::Kind::stuck:
      return "would be stuck and stays: " + plan.why.en;
  }
  return {};
}

std::string MoveSums::losses_of(const MigrationPlan& plan) {
  if (plan.losses.empty()) return {};
  if (plan.kind != MigrationPlan::Kind::moves) return "would lose: " + to_string(plan.losses);
  std::vector<Loss> kept, dropped;
  for (const Loss& loss : plan.losses) (plan.keeps && loss.kind != Loss::Kind::claim ? kept : dropped).push_back(loss);
  const std::string keeps = kept.empty() ? "" : "keeps: " + to_string(kept);
  const std::string drops = dropped.empty() ? "" : "drops: " + to_string(dropped);
  return keeps + (kept.empty() || dropped.empty() ? "" : "; ") + drops;
}

void MoveSums::add(const DeployedRequest& each) {
  ++sums_[{each.from_version, each.state, outcome_of(each.plan)}];
  if (!each.plan.losses.empty()) ++losing_[{each.from_version, losses_of(each.plan)}];
  ++done_;
  moved_ += each.plan.kind == MigrationPlan::Kind::moves;
}

std::vector<std::string> MoveSums::lines() const {
  std::vector<std::string> lines;
  for (const auto& [what, count] : sums_) {
    const auto& [version, state, outcome] = what;
    lines.push_back(fmt::format("{} in {} of version {}: {}", count, state, version, outcome));
  }
  for (const auto& [what, count] : losing_)
    lines.push_back(fmt::format("{} of version {}: {}", count, what.first, what.second));
  return lines;
}

void wait_until_noticed(DefinitionStore& definitions, DefinitionId newest_before) {
  if (definitions.newest_definition() > newest_before) std::this_thread::sleep_for(notice);
}

void bring_live_requests(Database& database, const Directory& directory, const Clock& clock,
                         DefinitionId newest_before) {
  const auto catalog = directory.catalog();
  const auto offices = directory.offices();
  const auto calendar = directory.calendar();
  const DeploymentSurroundings around{*offices, *calendar, clock};
  bool noticed = false;
  for (const Catalog::Entry& newer : catalog->newest()) {
    if (newer.definition->migrations.empty()) continue;
    const auto older = still_in_use(database.queries(), older_versions(*catalog, *newer.definition));
    if (older.empty()) continue;
    if (!std::exchange(noticed, true)) wait_until_noticed(database.definitions(), newest_before);
    bring_to(newer, older, database, around);
  }
}

}  // namespace xueji
