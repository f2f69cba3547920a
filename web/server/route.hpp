// One row of the route table.
#pragma once
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "web/server/application.hpp"

namespace xueji::web {

/// What resources work with.
struct Context {
  Services& services;
  const ApplicationOptions& options;
  Authentication& authentication;
};

enum class Access {
  open,       ///< anybody
  signed_in,  ///< any account; the handler cuts to the caller's jurisdiction
  admin       ///< accounts with a post of role admin
};

/// A query parameter of a route; any other is refused with 400.
struct Parameter {
  std::string_view name;
  std::string_view schema;       ///< JSON Schema of its value
  std::string_view description;
};

/// Handlers either answer at once (they may block: run on the worker pool) or answer later (run on the I/O thread,
/// must not block; they submit commands).
using BlockingHandler = HttpResponse (*)(Context&, const Exchange&);
using LaterHandler = void (*)(Context&, Exchange, Reply);

struct Route {
  Method method;
  std::string_view pattern;        ///< `/api/v1/requests/{id}`
  std::string_view operation;      ///< OpenAPI operationId
  std::string_view summary;
  Access access = Access::signed_in;
  BlockingHandler blocking = nullptr;
  LaterHandler later = nullptr;    ///< exactly one of the two
  std::span<const Parameter> parameters{};
  std::string_view body_schema{};  ///< name under components/schemas; empty for none
  int success = 200;
  std::string_view response_schema{};
  std::span<const int> problems{};  ///< statuses beside those that every route may give
  std::size_t body_max = 64 * 1024;
  bool needs_idempotency_key = false;
  bool needs_if_match = false;
};

/// All routes of the API, in the order of the contract.
std::span<const Route> routes();

}  // namespace xueji::web
