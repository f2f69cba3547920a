// The course of a simulation: events in order of time, requests under way, officers at work.
#pragma once
#include <queue>

#include "engine/simulation/arrivals.hpp"
#include "engine/simulation/tally.hpp"

namespace xueji {

class Play {
 public:
  /// All must outlive it.
  Play(const Definition& definition, const Calendar& calendar, const SimulationOptions& options,
       const SimulatedOffices& offices, Playbook& book, const WorkingTime& time, const SimulationWatch& watch,
       RandomStream& random);

  /// Plays to the end of the last day and fills in what came of it.
  void run(const std::vector<Arrival>& arrivals, SimulationReport& report);

 private:
  enum class EventKind : std::uint8_t { done, answered, elapsed, other_ended, reminder, due, taken_back, opening };
  struct Event {
    Seconds at = 0;
    std::uint64_t order = 0;
    TokenPlace place;  ///< of `opening`: the slot is the post
    EventKind kind = EventKind::done;
    bool operator<(const Event& other) const { return at != other.at ? at > other.at : order > other.order; }
  };
  struct PlayedAct {
    std::size_t column;
    std::uint32_t officer;
  };
  struct PlayedToken {
    std::uint32_t stamp = 0;  ///< 0 where there is none
    StateNumber state = no_state;
    std::uint32_t post = no_post, escalated = no_post;
    std::uint32_t working_post = no_post, officer = 0;  ///< while an officer has it
    Seconds since = 0, due = never, taken_up = 0;
    int attempts = 0;
  };
  struct PlayedRequest {
    std::int64_t number = 0;
    std::uint32_t school = 0, student = 0, opener = 0;
    std::uint32_t configuration = 0;
    std::uint32_t stamp = 0;  ///< tells it from others that had the slot
    Seconds opened = 0, parallel_since = 0;
    std::array<PlayedToken, branches_max> tokens;
  };

  void open(const Arrival& arrival);
  bool find_student(const Arrival& arrival, std::uint32_t& student);
  void happen(const Event& event);
  void remind(const Event& event, PlayedToken& token);
  void fall_due(const Event& event, PlayedToken& token);
  void answer(const Event& event, PlayedToken& token);
  void end_wait(const TokenPlace& place, const PlayedToken& token);
  void take_back(std::uint32_t slot);
  void decide(const TokenPlace& place, PlayedToken& token);

  void move(const TokenPlace& place, std::string_view event, StateNumber to, std::uint32_t officer, std::uint32_t post);
  void choose(PlayedRequest& request);
  void enter_all(std::uint32_t slot);
  void enter(std::uint32_t slot, std::uint32_t branch, StateNumber state);
  void leave(PlayedToken& token, bool done);
  void end(std::uint32_t slot, Outcome outcome);

  void queue(std::uint32_t post, const TokenPlace& place, const PlayedToken& token);
  void work(std::uint32_t post);
  void take_up(std::uint32_t post, std::size_t idle, const TokenPlace& place, PlayedToken& token);
  bool may_decide(std::uint32_t slot, StateNumber state, std::uint32_t officer) const;
  bool any_may_decide(const PostQueue& post, std::uint32_t slot, StateNumber state) const;
  void remember(std::uint32_t slot, const PlayedState& from, const Action& action, std::uint32_t officer);

  ConfigurationTable& table_of(const PlayedRequest& request) { return tables_[book_.kind_of(request.school)]; }
  PlayedToken* token_at(const TokenPlace& place);
  void plan(EventKind kind, Seconds at, const TokenPlace& place);
  void tell(const PlayedRequest& request, StateNumber state, std::string_view event, std::string_view to,
            std::uint32_t officer, std::uint32_t post) const;
  std::string_view word_of(StateNumber to) const;

  const Definition& definition_;
  const Calendar& calendar_;
  const SimulationOptions& options_;
  const SimulatedOffices& offices_;
  Playbook& book_;
  const WorkingTime& time_;
  const SimulationWatch& watch_;
  RandomStream& random_;
  std::vector<ConfigurationTable> tables_;  ///< by kind of school
  Tally tally_;

  Seconds now_ = 0, end_ = 0;
  std::uint64_t order_ = 0;
  std::uint32_t next_stamp_ = 1;
  std::int64_t opened_ = 0, not_opened_ = 0, ended_ = 0, nobody_left_ = 0, events_happened_ = 0;
  std::priority_queue<Event> events_;
  std::vector<PlayedRequest> requests_;
  std::vector<std::uint32_t> free_slots_;
  std::vector<std::vector<PlayedAct>> acts_;  ///< by slot: of this round, and who opened it
  std::vector<bool> is_student_busy_;
};

}  // namespace xueji
