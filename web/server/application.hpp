// The application behind the listener: one table of routes, from which routing, rights, limits, OpenAPI and the tests'
// matrix come.
#pragma once
#include <boost/json/value.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/authority/caller.hpp"
#include "engine/authority/password_rule.hpp"
#include "engine/ports/accounts.hpp"
#include "engine/ports/audit_trail.hpp"
#include "engine/ports/clock.hpp"
#include "engine/ports/evidence_store.hpp"
#include "engine/ports/identity.hpp"
#include "engine/ports/queries.hpp"
#include "engine/ports/student_handles.hpp"
#include "engine/runtime/directory.hpp"
#include "engine/runtime/machine_room.hpp"
#include "engine/runtime/runtime.hpp"
#include "engine/runtime/staffing_watch.hpp"
#include "web/files/static_files.hpp"
#include "web/http/http.hpp"
#include "web/live/live.hpp"
#include "web/server/worker_pool.hpp"
#include "web/wire/server.hpp"

namespace xueji::web {

class Authentication;

/// Of uploads, for those who are told that they are passed.
struct ScanLimits {
  unsigned megapixels_max = 120;
  unsigned pages_max = 50;
  unsigned decode_seconds = 10;
  unsigned account_mb_per_day = 500;
  unsigned office_mb_per_day = 5000;
};

struct ApplicationOptions {
  std::string version;  ///< of the program
  bool demo = false;
  boost::json::value demo_content;  ///< the body of `GET /demo`
  StaticFiles ui;                   ///< the browser application; empty: `/` is a plain page
  std::string public_origin;        ///< `https://host[:port]`; empty takes the request's own Host
  bool secure_cookies = false;      ///< `Secure` and the `__Host-` prefix; behind TLS
  double rate_per_second = 50;      ///< of one account; the demo is generous
  double rate_burst = 200;
  double finds_per_minute = 20;        ///< of one account: students looked up wherever they are
  double sign_in_per_minute = 10;      ///< failed attempts of one account; of one address ten times as many
  std::chrono::seconds undo_time{10};  ///< in which an act that asked for it can be undone
  unsigned worker_threads = 4;
  std::size_t worker_queue_max = 2048;
  unsigned list_threads = 4;           ///< for lists and searches
  unsigned heavy_threads = 2;          ///< for statistics and files
  unsigned decoder_threads = 2;        ///< scans decoded at once
  std::size_t decoder_queue_max = 16;  ///< each may hold its upload in memory
  ScanLimits scan_limits;
  std::chrono::hours session_lifetime{12};
  std::vector<Role> second_factor_roles{};      ///< whoever holds one of them must have a second factor
  std::chrono::days sealed_after{183};          ///< an account that nobody signed in to for so long; not in the demo
  std::chrono::minutes session_idle{30};        ///< a browser's session ends when it was not used for so long
  std::chrono::milliseconds live_watch{1'000};  ///< between two looks at the sessions of WebSockets
};

/// Everything that the resources use; all references outlive the application.
struct Services {
  Runtime& runtime;
  Queries& queries;
  Accounts& accounts;
  AuditTrail& audit_trail;
  StudentHandles& student_handles;
  Identity& identity;
  const WeakPasswords& weak_passwords;
  EvidenceStore& evidence;
  Directory& directory;
  MachineRoom& machine_room;
  const StaffingFigures& staffing;
  Hub& hub;
  const Clock& clock;
  const SteadyClock& steady;
};

/// A request that was routed and authenticated.
struct Exchange {
  HttpRequest request;
  std::vector<std::string> path;  ///< the values of the pattern's `{…}`, in order
  std::optional<Caller> caller;   ///< present unless the route is public
  std::string session;            ///< hash of the token; empty for public routes
  Language language = Language::zh;
};

class Application : public Handler {
 public:
  Application(Services services, ApplicationOptions options);
  ~Application() override;

  std::size_t body_limit(Method method, std::string_view path) const override;
  bool may_take_long(Method method, std::string_view path) const override;
  void identify(HttpRequest head, std::function<void(Sender)> give) override;
  void handle(HttpRequest request, Reply reply) override;
  HttpResponse problem(int status, std::string_view slug, std::string_view detail_zh, std::string_view detail_en,
                       const Headers& headers) const override;
  LiveGate live_gate();
  /// Figures of the listener for /metrics, once there is one.
  void observe(const Server& server);
  /// Finishes what is under way; after the listener has stopped.
  void stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace xueji::web
