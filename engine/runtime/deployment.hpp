// Bringing a new version of a definition to the live requests of the older ones: what would become of each, and doing
// it.
#pragma once
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "engine/machine/migration.hpp"
#include "engine/ports/clock.hpp"
#include "engine/ports/queries.hpp"
#include "engine/ports/store.hpp"
#include "engine/runtime/directory.hpp"

namespace xueji {

struct DeployedRequest {
  RequestId request;
  int from_version = 0;
  std::string state;  ///< where it stands, branches after `+`
  MigrationPlan plan;
};

/// The older versions of its file that requests ran on, or why their text can't be read.
std::variant<std::vector<Catalog::Entry>, std::vector<Fault>> older_versions(
    const Definition& newer, const std::vector<PinnedDefinition>& pinned);
/// The same among those of a catalog.
std::vector<Catalog::Entry> older_versions(const Catalog& catalog, const Definition& newer);

/// What is wrong with the `migrate` of `newer`, now that the older versions are known.
std::vector<Fault> check_migrations(const Definition& newer, const std::vector<Catalog::Entry>& older);

struct DeploymentSurroundings {
  const OfficeTree& offices;
  const Calendar& calendar;
  const Clock& clock;
  std::size_t batch = 200;  ///< requests in one transaction
};

/// Called for each request, in the order of versions and ids.
using TellDeployed = std::function<void(const DeployedRequest&)>;

/// Open requests of the older versions, in pages; nothing is written. Throws StoreError.
void plan_deployment(Store& store, Queries& queries, const Catalog::Entry& newer,
                     const std::vector<Catalog::Entry>& older, const DeploymentSurroundings& around,
                     const TellDeployed& tell);

/// Moves those that plan_deployment() says move, a batch in each transaction, beside a server that goes on deciding:
/// each by compare-and-set, decided anew where it has moved meanwhile. Broken off and begun again it goes on with the
/// rest; begun twice at once it moves each request once. What is opened on an older version meanwhile is moved too.
/// Tells each request once its transaction is committed. Throws StoreError once retries do not help.
void carry_out_deployment(Store& store, Queries& queries, const Catalog::Entry& newer,
                          const std::vector<Catalog::Entry>& older, const DeploymentSurroundings& around,
                          const TellDeployed& tell);

}  // namespace xueji
