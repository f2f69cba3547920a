// What a new version of a definition makes of the live requests of an older one.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/machine/decide.hpp"

namespace xueji {

/// Something that the request has and the new version has no place for.
struct Loss {
  enum class Kind {
    field,     ///< a value that was filled in
    evidence,  ///< files of a kind
    claim      ///< a task that somebody has claimed arrives anew
  };
  Kind kind = Kind::field;
  std::string key;        ///< of the field, the kind of evidence, or the state of the claim
  std::size_t count = 1;  ///< files
  bool operator==(const Loss&) const = default;
};

struct MigrationPlan {
  enum class Kind {
    stays,  ///< finishes on the older version, as the new one says
    moves,
    stuck  ///< the new one would take it over and can't; it stays where it is
  };
  Kind kind = Kind::stays;
  std::string state;           ///< moves: where it stands then
  Text why;                    ///< stays, stuck
  std::vector<Loss> losses{};  ///< moves, stuck
  bool keeps = false;          ///< moves: values and files stay with the request all the same; claims never do
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

/// `field a, 2 files of b, the claim in c`; empty for none.
std::string to_string(const std::vector<Loss>& losses);

/// By the `migrate` of `newer`; a request that would lose values or files is stuck unless that says what becomes of
/// them, and one with values or files that the new version would refuse is stuck in any case. The request is open and
/// runs on `older`.
MigrationPlan plan_migration(const Definition& older, const Definition& newer, const Request& request,
                             const OfficeTree& offices, Date today);

/// Carries out a plan that moves: the request runs on `situation.definition` from now on. Where it keeps its state and
/// its holder it keeps its deadline and its claim too; elsewhere it arrives anew. Its history tells it.
Decision migrate(const Situation& situation, const Definition& older, const MigrationPlan& plan);

/// States that `newer.migrate` names and `older` lacks, and drafts that would come past their submission.
std::vector<Fault> check_migration(const Definition& older, const Definition& newer);

}  // namespace xueji
