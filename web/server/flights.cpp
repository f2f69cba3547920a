#include "web/server/flights.hpp"

#include <utility>

namespace xueji::web {

bool Flights::board(const std::string& question, Reply& reply) {
  const std::lock_guard lock(mutex_);
  const auto [flight, is_first] = waiting_.try_emplace(question);
  if (!is_first) {
    flight->second.push_back(std::move(reply));
    return false;
  }
  reply = [this, question, first = std::move(reply)](HttpResponse response) {
    land(question, response);
    first(std::move(response));
  };
  return true;
}

void Flights::land(const std::string& question, const HttpResponse& response) {
  std::vector<Reply> others;
  {
    const std::lock_guard lock(mutex_);
    const auto flight = waiting_.find(question);
    others = std::move(flight->second);
    waiting_.erase(flight);
  }
  for (const auto& reply : others) reply(response);
}

}  // namespace xueji::web
