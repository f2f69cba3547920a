#include "cli/bench/batch_beside.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <functional>
#include <future>
#include <stdexcept>
#include <thread>

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

/// The acts in equal parts, one after another.
class Windows {
 public:
  Windows(std::uint16_t port, const LivePlan& officers, std::size_t parts)
      : port_(port), officers_(officers), size_(officers.acts.size() / parts) {}

  /// The p99 of one part, in milliseconds.
  double play(BesideBatch& result, const std::function<void()>& all_connected = {}) {
    LivePlan part = officers_;
    const auto first = officers_.acts.begin() + static_cast<std::ptrdiff_t>(size_ * played_++);
    part.acts.assign(first, first + static_cast<std::ptrdiff_t>(size_));
    part.all_connected = all_connected;
    const LiveResult live = drive_live(port_, part);
    result.wrong += live.wrong;
    result.resyncs += live.resyncs;
    return live.answer_p99_ms;
  }

 private:
  std::uint16_t port_;
  const LivePlan& officers_;
  std::size_t size_, played_ = 0;
};

}  // namespace

Fluctuation fluctuation_of(std::vector<double> figures) {
  if (figures.empty()) return {};
  std::sort(figures.begin(), figures.end());
  const std::size_t half = figures.size() / 2;
  return {figures.front(), (figures[half] + figures[(figures.size() - 1) / 2]) / 2, figures.back()};
}

BesideBatch drive_beside_batches(std::uint16_t port, const LivePlan& officers, std::span<const WholeClass> classes,
                                 std::size_t windows) {
  Windows acts(port, officers, 2 * classes.size() * windows);
  BesideBatch result;
  for (const WholeClass& pupils : classes) {
    for (std::size_t n = 0; n < windows; ++n) result.alone_p99_ms.push_back(acts.play(result));
    std::future<std::pair<double, double>> batch;
    const auto begin = [&] { batch = std::async(std::launch::async, [&] { return carry_out(port, pupils); }); };
    result.beside_p99_ms.push_back(acts.play(result, begin));
    for (std::size_t n = 1; n < windows && batch.wait_for(std::chrono::seconds{0}) == std::future_status::timeout; ++n)
      result.beside_p99_ms.push_back(acts.play(result));
    const auto [seconds, opening] = batch.get();
    result.seconds.push_back(seconds);
    result.opening_seconds.push_back(opening);
  }
  return result;
}

}  // namespace xueji::bench
