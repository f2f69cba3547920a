// What came of a simulation: figures alone, for a table, a picture or a program to show.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "engine/authority/role.hpp"
#include "engine/definition/definition.hpp"

namespace xueji {

/// Of a number of durations, in working days of eight hours.
struct Spread {
  std::int64_t count = 0;
  double mean = 0, p50 = 0, p90 = 0, p99 = 0;
  bool operator==(const Spread&) const = default;
};

struct StateFigures {
  std::string key;
  Text title;
  StateKind kind = StateKind::draft;
  bool has_deadline = false;
  std::int64_t visits = 0;
  Spread time;  ///< of the visits that have ended
  std::int64_t open_at_end = 0;
  std::int64_t reminders = 0;
  std::int64_t breaches = 0;     ///< visits that passed their deadline
  std::int64_t escalations = 0;  ///< of these: somebody else may act too
  std::int64_t expiries = 0;     ///< of these: moved to an end
  bool operator==(const StateFigures&) const = default;
};

/// The tasks that wait for people of one level, those in work included.
struct LevelFigures {
  Level level = Level::school;
  double mean = 0;  ///< over the working hours
  std::int64_t max = 0;
  std::int64_t at_end = 0;
  std::vector<std::int64_t> daily;  ///< at the end of each day
  bool operator==(const LevelFigures&) const = default;
};

/// A role at all offices of one level.
struct PostFigures {
  Level level = Level::school;
  Role role = Role::registrar;
  std::int64_t posts = 0;
  double officers = 0;  ///< of one post
  std::int64_t done = 0;
  double utilisation = 0;  ///< share of the working hours of all its officers that was spent on decisions
  double offered = 0;      ///< the same if all that arrived had been worked: over 1 it can't be done
  Spread wait;             ///< from arrival until an officer takes it up
  bool operator==(const PostFigures&) const = default;
};

struct OutcomeFigures {
  Outcome outcome = Outcome::completed;
  std::int64_t count = 0;
  Spread time;  ///< from opening to the end
  bool operator==(const OutcomeFigures&) const = default;
};

struct SimulationReport {
  std::string definition;  ///< key
  int version = 0;
  Text title;
  std::uint64_t seed = 0;
  Date from;
  int days = 0;
  std::int64_t working_days = 0;
  std::int64_t schools = 0, offices = 0, students = 0;
  std::int64_t wanted = 0;  ///< requests asked for
  std::int64_t opened = 0;
  std::int64_t not_opened = 0;  ///< every student tried had an open request already
  std::int64_t ended = 0;
  std::int64_t nobody_left = 0;  ///< tasks that no officer of their post may decide: they acted before
  std::int64_t events = 0;
  std::vector<StateFigures> states;  ///< in the order of the procedure, without ends
  std::vector<LevelFigures> levels;  ///< from the school upwards, those that hold a state
  std::vector<PostFigures> posts;    ///< the busiest first
  std::vector<OutcomeFigures> outcomes;
  bool operator==(const SimulationReport&) const = default;
};

/// The post whose officers are asked for most of their time; null where nobody works.
const PostFigures* bottleneck(const SimulationReport& report);

/// Tables for a terminal, at most 120 columns.
std::string to_text(const SimulationReport& report);

}  // namespace xueji
