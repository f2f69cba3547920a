#include "cli/bench/queue.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "cli/bench/http_load.hpp"

namespace xueji::bench {

std::vector<Waiting> queue_of(std::uint16_t port, const std::string& token) {
  std::vector<Waiting> all;
  std::string cursor;
  do {
    const auto page =
        boost::json::parse(fetch(port, "/api/v1/tasks?limit=200" + (cursor.empty() ? "" : "&cursor=" + cursor), token));
    for (const auto& item : page.at("items").as_array())
      all.push_back({std::string(item.at("request").as_string()), std::string(item.at("student").at("id").as_string()),
                     std::string(item.at("state").at("key").as_string()),
                     item.at("version").to_number<std::int64_t>()});
    cursor = page.at("next").is_null() ? "" : std::string(page.at("next").as_string());
  } while (!cursor.empty());
  return all;
}

std::string act_on(const Waiting& waiting, const std::string& action, const std::string& token) {
  const std::string headers =
      fmt::format("Content-Type: application/json\r\nIf-Match: \"{1}\"\r\nIdempotency-Key: bench-{0}-{1}\r\n",
                  waiting.request, waiting.version);
  return post("/api/v1/requests/" + waiting.request + "/actions/" + action, token, headers, "{}");
}

}  // namespace xueji::bench
