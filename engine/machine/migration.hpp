// What a new version of a definition makes of the live requests of an older one.
#pragma once
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

/// By the `migrate` of `newer`. The request is open and runs on `older`.
MigrationPlan plan_migration(const Definition& older, const Definition& newer, const Request& request,
                             const OfficeTree& offices);

/// Carries out a plan that moves: the request runs on `situation.definition` from now on. Where it keeps its state and
/// its holder it keeps its deadline and its claim too; elsewhere it arrives anew. Its history tells it.
Decision migrate(const Situation& situation, const Definition& older, const MigrationPlan& plan);

/// States that `newer.migrate` names and `older` lacks.
std::vector<Fault> check_migration(const Definition& older, const Definition& newer);

}  // namespace xueji
