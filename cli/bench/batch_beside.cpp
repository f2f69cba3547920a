#include "cli/bench/batch_beside.hpp"

#include <boost/json.hpp>
#include <chrono>
#include <future>
#include <stdexcept>
#include <thread>
#include <tuple>

#include "cli/bench/http_load.hpp"
#include "cli/bench/queue.hpp"

namespace xueji::bench {
namespace {

namespace json = boost::json;
using Steady = std::chrono::steady_clock;
constexpr std::chrono::seconds batch_time_max{120};
constexpr std::chrono::milliseconds between_looks{50};

double seconds_since(Steady::time_point then) { return std::chrono::duration<double>(Steady::now() - then).count(); }

json::value opened(std::uint16_t port, const WholeClass& pupils) {
  const json::object body{
      {"workflow", "class-change"},
      {"fields", {{"ground", "renamed"}, {"grade", pupils.grade}, {"class", pupils.name}, {"new_class", "9班"}}},
      {"submit", true}};
  return json::parse(
      ask(port, post("/api/v1/requests", pupils.registrar_token,
                     "Content-Type: application/json\r\nIdempotency-Key: bench-batch\r\n", json::serialize(body))));
}

/// How long it took, and of that the opening.
std::pair<double, double> carry_out(std::uint16_t port, const WholeClass& pupils) {
  const auto began = Steady::now();
  const auto request = opened(port, pupils);
  const double opening = seconds_since(began);
  if (request.at("subjectCount").to_number<std::size_t>() != pupils.size)
    throw std::runtime_error("the batch is not about the whole class");
  const std::string id(request.at("id").as_string());
  ask(port, act_on({id, "", "", request.at("version").to_number<std::int64_t>()}, "approve", pupils.head_token));
  while (json::parse(fetch(port, "/api/v1/requests/" + id, pupils.head_token)).at("outcome").is_null()) {
    if (Steady::now() - began > batch_time_max) throw std::runtime_error("the batch was not completed in time");
    std::this_thread::sleep_for(between_looks);
  }
  return {seconds_since(began), opening};
}

}  // namespace

BesideBatch drive_beside_batch(std::uint16_t port, const LivePlan& officers, const WholeClass& pupils) {
  LivePlan first = officers, second = officers;
  const auto half = static_cast<std::ptrdiff_t>(officers.acts.size() / 2);
  first.acts.assign(officers.acts.begin(), officers.acts.begin() + half);
  second.acts.assign(officers.acts.begin() + half, officers.acts.end());
  BesideBatch result;
  result.alone = drive_live(port, first);
  std::future<std::pair<double, double>> batch;
  second.all_connected = [&] { batch = std::async(std::launch::async, [&] { return carry_out(port, pupils); }); };
  result.beside = drive_live(port, second);
  std::tie(result.seconds, result.opening_seconds) = batch.get();
  return result;
}

}  // namespace xueji::bench
