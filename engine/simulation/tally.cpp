#include "engine/simulation/tally.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace xueji {
namespace {

constexpr double minute = 60;

double in_days(double working_seconds) { return working_seconds / static_cast<double>(seconds_of_working_day); }

/// The smallest value that so great a share of all does not exceed.
double percentile(std::vector<std::uint32_t>& values, double share) {
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
  const auto place = values.begin() + static_cast<std::ptrdiff_t>(std::max(rank, std::size_t{1}) - 1);
  std::nth_element(values.begin(), place, values.end());
  return in_days(*place);
}

Spread spread_of(std::vector<std::uint32_t>& values) {
  Spread spread;
  spread.count = static_cast<std::int64_t>(values.size());
  if (values.empty()) return spread;
  spread.mean = in_days(std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size()));
  spread.p50 = percentile(values, 0.5);
  spread.p90 = percentile(values, 0.9);
  spread.p99 = percentile(values, 0.99);
  return spread;
}

}  // namespace

void Tally::left(StateNumber state, Seconds since, Seconds now) {
  states_[state].times.push_back(static_cast<std::uint32_t>(time_.worked(now) - time_.worked(since)));
}

void Tally::count(Level level, int change, Seconds now) {
  LevelTally& tally = levels_[static_cast<std::size_t>(level)];
  const Seconds worked = time_.worked(now);
  tally.area += static_cast<double>(tally.count) * static_cast<double>(worked - tally.counted_until);
  tally.counted_until = worked;
  tally.count += change;
  tally.max = std::max(tally.max, tally.count);
}

void Tally::queued(const PostQueue& post, Seconds now) {
  count(post.level, 1, now);
  ++of(post).arrived;
}

void Tally::unqueued(const PostQueue& post, Seconds now) { count(post.level, -1, now); }

void Tally::taken_up(const PostQueue& post, Seconds since, Seconds now) {
  of(post).waits.push_back(static_cast<std::uint32_t>(time_.worked(now) - time_.worked(since)));
}

void Tally::worked(const PostQueue& post, Seconds from, Seconds until, bool done) {
  of(post).busy += time_.worked(until) - time_.worked(from);
  if (done) ++of(post).done;
}

void Tally::ended(Outcome outcome, Seconds opened, Seconds now) {
  outcomes_[outcome].push_back(static_cast<std::uint32_t>(time_.worked(now) - time_.worked(opened)));
}

void Tally::day_is_over(Seconds now) {
  for (std::size_t level = 0; level < levels; ++level) {
    count(static_cast<Level>(level), 0, now);
    levels_[level].daily.push_back(levels_[level].count);
  }
}

void Tally::report(const Playbook& book, Seconds end, SimulationReport& report) {
  for (std::size_t number = 0; number < states_.size(); ++number) {
    const State& state = *book.states[number].state;
    if (state.kind == StateKind::end) continue;
    StateFigures figures = states_[number].figures;
    figures.key = state.key;
    figures.title = state.title;
    figures.kind = state.kind;
    figures.has_deadline = state.deadline.has_value();
    figures.time = spread_of(states_[number].times);
    figures.open_at_end = figures.visits - figures.time.count;
    report.states.push_back(std::move(figures));
  }
  report_posts(book, end, report);
  for (std::size_t level = levels; level-- > 0;) {
    LevelTally& tally = levels_[level];
    count(static_cast<Level>(level), 0, end);
    if (tally.max == 0) continue;
    const auto worked = static_cast<double>(std::max(time_.worked(end), Seconds{1}));
    report.levels.push_back({static_cast<Level>(level), tally.area / worked, tally.max, tally.count, tally.daily});
  }
  for (auto& [outcome, times] : outcomes_)
    report.outcomes.push_back({outcome, static_cast<std::int64_t>(times.size()), spread_of(times)});
}

void Tally::report_posts(const Playbook& book, Seconds end, SimulationReport& report) {
  std::map<std::pair<Level, Role>, PostFigures> all;
  for (const PostQueue& post : book.posts) {
    PostFigures& figures = all[{post.level, post.role}];
    ++figures.posts;
    figures.level = post.level;
    figures.role = post.role;
    figures.officers = post.officers;
    figures.offered = post.minutes;
  }
  for (auto& [key, figures] : all) {
    PostTally& tally = posts_[static_cast<std::size_t>(key.first)][static_cast<std::size_t>(key.second)];
    const double capacity =
        std::max(1.0, static_cast<double>(figures.posts) * figures.officers * static_cast<double>(time_.worked(end)));
    figures.done = tally.done;
    figures.utilisation = static_cast<double>(tally.busy) / capacity;
    figures.offered = static_cast<double>(tally.arrived) * figures.offered * minute / capacity;
    figures.wait = spread_of(tally.waits);
    report.posts.push_back(figures);
  }
  std::stable_sort(report.posts.begin(), report.posts.end(),
                   [](const PostFigures& a, const PostFigures& b) { return a.offered > b.offered; });
}

}  // namespace xueji
