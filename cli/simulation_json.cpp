#include "cli/simulation_json.hpp"

#include <boost/json.hpp>

namespace xueji {
namespace {

namespace json = boost::json;

json::object object_of(const Spread& spread) {
  return {
      {"count", spread.count}, {"mean", spread.mean}, {"p50", spread.p50}, {"p90", spread.p90}, {"p99", spread.p99}};
}

json::object object_of(const Text& text) { return {{"zh", text.zh}, {"en", text.en}}; }

json::object object_of(const StateFigures& state) {
  return {{"key", state.key},
          {"title", object_of(state.title)},
          {"kind", to_string(state.kind)},
          {"visits", state.visits},
          {"time", object_of(state.time)},
          {"open_at_end", state.open_at_end},
          {"reminders", state.reminders},
          {"overdue", state.breaches},
          {"escalated", state.escalations},
          {"expired", state.expiries}};
}

json::object object_of(const LevelFigures& level) {
  return {{"level", to_string(level.level)},
          {"mean", level.mean},
          {"max", level.max},
          {"at_end", level.at_end},
          {"daily", json::array(level.daily.begin(), level.daily.end())}};
}

json::object object_of(const PostFigures& post) {
  return {{"level", to_string(post.level)}, {"role", to_string(post.role)}, {"posts", post.posts},
          {"officers", post.officers},      {"decisions", post.done},       {"busy", post.utilisation},
          {"demanded", post.offered},       {"wait", object_of(post.wait)}};
}

json::object object_of(const OutcomeFigures& outcome) {
  return {{"outcome", to_string(outcome.outcome)}, {"count", outcome.count}, {"time", object_of(outcome.time)}};
}

template <class Figures>
json::array array_of(const std::vector<Figures>& all) {
  json::array array;
  for (const Figures& each : all) array.push_back(object_of(each));
  return array;
}

}  // namespace

std::string to_json(const SimulationReport& report) {
  json::object document{{"definition", report.definition},
                        {"version", report.version},
                        {"title", object_of(report.title)},
                        {"seed", report.seed},
                        {"from", to_string(report.from)},
                        {"days", report.days},
                        {"working_days", report.working_days},
                        {"schools", report.schools},
                        {"offices", report.offices},
                        {"students", report.students},
                        {"wanted", report.wanted},
                        {"opened", report.opened},
                        {"not_opened", report.not_opened},
                        {"ended", report.ended},
                        {"nobody_left", report.nobody_left},
                        {"events", report.events},
                        {"states", array_of(report.states)},
                        {"levels", array_of(report.levels)},
                        {"posts", array_of(report.posts)},
                        {"outcomes", array_of(report.outcomes)}};
  const PostFigures* post = bottleneck(report);
  document["bottleneck"] = post ? json::value(object_of(*post)) : json::value();
  return json::serialize(document);
}

}  // namespace xueji
