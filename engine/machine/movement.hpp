// What moving a request means: arriving in a state, its queue, its timers, its effects, and who is told.
#pragma once
#include <string>
#include <vector>

#include "engine/definition/configuration.hpp"
#include "engine/machine/decide.hpp"

namespace xueji {

struct Places;

/// Where the request stands, as keys alone.
StateConfiguration configuration_of(const Request& request);

/// What an end makes of one student's record.
struct MadeByEnd {
  std::vector<RegistryChange> changes;
  std::vector<ToOpen> opens;
};

/// A decision under way: the request is changed in place, entries are recorded, finish() sets the version.
class Movement {
 public:
  /// `at` is the active state in which something happens; empty for a request that is being opened.
  Movement(const Situation& situation, Request request, std::optional<std::int64_t> replaces, std::string at);

  Request& request() { return decision_.request; }
  /// The active state in which it happens; once it has arrived, the state that it came to.
  const std::string& at() const { return at_; }
  /// The token there; not once its branch has ended: throws ImpossibleMove.
  Token& token();
  Decision& decision() { return decision_; }

  /// An entry for the history that stays in the state.
  void record(AccountId by, std::optional<Holder> as, std::string action, std::string comment = {});
  /// Leads to `to`, a state, `join` or `stop`, by that action and records it. Where an effect can no longer be made or
  /// breaks an invariant of the registry, it goes to refused_to(); it refuses where there is no such state, and then
  /// the movement is of no more use. Throws ImpossibleMove where the tree has no office for the state.
  std::optional<Refusal> arrive(AccountId by, std::optional<Holder> as, const std::string& action,
                                const std::string& to, const std::string& comment);
  /// Comes to that state as a whole, from wherever it stood, by the machine and without effects: a migration.
  void arrive_at(const std::string& state, std::string event, std::string comment);
  /// What the end would make of these records, one or a pair, by their order; refused where it can no longer be made of
  /// one or breaks an invariant. `own` are values of this student alone.
  std::variant<std::vector<MadeByEnd>, Refusal> made_by(const State& end, const std::vector<Student>& records,
                                                        const FieldValues& own = {}) const;
  /// A token that has just come to the state, `join` or `stop`; its checks are forgotten, its task has no number yet.
  Token arrived(const std::string& state);
  /// Tells those whom the definition wants told on that word.
  void inform(const std::string& on, AccountId actor);
  void notify(Notice notice);

  /// One higher version where something was recorded that people can see; new tasks get their numbers; pins the form,
  /// see pinned_form.hpp.
  Decision finish() &&;

 private:
  void follow_pair();
  HistoryDraft entry(AccountId by, std::optional<Holder> as, std::string action, std::string comment) const;
  std::optional<Refusal> end(const State& state, HistoryDraft& entry);
  std::optional<Refusal> end_for_several(const State& state);
  bool is_carried_out_at_once() const;
  ToOpen to_open(const Opening& opening, const Places& places) const;
  void open_awaited(const AwaitedRequest& awaited);
  /// As led_on(), on the ways that record, form and places choose.
  StateConfiguration chosen_from(StateConfiguration there, const IsHeld& is_held,
                                 std::vector<std::string>& notices) const;
  std::size_t way_from(const State& choice) const;
  /// The notices and choices through which it came.
  std::vector<std::string> arrive_refused(const State& elsewhere, HistoryDraft& made, const IsHeld& is_held);
  void record_through(const std::vector<std::string>& notices, HistoryDraft made);
  void arrive_whole(const StateConfiguration& configuration);
  void set_timers(const State& state, Token& token);

  const Situation& situation_;
  Decision decision_;
  std::string at_;
};

}  // namespace xueji
