// A simulation: a population of schools and officers plays requests through a definition, by a driven clock. Pure: the
// same definition, calendar and options give the same report.
#pragma once
#include <functional>
#include <stdexcept>

#include "engine/simulation/choices.hpp"
#include "engine/simulation/report.hpp"
#include "engine/simulation/simulated_offices.hpp"
#include "engine/simulation/staffing.hpp"
#include "engine/simulation/working_time.hpp"

namespace xueji {

/// How requests arrive over the days: alike, or four times as many in the first days of September.
enum class ArrivalShape { even, september };

struct SimulationOptions {
  std::int64_t requests = 10'000;
  int days = 90;
  Date from{std::chrono::year(2026), std::chrono::September, std::chrono::day(1)};
  ArrivalShape shape = ArrivalShape::even;
  std::uint64_t seed = 1;
  OfficeProportions offices;
  RoleNumbers officers;        ///< whole numbers, of every post
  RoleNumbers minutes;         ///< mean of a decision; exponentially distributed
  double check_seconds = 3;    ///< mean until the national checks answer
  double taken_back_days = 5;  ///< mean working days until a request that is withdrawn is
  double other_days = 20;      ///< mean working days until another request that is waited for has ended
  Shares shares;
  ChosenShares chosen;
};
inline constexpr std::int64_t requests_most = 10'000'000;
inline constexpr int simulated_days_most = 3'650;

/// The options can't be played with this definition; says what to change.
struct UnplayableSimulation : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// One thing that happened, for those who want to follow.
struct SimulatedMove {
  std::int64_t request = 0;  ///< numbered from 1
  OfficeId school;
  std::uint32_t student = 0;
  Instant at;
  std::string_view state;  ///< in which; empty for `open`
  /// `open`, an action, `clear`, `suspect`, `unavailable`, `elapsed`, how another request ended, `reminder`, `overdue`,
  /// `expire`.
  std::string_view event;
  std::string_view to;        ///< a state, `join` or `stop`; empty where it stays
  std::uint32_t officer = 0;  ///< who acted: a number of their own; 0 for the machine
  OfficeId office;            ///< of the officer's post
  Role role = Role::system;
};

struct SimulationWatch {
  std::function<void(std::int64_t opened, std::int64_t all)> progress;  ///< now and then
  std::function<void(const SimulatedMove&, const OfficeTree&)> move;    ///< every one; slow
};

/// Throws UnplayableSimulation.
SimulationReport simulate(const Definition& definition, const Calendar& calendar, const SimulationOptions& options,
                          const SimulationWatch& watch = {});

}  // namespace xueji
