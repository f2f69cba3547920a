#include <fmt/format.h>

#include "engine/simulation/report.hpp"

namespace xueji {
namespace {

std::string percent(double share) { return fmt::format("{:.1f} %", share * 100); }

std::string spread(const Spread& spread) {
  return fmt::format("{:>9.2f} {:>9.2f} {:>9.2f} {:>9.2f}", spread.mean, spread.p50, spread.p90, spread.p99);
}

std::string heading(const SimulationReport& report) {
  const std::string turned_away =
      report.not_opened > 0 ? fmt::format("; {} more found only students with an open request", report.not_opened) : "";
  return fmt::format(
      "{} version {}: {} / {}\n{} days from {} ({} working days), seed {}; {} schools, {} offices, {} students\n"
      "{} requests opened, {} ended, {} open at the end{}\n",
      report.definition, report.version, report.title.zh, report.title.en, report.days, to_string(report.from),
      report.working_days, report.seed, report.schools, report.offices, report.students, report.opened, report.ended,
      report.opened - report.ended, turned_away);
}

std::string states(const SimulationReport& report) {
  std::string text = fmt::format("\n{:<26} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}\n", "state (working days)",
                                 "visits", "mean", "p50", "p90", "p99", "at end", "overdue");
  for (const StateFigures& state : report.states) {
    const auto overdue = state.has_deadline && state.visits > 0
                             ? percent(static_cast<double>(state.breaches) / static_cast<double>(state.visits))
                             : std::string("-");
    text += fmt::format("{:<26} {:>9} {} {:>9} {:>9}\n", state.key, state.visits, spread(state.time), state.open_at_end,
                        overdue);
  }
  return text;
}

std::string deadlines(const SimulationReport& report) {
  std::string text =
      fmt::format("\n{:<26} {:>9} {:>9} {:>9} {:>9}\n", "deadlines", "reminders", "overdue", "escalated", "expired");
  for (const StateFigures& state : report.states)
    if (state.has_deadline)
      text += fmt::format("{:<26} {:>9} {:>9} {:>9} {:>9}\n", state.key, state.reminders, state.breaches,
                          state.escalations, state.expiries);
  return text;
}

std::string levels(const SimulationReport& report) {
  std::string text = fmt::format("\n{:<26} {:>9} {:>9} {:>9}\n", "tasks waiting at level", "mean", "max", "at end");
  for (const LevelFigures& level : report.levels)
    text += fmt::format("{:<26} {:>9.1f} {:>9} {:>9}\n", to_string(level.level), level.mean, level.max, level.at_end);
  return text;
}

std::string name_of(const PostFigures& post) {
  return fmt::format("{} at {}", to_string(post.role), to_string(post.level));
}

std::string posts(const SimulationReport& report) {
  std::string text = fmt::format("\n{:<26} {:>9} {:>9} {:>9} {:>9} {:>9} {:>14}\n", "officers", "posts", "of each",
                                 "decisions", "busy", "demanded", "wait (days)");
  for (const PostFigures& post : report.posts)
    text += fmt::format("{:<26} {:>9} {:>9} {:>9} {:>9} {:>9} {:>14.2f}\n", name_of(post), post.posts, post.officers,
                        post.done, percent(post.utilisation), percent(post.offered), post.wait.mean);
  if (const PostFigures* post = bottleneck(report))
    text += fmt::format(
        "bottleneck: {}, {}\n", name_of(*post),
        post->offered > 1 ? fmt::format("asked for {} of its time: more arrives than it can do", percent(post->offered))
                          : fmt::format("asked for {} of its time", percent(post->offered)));
  if (report.nobody_left > 0)
    text +=
        fmt::format("{} tasks found no officer at their post who had not acted on them before (separation of duties)\n",
                    report.nobody_left);
  return text;
}

std::string outcomes(const SimulationReport& report) {
  std::string text = fmt::format("\n{:<26} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}\n", "outcome (working days)", "requests",
                                 "share", "mean", "p50", "p90", "p99");
  for (const OutcomeFigures& outcome : report.outcomes)
    text += fmt::format("{:<26} {:>9} {:>9} {}\n", to_string(outcome.outcome), outcome.count,
                        percent(static_cast<double>(outcome.count) / static_cast<double>(report.ended)),
                        spread(outcome.time));
  return text;
}

}  // namespace

std::string to_text(const SimulationReport& report) {
  return heading(report) + states(report) + deadlines(report) + levels(report) + posts(report) + outcomes(report);
}

}  // namespace xueji
