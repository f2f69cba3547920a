// Counts what happens in a simulation, and makes the report of it.
#pragma once
#include <array>
#include <map>

#include "engine/simulation/playbook.hpp"

namespace xueji {

class Tally {
 public:
  Tally(const Playbook& book, const WorkingTime& time) : time_(time), states_(book.states.size()) {}

  void entered(StateNumber state) { ++states_[state].figures.visits; }
  void left(StateNumber state, Seconds since, Seconds now);
  StateFigures& figures(StateNumber state) { return states_[state].figures; }

  void queued(const PostQueue& post, Seconds now);
  void unqueued(const PostQueue& post, Seconds now);
  /// An escalated task also stands in the queue of another post, which wasn't meant to do it.
  void also_queued(const PostQueue& post, Seconds now) { count(post.level, 1, now); }

  void taken_up(const PostQueue& post, Seconds since, Seconds now);
  void worked(const PostQueue& post, Seconds from, Seconds until, bool done);
  void ended(Outcome outcome, Seconds opened, Seconds now);
  void day_is_over(Seconds now);

  /// Fills in states, levels, posts and outcomes.
  void report(const Playbook& book, Seconds end, SimulationReport& report);

 private:
  struct StateTally {
    StateFigures figures;
    std::vector<std::uint32_t> times;
  };
  struct LevelTally {
    std::int64_t count = 0, max = 0;
    double area = 0;
    Seconds counted_until = 0;
    std::vector<std::int64_t> daily;
  };
  struct PostTally {
    Seconds busy = 0;
    std::int64_t arrived = 0, done = 0;
    std::vector<std::uint32_t> waits;
  };
  static constexpr std::size_t levels = level_words.size(), roles = role_words.size() + 1;

  void count(Level level, int change, Seconds now);
  PostTally& of(const PostQueue& post) {
    return posts_[static_cast<std::size_t>(post.level)][static_cast<std::size_t>(post.role)];
  }
  void report_posts(const Playbook& book, Seconds end, SimulationReport& report);

  const WorkingTime& time_;
  std::vector<StateTally> states_;
  std::array<LevelTally, levels> levels_;
  std::array<std::array<PostTally, roles>, levels> posts_;
  std::map<Outcome, std::vector<std::uint32_t>> outcomes_;
};

}  // namespace xueji
