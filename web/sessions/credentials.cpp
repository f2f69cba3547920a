#include "web/sessions/credentials.hpp"

#include <algorithm>

#include "engine/authority/token.hpp"
#include "engine/ports/accounts.hpp"

namespace xueji::web {
namespace {

std::string_view cookie_value(std::string_view cookies, std::string_view name) {
  std::string_view value;
  int found = 0;
  while (!cookies.empty()) {
    const auto end = std::min(cookies.find(';'), cookies.size());
    const auto pair = trimmed(cookies.substr(0, end));
    cookies.remove_prefix(std::min(end + 1, cookies.size()));
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
    value = pair.substr(equals + 1);
    ++found;
  }
  return found == 1 ? value : std::string_view{};
}

std::string cookie_named(std::string_view name, std::string_view token, std::int64_t seconds, bool secure) {
  std::string cookie(name);
  cookie.append("=")
      .append(token)
      .append("; Path=/; HttpOnly; SameSite=Strict; Max-Age=")
      .append(std::to_string(seconds));
  return secure ? cookie + "; Secure" : cookie;
}

}  // namespace

Credentials credentials_of(const Headers& headers, std::string_view cookie_name) {
  static constexpr std::string_view scheme = "Bearer ";
  if (const auto authorization = headers.find("Authorization")) {
    if (authorization->size() <= scheme.size() || !equal_without_case(authorization->substr(0, scheme.size()), scheme))
      return {Credentials::By::bearer, {}};
    return {Credentials::By::bearer, token_hash(trimmed(authorization->substr(scheme.size())))};
  }
  if (const auto cookies = headers.find("Cookie"))
    if (const auto value = cookie_value(*cookies, cookie_name); !value.empty())
      return {Credentials::By::cookie, token_hash(value)};
  return {};
}

Origin origin_of(const Headers& headers, std::string_view own) {
  if (const auto origin = headers.find("Origin"))
    return equal_without_case(*origin, own) ? Origin::own : Origin::foreign;
  if (const auto site = headers.find("Sec-Fetch-Site"))
    return *site == "same-origin" || *site == "none" ? Origin::own : Origin::foreign;
  return Origin::unknown;
}

std::string own_origin(const Headers& headers, const std::string& configured, bool secure) {
  if (!configured.empty()) return configured;
  return std::string(secure ? "https://" : "http://").append(headers.find("Host").value_or(""));
}

std::string_view session_cookie_name(bool secure) { return secure ? "__Host-xueji_session" : "xueji_session"; }

std::string_view device_cookie_name(bool secure) { return secure ? "__Host-xueji_device" : "xueji_device"; }

std::string_view cookie_of(const Headers& headers, std::string_view name) {
  const auto cookies = headers.find("Cookie");
  return cookies ? cookie_value(*cookies, name) : std::string_view{};
}

std::string device_cookie(std::string_view token, bool secure) {
  return cookie_named(device_cookie_name(secure), token, std::chrono::seconds(device_lifetime).count(), secure);
}

std::string session_cookie(std::string_view token, std::int64_t seconds, bool secure) {
  return cookie_named(session_cookie_name(secure), token, seconds, secure);
}

}  // namespace xueji::web
