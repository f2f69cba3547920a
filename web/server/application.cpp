#include "web/server/application.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>
#include <typeinfo>

#include "engine/ports/store.hpp"
#include "web/files/diagrams.hpp"
#include "web/http/language.hpp"
#include "web/json/problem_catalog.hpp"
#include "web/live/live_watch.hpp"
#include "web/server/answers.hpp"
#include "web/server/flights.hpp"
#include "web/server/gatekeeper.hpp"
#include "web/server/metrics.hpp"
#include "web/server/record_looks.hpp"
#include "web/server/router.hpp"
#include "web/sessions/authentication.hpp"
#include "web/sessions/people.hpp"

namespace xueji::web {
namespace {

constexpr std::size_t body_max_elsewhere = 64 * 1024;  ///< of paths and methods that no route knows: read, then refused
constexpr unsigned renderer_threads = 2;
constexpr std::size_t renderer_queue_max = 8192;
constexpr std::size_t slow_queue_max = 64;         ///< a quarter of it for one account
constexpr std::chrono::seconds slow_wait_max{10};  ///< in a lane of slow reads; then the answer is 503
constexpr unsigned password_threads = 2;
constexpr std::size_t password_queue_max = 256;
constexpr std::chrono::seconds stop_time_max{15};

/// Calls that the page makes by itself are no use of the session.
Use use_of(const HttpRequest& request) {
  return {!request.headers.find("X-Background").has_value(), request.remote_address};
}

std::string_view instance_of(const Headers& headers) { return headers.find("X-Request-Id").value_or(""); }

AuthenticationOptions authentication_options(const ApplicationOptions& options) {
  return {options.secure_cookies, options.public_origin, options.sign_in_per_minute, options.session_lifetime,
          options.session_idle,   !options.demo,         options.second_factor_roles};
}

}  // namespace

/// A request on its way through the gates; answered by reply().
struct Passage {
  const Route* route = nullptr;
  Exchange exchange;
  Reply reply;
};
using PassagePtr = std::shared_ptr<Passage>;

struct Application::Impl {
  Impl(Services given, ApplicationOptions chosen)
      : services(given),
        options(std::move(chosen)),
        people(services.accounts),
        authentication(services.accounts, services.clock, services.steady, services.identity, people,
                       authentication_options(options)),
        metrics(routes()),
        gatekeeper(authentication, services.clock, services.steady, options.rate_per_second, options.rate_burst),
        looks(services.audit_trail),
        finds(options.finds_per_minute / 60, options.finds_per_minute),
        live_watch(services.hub, authentication, options.live_watch),
        workers(options.worker_threads, options.worker_queue_max),
        lists(options.list_threads, slow_queue_max),
        heavy(options.heavy_threads, slow_queue_max),
        decoders(options.decoder_threads, options.decoder_queue_max),
        renderers(renderer_threads, renderer_queue_max),
        passwords(password_threads, password_queue_max),
        context{services,
                options,
                authentication,
                people,
                looks,
                finds,
                metrics,
                diagrams,
                departures,
                workers,
                decoders,
                renderers,
                services.clock.now(),
                services.steady.now()} {}

  static void refuse(const Passage& passage, const Problem& problem) {
    passage.reply(answer(passage.exchange, problem));
  }

  static void fail(const Passage& passage, const std::exception& error) {
    const auto* store = dynamic_cast<const StoreError*>(&error);
    const char* reason = store ? store->what() : typeid(error).name();
    if (store && (store->kind == StoreError::Kind::busy || store->kind == StoreError::Kind::full)) {
      spdlog::warn("request {} must be repeated: {}", passage.exchange.request.request_id, reason);
      return refuse(passage, busy());
    }
    spdlog::error("request {} failed: {}", passage.exchange.request.request_id, reason);
    refuse(passage, {"internal", {}, {}, {}, {}});
  }

  /// The one last catch of whatever a resource throws.
  template <class Work>
  static void guarded(const Passage& passage, Work work) {
    try {
      work();
    } catch (const BadCursor&) {
      refuse(passage,
             malformed({"游标无效，或属于另一个查询", "The cursor is not valid, or belongs to another query"}));
    } catch (const std::exception& error) {
      fail(passage, error);
    }
  }

  void enter(HttpRequest request, Reply reply) {
    const auto passage = std::make_shared<Passage>();
    Match match = match_route(routes(), request.method, request.path, options.demo);
    auto file = file_of_application(match, request);
    passage->route = file ? &application_route() : match.route;
    passage->exchange = {std::move(request), std::move(match.path), std::nullopt, {}, Language::zh};
    passage->exchange.language = language_of(passage->exchange.request.headers);
    passage->reply = counted(passage->route, std::move(reply));
    guarded(*passage, [&] {
      if (file)
        passage->reply(std::move(*file));
      else if (match.route)
        authenticate(passage);
      else
        answer_unrouted(*passage, match.methods);
    });
  }

