// One row of the route table.
#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/ports/read_lane.hpp"
#include "web/server/application.hpp"

namespace xueji::web {

class Authentication;
class Diagrams;
class Metrics;
class People;
class RateLimiter;
class RecordLooks;

/// What resources work with.
struct Context {
  Services& services;
  const ApplicationOptions& options;
  Authentication& authentication;
  People& people;
  RecordLooks& looks;
  RateLimiter& finds;
  Metrics& metrics;
  Diagrams& diagrams;
  std::mutex& departures;  ///< held while asking what posts that go leave undecided, until they are gone
  WorkerPool& workers;     ///< for what blocks: reads, files
  WorkerPool& decoders;    ///< for decoding scans, which takes long and a process each
  WorkerPool& renderers;   ///< for answers to commands, so that the committer goes on
  Instant started_at;
  SteadyTime started;
};

enum class Access {
  open,       ///< anybody
  signed_in,  ///< any account; the handler cuts to the caller's jurisdiction
  admin       ///< accounts with a post of role admin
};

/// A query parameter of a route; any other is refused with 400.
struct Parameter {
  std::string_view name;
  std::string_view schema;  ///< JSON Schema of its value
  std::string_view description;
};

using ExchangePtr = std::shared_ptr<const Exchange>;

/// Handlers either answer at once (they may block: run on the worker pool) or answer later (run on the I/O thread,
/// must not block; they submit commands).
using BlockingHandler = HttpResponse (*)(Context&, const Exchange&);
/// Runs on the worker pool before `blocking`; what it answers is the answer.
using FirstHandler = std::optional<HttpResponse> (*)(Context&, const Exchange&);
using LaterHandler = void (*)(Context&, ExchangePtr, Reply);

struct Route {
  Method method;
  std::string_view pattern;    ///< `/api/v1/requests/{id}`
  std::string_view operation;  ///< OpenAPI operationId
  std::string_view summary;
  Access access = Access::signed_in;
  BlockingHandler blocking = nullptr;
  LaterHandler later = nullptr;     ///< exactly one of the two
  bool password = false;            ///< `blocking` verifies or makes a password: runs on threads of its own
  ReadLane lane = ReadLane::quick;  ///< of what `blocking` reads: each lane has threads and sessions of its own
  bool same_for_posts = false;   ///< whoever holds the same posts is answered the same: asked at once, it is read once
  bool decodes = false;          ///< `blocking` decodes a scan: runs on threads of its own
  FirstHandler first = nullptr;  ///< where there may be nothing left to decode
  std::span<const Parameter> parameters{};
  std::string_view body_schema{};  ///< name under components/schemas; empty for none
  int success = 200;
  int also = 0;  ///< another status of success; 0 for none
  std::string_view response_schema{};
  std::string_view also_schema{};   ///< of `also`; empty: the same
  std::span<const int> problems{};  ///< statuses beside those that every route may give
  std::size_t body_max = 64 * 1024;
  bool needs_idempotency_key = false;
  bool needs_if_match = false;
  std::string_view response_type = "application/json";
  bool only_demo = false;           ///< answered with --demo only
  bool always = false;              ///< also for who must first change the password or set a second factor up
  bool sets_second_factor = false;  ///< then only for whose password is their own
};

/// All routes of the API, in the order of the contract: first those of one's own account, last those for
/// administrators.
std::span<const Route> routes();
std::span<const Route> own_account_routes();
std::span<const Route> search_routes();
std::span<const Route> administration_routes();

}  // namespace xueji::web
