#include "cli/serve_command.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <iostream>
#include <iterator>
#include <stop_token>

#include "adapters/central/http_central_registry.hpp"
#include "adapters/identity/argon2_identity.hpp"
#include "cli/commit_listener.hpp"
#include "cli/demo/demo_data.hpp"
#include "cli/housekeeping.hpp"
#include "cli/live_requests.hpp"
#include "cli/logging.hpp"
#include "cli/migration_progress.hpp"
#include "cli/proving/proving_child.hpp"
#include "cli/setup/console.hpp"
#include "cli/setup/installation.hpp"
#include "cli/setup/password_input.hpp"
#include "cli/setup/system_clock.hpp"
#include "cli/stop_signals.hpp"
#include "cli/ui_folder.hpp"
#include "engine/runtime/deployment_watch.hpp"
#include "engine/runtime/machine_room.hpp"
#include "engine/runtime/runtime.hpp"
#include "engine/runtime/staffing_watch.hpp"
#include "engine/verify/missing.hpp"
#include "web/live/live.hpp"
#include "web/server/application.hpp"
#include "web/wire/server.hpp"

namespace xueji {
namespace {

constexpr std::size_t remembered_entries = 65'536;
constexpr std::size_t remembered_page = 4096;
constexpr std::chrono::milliseconds look_for_deployments{500};

/// At the start, so that whoever operates the server reads it; the page of health says it too.
void log_missing(const Directory& directory, Instant now) {
  const auto catalog = directory.catalog();
  std::vector<const Definition*> definitions;
  for (const Catalog::Entry& each : catalog->all()) definitions.push_back(each.definition.get());
  for (const Missing& missing : missing_for(*directory.calendar(), definitions, china_date(now)))
    spdlog::warn("{}: {}; {}", missing.rule, missing.what.en, missing.advice.en);
}

void log_warning(std::string_view message) { spdlog::warn("{}", message); }

web::ServerOptions server_options(const Configuration& configuration) {
  const auto& given = configuration.server;
  web::ServerOptions options;
  options.address = given.address;
  options.port = given.port;
  options.io_threads = given.io_threads;
  options.connections_max = given.connections_max;
  options.websockets_per_account_max = given.websockets_per_account_max;
  options.header_timeout = std::chrono::seconds{given.header_seconds};
  options.idle_timeout = std::chrono::seconds{given.idle_seconds};
  options.write_timeout = std::chrono::seconds{given.write_seconds};
  options.websocket_idle = std::chrono::seconds{given.websocket_idle_seconds};
  constexpr std::size_t kb = 1024, mb = kb * kb;
  options.bodies_bytes_max = given.bodies_mb * mb;
  options.account_bodies_bytes_max = given.account_bodies_mb * mb;
  options.anonymous_bodies_bytes_max = given.anonymous_bodies_mb * mb;
  options.body_rate_min = given.body_kb_per_second * kb;
  options.drain = std::chrono::seconds{given.drain_seconds};
  options.tls_only = given.secure_cookies;
  return options;
}

std::vector<Role> second_factor_roles(std::string_view listed) {
  std::vector<Role> roles;
  while (!listed.empty()) {
    const auto end = std::min(listed.find(','), listed.size());
    const auto word = listed.substr(0, end);
    const auto role = parse_role(word);
    if (!role || *role == Role::system)
      throw UsageError(fmt::format(
          "accounts.second_factor_roles: there is no role {}; take registrar, head, reviewer, approver or admin",
          word));
    roles.push_back(*role);
    listed.remove_prefix(std::min(end + 1, listed.size()));
  }
  return roles;
}

web::ApplicationOptions application_options(const Configuration& configuration) {
  web::ApplicationOptions options;
  options.version = XUEJI_VERSION;
  options.public_origin = configuration.server.public_origin;
  options.secure_cookies = configuration.server.secure_cookies;
  options.rate_per_second = configuration.accounts.rate_per_second;
  options.rate_burst = configuration.accounts.rate_burst;
  options.finds_per_minute = configuration.accounts.finds_per_minute;
  options.sign_in_per_minute = configuration.accounts.sign_in_per_minute;
  options.undo_time = std::chrono::seconds{configuration.pipeline.undo_seconds};
  options.worker_threads = configuration.server.worker_threads;
  options.list_threads = configuration.store.list_sessions;
  options.heavy_threads = configuration.store.heavy_sessions;
  options.worker_queue_max = configuration.server.worker_queue_max;
  const auto& evidence = configuration.evidence;
  options.decoder_threads = evidence.decoders;
  options.decoder_queue_max = evidence.decoders_queue_max;
  options.scan_limits = {evidence.megapixels_max, evidence.pages_max, evidence.decode_seconds,
                         evidence.account_mb_per_day, evidence.office_mb_per_day};
  options.session_lifetime = std::chrono::hours{configuration.accounts.session_hours};
  options.sealed_after = std::chrono::days{configuration.accounts.sealed_after_days};
  options.second_factor_roles = second_factor_roles(configuration.accounts.second_factor_roles);
  options.session_idle = std::chrono::minutes{configuration.accounts.session_idle_minutes};
  return options;
}

std::unique_ptr<CentralRegistry> make_central_registry(const Configuration& configuration) {
  try {
    const auto& checks = configuration.checks;
    return std::make_unique<HttpCentralRegistry>(
        HttpCentralRegistryOptions{checks.national_url, std::chrono::seconds{checks.timeout_seconds},
                                   checks.national_authorities, checks.national_certificate, checks.national_key});
  } catch (const std::invalid_argument& error) {
    throw UsageError(std::string{"checks.national_…: "} + error.what());
  }
}

/// The newest entries, oldest first, so that browsers resume over a restart. Answers up to which.
HistoryId remember_events(web::Hub& hub, Queries& queries) {
  const std::int64_t newest = queries.newest_history().value;
  HistoryId after{std::max<std::int64_t>(0, newest - static_cast<std::int64_t>(remembered_entries))};
  std::vector<OutboxRow> rows;
  for (;;) {
    auto page = queries.outbox(after, remembered_page);
    if (page.empty()) break;
    after = page.back().id;
    std::move(page.begin(), page.end(), std::back_inserter(rows));
  }
  const HistoryId last = rows.empty() ? HistoryId{newest} : std::max(HistoryId{newest}, rows.back().id);
  hub.remember(std::move(rows));
  return last;
}

std::string address_for_people(const Configuration& configuration, std::uint16_t port) {
  const std::string& address = configuration.server.address;
  const bool six = address.find(':') != std::string::npos;
  return fmt::format("http://{}:{}", six ? "[" + address + "]" : address, port);
}

void announce(const Configuration& configuration, std::uint16_t port, bool demo, bool has_ui) {
  const std::string address = address_for_people(configuration, port);
  std::cout << "xueji: " << address << '\n';
  if (has_ui)
    std::cout << "Open this address in a browser; the API is described at " << address << "/docs\n";
  else
    std::cout << "Without the browser application; the API is described at " << address << "/docs\n";
  if (demo) {
    std::cout << "Demo accounts, all with the password " << demo::password << ":\n"
              << "  registrar, head (school 1) · registrar2 (a school of another county)\n"
              << "  county, county-approver (authority of school 1) · county2\n"
              << "  province, province-approver · province2 · ministry, ministry-approver · admin, admin2\n";
  }
  std::cout << std::flush;
}

/// Members in the order in which they need each other; destroyed in the reverse.
class Serving {
 public:
  /// `stop` ends proofs under way, here and later.
  Serving(const Configuration& configuration, bool demo, std::stop_token stop)
      : configuration_(configuration),
        prove_(prover_for(configuration, log_warning, std::move(stop))),
        port_(configuration.server.address, configuration.server.port),
        database_(
            open_database(configuration, tell_migration([](const std::string& line) { spdlog::info("{}", line); }))),
        application_options_(application_options(configuration)) {
    weak_passwords_ = open_weak_passwords(configuration);
    application_options_.ui = read_ui(configuration);
    if (demo)
      prepare_demo();
    else
      refuse_demo_accounts();
    const DefinitionId before = database_->definitions().newest_definition();
    directory_ = open_directory(configuration, *database_, prove_);
    log_missing(*directory_, clock_.now());
    bring_live_requests(*database_, *directory_, clock_, before);
    decoder_ = open_scan_decoder(configuration);
    evidence_ = open_evidence(configuration, *database_, clock_, decoder_.get());
    if (const auto why = evidence_->unavailable(); !why.empty()) spdlog::error("uploads are refused: {}", why);
    central_ = make_central_registry(configuration);
    hub_ = std::make_unique<web::Hub>(*directory_, clock_, web::HubOptions{remembered_entries});
    const HistoryId told = remember_events(*hub_, database_->queries());
    listener_ = std::make_unique<CommitListener>(*hub_, *directory_);
    follower_ = std::make_unique<CommitFollower>(database_->queries(), *listener_, told);
    runtime_ = std::make_unique<Runtime>(database_->store(), clock_, *directory_, *follower_, runtime_options());
    machine_room_ = std::make_unique<MachineRoom>(database_->store(), database_->queries(), *central_, clock_,
                                                  *directory_, *runtime_, machine_room_options());
    listener_->set_machine_room(machine_room_.get());
    staffing_watch_ = std::make_unique<StaffingWatch>(database_->queries(), database_->accounts(), clock_, *directory_,
                                                      *runtime_, staffing_watch_options());
    listener_->set_staffing_watch(staffing_watch_.get());
    application_ = std::make_unique<web::Application>(
        web::Services{*runtime_, database_->queries(), database_->accounts(), database_->audit_trail(),
                      database_->student_handles(), identity_, weak_passwords_, *evidence_, *directory_, *machine_room_,
                      staffing_watch_->figures(), *hub_, clock_, steady_},
        application_options_);
    server_ = std::make_unique<web::Server>(*application_, *hub_, application_->live_gate(), "/api/v1/events",
                                            server_options(configuration), std::move(port_));
    application_->observe(*server_);
    deployment_watch_ = std::make_unique<DeploymentWatch>(database_->definitions(), *directory_, *follower_,
                                                          look_for_deployments, prove_, log_warning);
    housekeeping_ = std::make_unique<Housekeeping>(*evidence_, database_->accounts(), database_->audit_trail(), clock_,
                                                   std::chrono::hours{configuration.evidence.keep_unreferenced_hours},
                                                   std::chrono::days{configuration.accounts.audit_keep_days});
  }

