// Follows a walk on the verifier's own graph: whatever the machine does must be a move that the verifier explored from
// where the request stands with what it has behind it, and whoever may decide there by the one may by the other.
#pragma once
#include <set>
#include <vector>

#include "engine/machine/deciders.hpp"
#include "engine/verify/exploration.hpp"

namespace xueji::test {

/// What happened, as `always:` and the verifier name it: an action, `clear`, `suspect`, `expire`, `elapsed`.
std::string event_of(const HistoryDraft& entry, const Request& after);
/// Whether the entry tells of a move, one to the very state it was in among them; how it goes on from a notice or a
/// choice is part of the move that led there.
bool is_move(const HistoryDraft& entry, const Definition& definition);

class WalkCompanion {
 public:
  /// `kind` is the position of the kind of subject that is walked. The exploration must outlive it.
  WalkCompanion(const Exploration& exploration, std::size_t kind) : exploration_(exploration), kind_(kind) {}

  /// Throws std::logic_error where the verifier knows no such move.
  void take(const Decision& decision, const OfficeTree& offices);
  /// The request was brought over from an older version to where it stands.
  void arrive(const Request& request);
  /// In an office with one person for each post, `people` being all: throws where machine and verifier differ on
  /// whether the people of a post may decide. False where in some task nobody may whom the definition asks. The
  /// exploration must remember people.
  bool compare_deciders(const Situation& situation, HeldPosts people) const;

 private:
  using NodeId = Exploration::NodeId;

  void open();
  void follow(const HistoryDraft& entry, const Request& after, bool last, const OfficeTree& offices);
  bool is_done_by(const Move& move, const HistoryDraft& entry, const OfficeTree& offices) const;

  const Exploration& exploration_;
  std::size_t kind_;
  std::set<NodeId> nodes_;  ///< where it may stand by all that was seen
  /// Somebody decided whom the definition does not ask, standing in: of them the verifier remembers nothing.
  bool others_decided_ = false;
};

}  // namespace xueji::test
