// What a new version of a definition makes of the live requests of an older one.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/machine/decide.hpp"

namespace xueji {

struct MigrationPlan {
  enum class Kind {
    stays,  ///< finishes on the older version, as the new one says
    moves,
    stuck  ///< the new one would take it over and can't; it stays where it is
  };
  Kind kind = Kind::stays;
  std::string state;  ///< moves: where it stands then
  Text why;           ///< stays, stuck
  bool operator==(const MigrationPlan&) const = default;
};

/// What `newer` says of requests of that version; null where it says nothing.
const Migration* migration_from(const Definition& newer, int version);

/// The key in the new version of a state of the older one.
std::string renamed(const Migration& migration, const std::string& state);

/// Where a request that stands there comes to, as far as its state decides; nothing where it stays on the older
/// version.
std::optional<StateConfiguration> migrated(const Definition& newer, const Migration& migration,
                                           const StateConfiguration& where, const IsHeld& is_held);

/// By the `migrate` of `newer`. The request is open and runs on `older`.
MigrationPlan plan_migration(const Definition& older, const Definition& newer, const Request& request,
                             const OfficeTree& offices);

/// Carries out a plan that moves: the request runs on `situation.definition` from now on. Where it keeps its state and
/// its holder it keeps its deadline and its claim too; elsewhere it arrives anew. Its history tells it.
Decision migrate(const Situation& situation, const Definition& older, const MigrationPlan& plan);

/// States that `newer.migrate` names and `older` lacks.
std::vector<Fault> check_migration(const Definition& older, const Definition& newer);

}  // namespace xueji