  web::Server& server() { return *server_; }
  bool has_ui() const { return !application_options_.ui.is_empty(); }

  /// After the listener has drained: nobody asks any more, and what was accepted is finished.
  void stop() {
    housekeeping_.reset();
    deployment_watch_.reset();
    application_->stop();
    hub_->stop();
    staffing_watch_->stop();
    machine_room_->stop();
    runtime_->stop();
  }

 private:
  void refuse_demo_accounts() {
    if (const auto username = demo::account_with_published_password(database_->accounts(), demo::make_demo_world()))
      throw UsageError(fmt::format(
          "the account `{}` of the demonstration has the password that everybody can read: serve it with --demo, or "
          "give such accounts another password (`xueji account set-password`) or disable them first",
          *username));
  }
  void prepare_demo() {
    const auto world = demo::make_demo_world();
    demo::ensure_demo_data(configuration_, *database_, world, clock_.now(), prove_);
    application_options_.demo = true;
    application_options_.demo_content = demo::demo_content(world, database_->queries());
  }
  RuntimeOptions runtime_options() const {
    RuntimeOptions options;
    options.queue_max = configuration_.pipeline.queue_max;
    options.batch_max = configuration_.pipeline.batch_max;
    options.log = log_warning;
    return options;
  }
  MachineRoomOptions machine_room_options() const {
    MachineRoomOptions options;
    options.poll = std::chrono::milliseconds{configuration_.checks.poll_ms};
    options.check_threads = configuration_.checks.threads;
    options.log = log_warning;
    return options;
  }

