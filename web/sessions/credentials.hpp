// What a request's head says about who sends it, and from which page.
#pragma once
#include <string>
#include <string_view>

#include "web/http/http.hpp"

namespace xueji::web {

struct Credentials {
  enum class By { nothing, cookie, bearer };
  By by = By::nothing;
  std::string session;  ///< hash of the token; empty where there is none or it can't be one
};

/// An Authorization header decides alone; a cookie that is there twice is none.
Credentials credentials_of(const Headers& headers, std::string_view cookie_name);

enum class Origin { own, foreign, unknown };
/// By Origin, else by Sec-Fetch-Site; `unknown` where the client sent neither, as programs do. `own` is the server's
/// origin, such as `https://xueji.example`.
Origin origin_of(const Headers& headers, std::string_view own);
/// The configured origin, or the one that the request's Host names.
std::string own_origin(const Headers& headers, const std::string& configured, bool secure);

/// Empty where there is none of that name, or more than one.
std::string_view cookie_of(const Headers& headers, std::string_view name);
std::string_view session_cookie_name(bool secure);
std::string_view device_cookie_name(bool secure);
/// Half a year.
std::string device_cookie(std::string_view token, bool secure);
std::string session_cookie(std::string_view token, std::int64_t seconds, bool secure);

}  // namespace xueji::web
