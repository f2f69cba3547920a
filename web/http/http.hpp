// HTTP as the resources see it: plain values, without Beast.
#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/byte_source.hpp"
#include "engine/base/id.hpp"

namespace xueji::web {

enum class Method { get, head, post, put, patch, del, options };
std::string_view to_string(Method method);
/// Exactly the upper-case word; nothing for any other.
std::optional<Method> parse_method(std::string_view word);
/// Compares ASCII letters without case, as names of header fields are.
bool equal_without_case(std::string_view a, std::string_view b);
/// Without blanks and tabs before and after.
std::string_view trimmed(std::string_view text);
/// 0 to 15, or -1 where it is no hexadecimal digit.
int hex_value(char c);

/// Names compare without case. Strict: each name at most once (the session refuses repeated singletons before this).
class Headers {
 public:
  void add(std::string name, std::string value) { fields_.emplace_back(std::move(name), std::move(value)); }
  std::optional<std::string_view> find(std::string_view name) const;
  auto begin() const { return fields_.begin(); }
  auto end() const { return fields_.end(); }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

struct HttpRequest {
  Method method = Method::get;
  std::string target;                                      ///< as sent, origin form
  std::string path;                                        ///< decoded once; no `..`, NUL, backslash or encoded slash
  std::vector<std::pair<std::string, std::string>> query;  ///< decoded; a repeated key was refused before
  Headers headers;
  std::string body;  ///< within the route's limit
  std::string remote_address;
  std::string request_id;                               ///< ours, also the `instance` of problems and X-Request-Id
  std::shared_ptr<const std::atomic<bool>> departed{};  ///< set when the client has gone; null where nobody watches
};

struct HttpResponse {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;  ///< without Content-Length, Date, Connection
  std::string content_type;                                  ///< empty for none
  std::string body;
  std::shared_ptr<ByteSource> bytes;  ///< sent instead of `body`, when there are any
  std::shared_ptr<const std::string>
      shared_body;  ///< sent instead of `body`, when there is one; many responses share it

  std::string_view content() const { return shared_body ? *shared_body : body; }
};

/// Answers a request exactly once, from any thread.
using Reply = std::function<void(HttpResponse)>;

/// What the Beast sessions need to know of the application. Implemented by Application (application.hpp).
class Handler {
 public:
  virtual ~Handler() = default;
  /// Decided from the head alone, before any of the body is read. 0: no body is accepted.
  virtual std::size_t body_limit(Method method, std::string_view path) const = 0;
  /// Whether it is worth watching if the client still waits, though there is no body.
  virtual bool may_take_long(Method /*method*/, std::string_view /*path*/) const { return false; }
  /// Who sends a body, decided from the head before it is read. `refusal` is what to answer instead; without an account
  /// the call is open to everybody. Called on an I/O thread, answers on any.
  struct Sender {
    AccountId account;
    std::optional<HttpResponse> refusal;
  };
  virtual void identify(HttpRequest head, std::function<void(Sender)> give) = 0;
  /// Called on an I/O thread; must not block it.
  virtual void handle(HttpRequest request, Reply reply) = 0;
  /// A problem document for what the session itself refuses: status, slug, detail in both languages. `headers` are the
  /// request's, as far as they were understood, and our own `X-Request-Id` (the client's is never passed on).
  virtual HttpResponse problem(int status, std::string_view slug, std::string_view detail_zh,
                               std::string_view detail_en, const Headers& headers) const = 0;
};

}  // namespace xueji::web