  static StaffingWatchOptions staffing_watch_options() {
    StaffingWatchOptions options;
    options.log = log_warning;
    return options;
  }

  const Configuration& configuration_;
  const Prove prove_;
  web::BoundPort port_;  ///< before the data are touched, which another server may be serving
  SystemClock clock_;
  Argon2Identity identity_;
  WeakPasswords weak_passwords_;
  SystemSteadyClock steady_;
  std::unique_ptr<Database> database_;
  web::ApplicationOptions application_options_;
  std::unique_ptr<Directory> directory_;
  std::unique_ptr<ScanDecoder> decoder_;
  std::unique_ptr<EvidenceStore> evidence_;
  std::unique_ptr<CentralRegistry> central_;
  std::unique_ptr<web::Hub> hub_;
  std::unique_ptr<CommitListener> listener_;
  std::unique_ptr<CommitFollower> follower_;
  std::unique_ptr<Runtime> runtime_;
  std::unique_ptr<MachineRoom> machine_room_;
  std::unique_ptr<StaffingWatch> staffing_watch_;
  std::unique_ptr<web::Application> application_;
  std::unique_ptr<web::Server> server_;
  std::unique_ptr<DeploymentWatch> deployment_watch_;
  std::unique_ptr<Housekeeping> housekeeping_;
};

int serve(const Configuration& configuration, bool demo, const std::stop_token& stop) {
  Serving serving{configuration, demo, stop};
  web::Server& server = serving.server();
  const std::stop_callback stop_server{stop, [&server] { server.stop(); }};
  announce(configuration, server.port(), demo, serving.has_ui());
  spdlog::info("serving at {}", address_for_people(configuration, server.port()));
  server.run();
  serving.stop();
  spdlog::info("stopped");
  return exit_done;
}

int serve_until_signalled(const Configuration& configuration, bool demo) {
  StopSignals signals;
  start_logging(configuration.log.level);
  std::stop_source stopping;
  signals.on_signal([stopping]() mutable {
    spdlog::info("stopping");
    stopping.request_stop();
  });
  try {
    return serve(configuration, demo, stopping.get_token());
  } catch (const ProofEnded&) {
    spdlog::info("stopped before it served");
    return exit_done;
  }
}

}  // namespace

int run_serve(const Configuration& configuration, bool demo) {
  if (demo && !is_loopback(configuration.server.address))
    throw UsageError(fmt::format(
        "--demo has well-known passwords and only listens on loopback, not on {}; take 127.0.0.1 or leave out --demo",
        configuration.server.address));
  const int status = serve_until_signalled(configuration, demo);
  stop_logging();
  return status;
}

}  // namespace xueji
