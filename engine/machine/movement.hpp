// What moving a request means: arriving in a state, its queue, its timers, its effects, and who is told.
#pragma once
#include <string>
#include <vector>

#include "engine/machine/decide.hpp"

namespace xueji {

/// A decision under way: the request is changed in place, entries are recorded, finish() sets the version.
class Movement {
 public:
  Movement(const Situation& situation, Request request, std::optional<std::int64_t> replaces);

  Request& request() { return decision_.request; }
  Decision& decision() { return decision_; }

  /// An entry for the history that stays in the state.
  void record(AccountId by, std::optional<Holder> as, std::string action, std::string comment = {});
  /// Arrives in `to` by that action and records it. Refuses when an effect can no longer be made; then the movement
  /// is of no more use. Throws std::logic_error where the tree has no office for the state.
  std::optional<Refusal> arrive(AccountId by, std::optional<Holder> as, const std::string& action,
                                const std::string& to, const std::string& comment);
  /// Tells those whom the definition wants told on that word.
  void inform(const std::string& on, AccountId actor);
  void notify(Notice notice);

  /// One higher version where something was recorded that people can see.
  Decision finish() &&;

 private:
  HistoryDraft entry(AccountId by, std::optional<Holder> as, std::string action, std::string comment) const;
  std::optional<Refusal> end(const State& state, HistoryDraft& entry);
  void queue(const State& state);

  const Situation& situation_;
  Decision decision_;
};

}  // namespace xueji
