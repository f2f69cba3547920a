#include "engine/runtime/deployment.hpp"

#include <algorithm>
#include <thread>

#include "engine/definition/identity.hpp"
#include "engine/definition/loader.hpp"
#include "engine/machine/movement.hpp"
#include "engine/runtime/outbox.hpp"
#include "engine/runtime/pinned_text.hpp"

namespace xueji {
namespace {

constexpr int attempts_max = 20;
constexpr std::chrono::milliseconds pause_between_attempts{50};

std::string where(const Request& request) {
  std::string text = request.token.state;
  for (const std::string& branch : configuration_of(request).branches) text += " + " + branch;
  return text;
}

/// What one version is deployed with; a page of its requests at a time.
class Deployment {
 public:
  Deployment(Store& store, Queries& queries, const Catalog::Entry& newer, const DeploymentSurroundings& around)
      : store_(store), queries_(queries), newer_(newer), around_(around) {}

  using Page = std::vector<DeployedRequest>;

  void run(const Catalog::Entry& older, bool write, const TellDeployed& tell) {
    RequestId after;
    for (;;) {
      const auto ids = queries_.open_requests_on(older.id, after, around_.batch);
      if (ids.empty()) return;
      after = ids.back();
      for (const DeployedRequest& each : with_retries(older, ids, write)) tell(each);
    }
  }

 private:
  Page with_retries(const Catalog::Entry& older, const std::vector<RequestId>& ids, bool write) {
    for (int attempt = 1;; ++attempt) {
      try {
        return one_page(older, ids, write);
      } catch (const StoreError& error) {
        const bool passes = error.kind != StoreError::Kind::broken && error.kind != StoreError::Kind::full;
        if (!passes || attempt == attempts_max) throw;
        std::this_thread::sleep_for(pause_between_attempts * attempt);
      }
    }
  }

  /// An unknown outcome is tried again: those that were moved are on the older version no more.
  Page one_page(const Catalog::Entry& older, const std::vector<RequestId>& ids, bool write) {
    const auto transaction = store_.begin();
    const Batch batch = transaction->load({ids, {}, {}, {}});
    Page page;
    std::vector<Write> writes;
    for (const RequestId id : ids) {
      const auto found = batch.requests.find(id);
      if (found == batch.requests.end() || found->second.outcome || found->second.definition != older.id) continue;
      const Request& request = found->second;
      page.push_back({id, older.definition->version, where(request),
                      plan_migration(*older.definition, *newer_.definition, request, around_.offices,
                                     china_date(around_.clock.now()))});
      if (write && page.back().plan.kind == MigrationPlan::Kind::moves)
        writes.push_back(write_of(moved(older, request, batch.students.at(request.student), page.back().plan), &request,
                                  std::nullopt, around_.offices, around_.clock.now()));
    }
    if (!writes.empty()) {
      transaction->write(writes);
      transaction->commit();
    }
    return page;
  }

  Decision moved(const Catalog::Entry& older, const Request& request, const Student& student,
                 const MigrationPlan& plan) const {
    const Situation situation{*newer_.definition, newer_.id,           &request, &student, nullptr, around_.offices,
                              around_.calendar,   around_.clock.now(), {}};
    return migrate(situation, *older.definition, plan);
  }

  Store& store_;
  Queries& queries_;
  const Catalog::Entry& newer_;
  const DeploymentSurroundings& around_;
};

void run_all(Store& store, Queries& queries, const Catalog::Entry& newer, const std::vector<Catalog::Entry>& older,
             const DeploymentSurroundings& around, bool write, const TellDeployed& tell) {
  Deployment deployment(store, queries, newer, around);
  for (const Catalog::Entry& each : older) deployment.run(each, write, tell);
}

}  // namespace

std::variant<std::vector<Catalog::Entry>, std::vector<Fault>> older_versions(
    const Definition& newer, const std::vector<PinnedDefinition>& pinned) {
  std::vector<Catalog::Entry> older;
  for (const PinnedDefinition& each : pinned) {
    if (!is_older_version(each, newer) || !each.used) continue;
    if (auto fault = altered(each)) return std::vector{std::move(*fault)};
    auto loaded = load_definition(each.yaml, each.file);
    if (auto* faults = std::get_if<std::vector<Fault>>(&loaded)) return std::move(*faults);
    older.push_back({each.id, std::make_shared<const Definition>(std::move(std::get<Definition>(loaded)))});
  }
  return older;
}

std::vector<Catalog::Entry> older_versions(const Catalog& catalog, const Definition& newer) {
  std::vector<Catalog::Entry> older;
  for (const Catalog::Entry& each : catalog.all())
    if (is_older_version(*each.definition, newer)) older.push_back(each);
  return older;
}

std::vector<Fault> check_migrations(const Definition& newer, const std::vector<Catalog::Entry>& older) {
  for (const Catalog::Entry& each : older)
    if (auto faults = check_migration(*each.definition, newer); !faults.empty()) return faults;
  return {};
}

void plan_deployment(Store& store, Queries& queries, const Catalog::Entry& newer,
                     const std::vector<Catalog::Entry>& older, const DeploymentSurroundings& around,
                     const TellDeployed& tell) {
  run_all(store, queries, newer, older, around, false, tell);
}

void carry_out_deployment(Store& store, Queries& queries, const Catalog::Entry& newer,
                          const std::vector<Catalog::Entry>& older, const DeploymentSurroundings& around,
                          const TellDeployed& tell) {
  bool again = false;
  run_all(store, queries, newer, older, around, true, [&](const DeployedRequest& each) {
    again |= each.plan.kind == MigrationPlan::Kind::moves;
    tell(each);
  });
  while (again) {
    again = false;
    run_all(store, queries, newer, older, around, true, [&](const DeployedRequest& each) {
      if (each.plan.kind != MigrationPlan::Kind::moves) return;
      again = true;
      tell(each);
    });
  }
}

}  // namespace xueji