  /// The routes go before the files, but for `/`.
  std::optional<HttpResponse> file_of_application(const Match& match, const HttpRequest& request) const {
    const bool may_be_file = match.route ? match.route == &application_route() : match.methods.empty();
    return may_be_file ? options.ui.answer(request) : std::nullopt;
  }

  /// `/`, under which all files are counted.
  static const Route& application_route() {
    static const Route& route = *match_route(routes(), Method::get, "/", false).route;
    return route;
  }

  /// The reply, counted for /metrics and for stop().
  Reply counted(const Route* route, Reply reply) {
    ++under_way;
    return [this, route, reply = std::move(reply), began = std::chrono::steady_clock::now()](HttpResponse response) {
      metrics.count(route, response.status,
                    std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began));
      reply(std::move(response));
      --under_way;
    };
  }

  static void answer_unrouted(const Passage& passage, const std::vector<Method>& methods) {
    if (methods.empty()) return refuse(passage, not_found());
    const std::string allow = allowed_methods(methods);
    if (passage.exchange.request.method == Method::options) {
      HttpResponse response = empty_response();
      response.headers.emplace_back("Allow", allow);
      return passage.reply(std::move(response));
    }
    refuse(passage, {"method-not-allowed", {}, {}, {{"Allow", allow}}, {}});
  }

  void authenticate(const PassagePtr& passage) {
    Exchange& exchange = passage->exchange;
    if (const auto problem = gatekeeper.check_origin(*passage->route, exchange.request))
      return refuse(*passage, *problem);
    if (passage->route->access == Access::open) return admit(passage, false);
    exchange.session = authentication.credentials(exchange.request.headers).session;
    if (exchange.session.empty()) return refuse(*passage, unauthenticated());
    const Use use = use_of(exchange.request);
    if (auto caller = authentication.remembered(exchange.session, use)) {
      exchange.caller = *caller;
      return admit(passage, false);
    }
    const bool posted = workers.post([this, passage, use] {
      guarded(*passage, [&] {
        const auto caller = authentication.look_up(passage->exchange.session, use);
        if (!caller) return refuse(*passage, unauthenticated());
        passage->exchange.caller = *caller;
        admit(passage, true);
      });
    });
    if (!posted) refuse(*passage, busy());
  }

  /// Whose session the headers name; on this thread where it is remembered, else on a worker's.
  void find_caller(const Headers& headers, std::function<void(const Caller&, const std::string& session)> found,
                   std::function<void(const Problem&)> refuse) {
    const auto session = authentication.credentials(headers).session;
    if (session.empty()) return refuse(unauthenticated());
    const Use use{false, {}};
    if (const auto caller = authentication.remembered(session, use)) return found(*caller, session);
    const bool posted = workers.post([this, session, use, found = std::move(found), refuse] {
      try {
        if (const auto caller = authentication.look_up(session, use))
          found(*caller, session);
        else
          refuse(unauthenticated());
      } catch (const StoreError&) {
        refuse(busy());
      }
    });
    if (!posted) refuse(busy());
  }

  /// `on_worker`: this thread may block.
  void admit(const PassagePtr& passage, bool on_worker) {
    Exchange& exchange = passage->exchange;
    const Route& route = *passage->route;
    if (exchange.caller) exchange.language = language_of(exchange.request.headers, exchange.caller->language);
    if (const auto problem = gatekeeper.check(route, exchange)) return refuse(*passage, *problem);
    if (route.later) return route.later(context, ExchangePtr(passage, &passage->exchange), passage->reply);
    if (route.first && !on_worker) return post(workers, passage, [this, passage] { run_first(passage); });
    if (route.first) return run_first(passage);
    if (route.same_for_posts && !flights.board(flight_of(route, exchange), passage->reply)) return;
    if (on_worker && &pool_of(route) == &workers) return run(*passage);
    const auto until = std::chrono::steady_clock::now() + slow_wait_max;
    const auto in_time = [this, passage, until, slow = route.lane != ReadLane::quick] {
      if (slow && std::chrono::steady_clock::now() > until) return refuse(*passage, busy());
      run(*passage);
    };
    post(pool_of(route), passage, in_time, turn_of(route, exchange));
  }

  /// What the answer depends on.
  static std::string flight_of(const Route& route, const Exchange& exchange) {
    const auto& request = exchange.request;
    std::string question = std::string(route.operation) + (exchange.language == Language::zh ? "|zh" : "|en");
    for (const auto& [name, value] : request.query) question += '|' + name + '=' + value;
    for (const char* header : {"Accept", "If-None-Match"})
      question += '|' + std::string(request.headers.find(header).value_or(""));
    std::vector<std::string> posts;
    for (const Post& post : exchange.caller->posts)
      posts.push_back('|' + to_string(post.office) + ' ' + std::string(to_string(post.role)) + ' ' +
                      (post.from ? std::to_string(post.from->time_since_epoch().count()) : "") + ' ' +
                      (post.until ? std::to_string(post.until->time_since_epoch().count()) : ""));
    std::sort(posts.begin(), posts.end());
    for (const auto& post : posts) question += post;
    return question;
  }

