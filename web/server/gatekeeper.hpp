// What is asked of every request between routing and its resource.
#pragma once
#include <optional>

#include "web/json/problem.hpp"
#include "web/server/route.hpp"
#include "web/sessions/authentication.hpp"
#include "web/sessions/rate_limiter.hpp"

namespace xueji::web {

/// Safe from any thread; never blocks.
class Gatekeeper {
 public:
  Gatekeeper(const Authentication& authentication, const Clock& clock, const SteadyClock& steady,
             double rate_per_second, double rate_burst);
  /// Pages of other sites may not use a signed-in browser, nor sign it in.
  std::optional<Problem> check_origin(const Route& route, const HttpRequest& request) const;
  /// Rate, whether the caller is who was meant, rights of the route, query parameters, the headers that it needs.
  std::optional<Problem> check(const Route& route, const Exchange& exchange);
  /// A WebSocket by cookie must come from a page of this server; from a foreign page none may come.
  std::optional<Problem> check_live(const HttpRequest& request) const;

 private:
  const Authentication& authentication_;
  const Clock& clock_;
  const SteadyClock& steady_;
  RateLimiter rate_;
};

/// What the caller must do before anything else.
std::optional<Problem> first_duty(const Caller& caller);
Problem unauthenticated();
/// Whether its calls take `X-Acting-As`: the account that the caller means to act as.
bool changes_something(const Route& route);
/// 1 to 128 visible ASCII characters.
bool is_idempotency_key(std::string_view key);
/// The version of `"N"`; nothing for anything else, weak tags and `*` included.
std::optional<std::int64_t> version_of_tag(std::string_view tag);

}  // namespace xueji::web
