// A second, simple model of what must hold, fed with the history alone: acts that stand, separation of duties, effects,
// and the sentences of `always:`. Shares nothing with the verifier but the definition.
#pragma once
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/machine/migration.hpp"

namespace xueji::test {

class WalkAuditor {
 public:
  WalkAuditor(const Definition& definition, const OfficeTree& offices) : definition_(definition), offices_(offices) {}

  /// Throws std::logic_error, saying what, where the decision breaks a rule. `before` is nothing for an opening.
  void take(const Request* before, const Decision& decision);
  /// The definition has become another version, which took the request over to where it stands now. The older one must
  /// still be there.
  void bring_over(const Migration& migration, const Request& now);

 private:
  struct Done {
    const State* state;
    std::string event;
    AccountId by;
    std::optional<Holder> as;
  };

  void follow(const HistoryDraft& entry, const Request* before, const Decision& decision);
  std::optional<Holder> acted_for(const HistoryDraft& entry, const State& from, const Request* before) const;
  void arrive(const State& state);
  bool is_called_back(const State& from, const HistoryDraft& entry) const;
  void audit_people(const HistoryDraft& entry, const State& from) const;
  void audit_end(const State& end, const Decision& decision) const;
  void audit_sentences(const Request& request) const;
  bool is_about(const Invariant& invariant, const Request& request) const;
  bool is_done(const Invariant& invariant, const ActPattern& pattern, const Request& request) const;
  bool matches(const ActPattern& pattern, const Done& done, const Request& request) const;

  const Definition& definition_;
  const OfficeTree& offices_;
  std::vector<Done> standing_, since_draft_;
  std::vector<std::pair<AccountId, const State*>> decided_;  ///< since the submission
  std::set<AccountId> submitters_;
  AccountId opener_;
};

}  // namespace xueji::test