  WorkerPool& pool_of(const Route& route) {
    if (route.password) return passwords;
    if (route.decodes) return decoders;
    if (route.lane == ReadLane::list) return lists;
    return route.lane == ReadLane::heavy ? heavy : workers;
  }

  /// What takes long of one account does not keep that of others waiting.
  static std::string turn_of(const Route& route, const Exchange& exchange) {
    if (route.password) return exchange.request.remote_address;
    const bool takes_long = route.decodes || route.lane != ReadLane::quick;
    return takes_long && exchange.caller ? to_string(exchange.caller->account) : std::string();
  }

  template <class Work>
  void post(WorkerPool& pool, const PassagePtr& passage, Work work, const std::string& turn = {}) {
    if (!pool.post([passage, work] { guarded(*passage, work); }, turn)) refuse(*passage, busy());
  }

  void run_first(const PassagePtr& passage) {
    if (auto response = passage->route->first(context, passage->exchange)) return passage->reply(std::move(*response));
    post(decoders, passage, [this, passage] { run(*passage); }, to_string(passage->exchange.caller->account));
  }

  void run(const Passage& passage) {
    const auto& departed = passage.exchange.request.departed;
    if (departed && *departed && !passage.route->same_for_posts) return refuse(passage, busy());
    const OnReadLane lane(passage.route->lane, passage.route->same_for_posts ? nullptr : departed);
    passage.reply(passage.route->blocking(context, passage.exchange));
  }

  Services services;
  const ApplicationOptions options;
  People people;
  Authentication authentication;
  Metrics metrics;
  Diagrams diagrams;
  std::mutex departures;
  Gatekeeper gatekeeper;
  RecordLooks looks;
  RateLimiter finds;
  LiveWatch live_watch;
  std::atomic<std::int64_t> under_way{0};
  WorkerPool workers, lists, heavy, decoders, renderers, passwords;
  Flights flights;
  Context context;
};

Application::Application(Services services, ApplicationOptions options)
    : impl_(std::make_unique<Impl>(services, std::move(options))) {}

Application::~Application() { stop(); }

std::size_t Application::body_limit(Method method, std::string_view path) const {
  const Match match = match_route(routes(), method, path, impl_->options.demo);
  return match.route ? match.route->body_max : body_max_elsewhere;
}

bool Application::may_take_long(Method method, std::string_view path) const {
  const Match match = match_route(routes(), method, path, impl_->options.demo);
  return match.route && (match.route->lane != ReadLane::quick || match.route->decodes);
}

void Application::handle(HttpRequest request, Reply reply) { impl_->enter(std::move(request), std::move(reply)); }

HttpResponse Application::problem(int status, std::string_view slug, std::string_view detail_zh,
                                  std::string_view detail_en, const Headers& headers) const {
  const Problem refused{problem_type(slug) ? std::string(slug) : "malformed",
                        {std::string(detail_zh), std::string(detail_en)},
                        {},
                        {},
                        {}};
  HttpResponse response = problem_response(refused, language_of(headers), instance_of(headers));
  response.status = status;
  return response;
}

LiveGate Application::live_gate() {
  using Answer = std::function<void(std::optional<LiveSession>, HttpResponse)>;
  return [this](HttpRequest request, Answer give) {
    const auto refuse = [give, language = language_of(request.headers), id = request.request_id](
                            const Problem& problem) { give(std::nullopt, problem_response(problem, language, id)); };
    if (const auto problem = impl_->gatekeeper.check_live(request)) return refuse(*problem);
    impl_->find_caller(
        request.headers,
        [give, refuse](const Caller& caller, const std::string& session) {
          if (const auto problem = first_duty(caller)) return refuse(*problem);
          give(LiveSession{caller, session}, {});
        },
        refuse);
  };
}

void Application::identify(HttpRequest head, std::function<void(Sender)> give) {
  const auto refuse = [give, language = language_of(head.headers), id = head.request_id](const Problem& problem) {
    give({{}, problem_response(problem, language, id)});
  };
  const Route* route = match_route(routes(), head.method, head.path, impl_->options.demo).route;
  if (!route) return give({});
  if (const auto problem = impl_->gatekeeper.check_origin(*route, head)) return refuse(*problem);
  if (route->access == Access::open) return give({});
  impl_->find_caller(
      head.headers, [give](const Caller& caller, const std::string&) { give({caller.account, std::nullopt}); }, refuse);
}

void Application::observe(const Server& server) { impl_->metrics.observe(server); }

void Application::stop() {
  const auto until = std::chrono::steady_clock::now() + stop_time_max;
  while (impl_->under_way > 0 && std::chrono::steady_clock::now() < until)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  impl_->live_watch.stop();
  impl_->passwords.stop();
  impl_->workers.stop();
  impl_->lists.stop();
  impl_->heavy.stop();
  impl_->decoders.stop();
  impl_->renderers.stop();
  impl_->looks.stop();
}

}  // namespace xueji::web
