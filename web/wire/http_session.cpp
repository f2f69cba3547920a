#include "web/wire/http_session.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/write.hpp>
#include <exception>

#include "web/http/chunked_body.hpp"
#include "web/http/target_decoder.hpp"
#include "web/wire/departure.hpp"
#include "web/wire/websocket_session.hpp"

namespace xueji::web {

namespace {

constexpr std::size_t read_size = 4096;
constexpr std::size_t body_step = 64 * 1024;
constexpr std::size_t linger_bytes_max = 32 * 1024 * 1024;
constexpr std::size_t linger_rate_min = 64 * 1024;  ///< bytes per second below which a refused body is cut off

constexpr HeadFault head_too_long{"请求头过长", "the request head is too long"};
constexpr HeadFault bad_chunks{"分块编码的请求正文无效；不接受块扩展和尾部字段",
                               "the chunked body is invalid; chunk extensions and trailers are not accepted"};
constexpr HeadFault too_large{"请求正文超过此处允许的大小", "the body is larger than what is accepted here"};
constexpr HeadFault unknown_method{"不支持该请求方法", "this method is not supported"};
constexpr HeadFault too_busy{"服务器正忙，请稍后重试", "the server is busy; try again shortly"};
constexpr HeadFault no_answer{"服务器内部错误", "an internal error"};
constexpr HeadFault not_an_upgrade{"此处只接受 WebSocket 连接（版本 13）",
                                   "only a WebSocket (version 13) can be opened here"};
constexpr HeadFault too_many_websockets{"此账号打开的实时连接过多", "this account has too many live connections"};

/// Values of repeated fields are joined; the validator has refused those that may not repeat.
Headers gather_headers(const RequestHead& head, std::string_view request_id) {
  Headers headers;
  const auto& fields = head.fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const auto same = [&](const auto& other) { return equal_without_case(other.first, fields[i].first); };
    if (std::any_of(fields.begin(), fields.begin() + static_cast<std::ptrdiff_t>(i), same)) continue;
    if (equal_without_case(fields[i].first, "X-Request-Id")) continue;
    std::string value{fields[i].second};
    for (std::size_t j = i + 1; j < fields.size(); ++j)
      if (same(fields[j])) value.append(", ").append(fields[j].second);
    headers.add(std::string{fields[i].first}, std::move(value));
  }
  headers.add("X-Request-Id", std::string{request_id});
  return headers;
}

}  // namespace

HttpSession::HttpSession(Listener& listener, Lane& lane, Socket socket, std::string remote_address)
    : listener_(listener),
      lane_(lane),
      counted_(listener),
      socket_(std::move(socket)),
      remote_address_(std::move(remote_address)) {}

HttpSession::~HttpSession() {
  lane_.remove(*this);
  account_body(0);
}

Coroutine<> HttpSession::serve(std::unique_ptr<HttpSession> session) {
  session->lane_.add(*session);
  try {
    co_await session->loop();
  } catch (const std::exception& error) {
    spdlog::error("an HTTP connection failed: {}", typeid(error).name());
  }
}

void HttpSession::drain() {
  draining_ = true;
  if (idle_) abort();
}

void HttpSession::abort() {
  gone_ = true;
  boost::system::error_code ignored;
  socket_.close(ignored);
  if (pending_) pending_->abandon();
  if (pending_gate_) pending_gate_->abandon();
  if (pending_sender_) pending_sender_->abandon();
}

Coroutine<> HttpSession::loop() {
  bool more = true;
  while (more && !gone_ && !(draining_ && received_.empty())) {
    more = co_await exchange();
    first_ = false;
  }
}

Coroutine<bool> HttpSession::exchange() {
  const auto head = co_await read_head();
  if (!head) co_return false;
  Incoming incoming;
  incoming.began = Steady::now();
  incoming.request.request_id = listener_.next_request_id();
  incoming.request.remote_address = remote_address_;
  ++listener_.figures.requests;
  if (const auto* fault = std::get_if<HeadFault>(&*head))
    co_return co_await refuse(incoming, {400, "malformed", *fault});
  if (const auto refusal = understand(std::get<std::size_t>(*head), incoming))
    co_return co_await refuse(incoming, *refusal);
  if (incoming.request.method == Method::get && incoming.request.path == listener_.live_path)
    co_return co_await open_websocket(incoming);
  if (auto refusal = co_await identify(incoming)) co_return co_await turn_away(incoming, std::move(*refusal));
  if (gone_) co_return false;
  if (const auto refusal = co_await read_body(incoming)) co_return co_await refuse(incoming, *refusal);
  if (gone_) co_return false;
  co_return co_await answer(incoming);
}

Coroutine<bool> HttpSession::receive_more() {
  const auto before = received_.size();
  received_.resize(before + read_size);
  const auto [error, bytes] =
      co_await socket_.async_read_some(asio::buffer(received_.data() + before, read_size), resume_with_error);
  received_.resize(before + bytes);
  if (error) gone_ = true;
  co_return !error;
}

Coroutine<std::optional<std::variant<std::size_t, HeadFault>>> HttpSession::read_head() {
  using Result = std::optional<std::variant<std::size_t, HeadFault>>;
  idle_ = received_.empty();
  deadline = Steady::now() + (idle_ && !first_ ? listener_.options.idle_timeout : listener_.options.header_timeout);
  if (idle_ && received_.capacity() > 4 * read_size) received_.shrink_to_fit();
  std::size_t seen = 0;
  while (true) {
    const auto found = find_head_end(received_, seen);
    if (const auto* size = std::get_if<std::size_t>(&found))
      co_return *size > listener_.options.header_bytes_max ? Result{head_too_long} : Result{*size};
    if (const auto* fault = std::get_if<HeadFault>(&found)) co_return Result{*fault};
    if (received_.size() > listener_.options.header_bytes_max) co_return Result{head_too_long};
    seen = received_.size();
    if (!co_await receive_more()) co_return std::nullopt;
    if (idle_) deadline = Steady::now() + listener_.options.header_timeout;
    idle_ = false;
  }
}

std::optional<HttpSession::Refusal> HttpSession::understand(std::size_t head_size, Incoming& incoming) {
  const auto validated = validate_head(std::string_view{received_}.substr(0, head_size));
  if (const auto* fault = std::get_if<HeadFault>(&validated)) return Refusal{400, "malformed", *fault};
  const auto& head = std::get<RequestHead>(validated);
  auto& request = incoming.request;
  incoming.method = head.method;
  incoming.http_1_0 = head.http_1_0;
  incoming.keep_alive = head.keep_alive;
  incoming.content_length = head.content_length;
  incoming.chunked = head.chunked;
  incoming.expects_continue = head.expects_continue;
  request.headers = gather_headers(head, request.request_id);
  request.target = head.target;
  auto decoded = decode_target(head.target);
  if (const auto* fault = std::get_if<HeadFault>(&decoded)) return Refusal{400, "malformed", *fault};
  auto& target = std::get<Target>(decoded);
  request.path = std::move(target.path);
  request.query = std::move(target.query);
  const auto method = parse_method(head.method);
  if (!method) return Refusal{405, "method-not-allowed", unknown_method};
  request.method = *method;
  received_.erase(0, head_size);
  return std::nullopt;
}

/// No room is asked for a body that is no larger than the buffer of its head: there are as many of those as
/// connections, and whoever signs in needs no more, so that nobody who holds room keeps them out.
bool HttpSession::account_body(std::size_t size) {
  if (size <= read_size) size = 0;
  if (size > body_taken_ && !listener_.take_body_bytes(body_of_, size - body_taken_)) return false;
  if (size < body_taken_) listener_.release_body_bytes(body_of_, body_taken_ - size);
  body_taken_ = size;
  return true;
}

void HttpSession::body_progress(Moment began, std::size_t bytes) {
  const auto rate = std::max<std::size_t>(listener_.options.body_rate_min, 1);
  deadline = began + listener_.options.header_timeout + std::chrono::seconds(bytes / rate);
}

Coroutine<std::optional<HttpResponse>> HttpSession::identify(const Incoming& incoming) {
  body_of_ = {};
  const bool is_here = !incoming.chunked && incoming.content_length.value_or(0) <= received_.size();
  const auto& request = incoming.request;
  const auto limit = listener_.handler.body_limit(request.method, request.path);
  if (is_here || limit == 0 || incoming.content_length.value_or(0) > limit) co_return std::nullopt;
  pending_sender_ = std::make_shared<Answer<Handler::Sender>>(lane_.executor());
  deadline = Moment::max();
  {
    const auto promise = std::make_shared<Promise<Handler::Sender>>(pending_sender_);
    listener_.handler.identify(request, [promise](Handler::Sender sender) { promise->give(std::move(sender)); });
  }
  auto sender = co_await pending_sender_->wait();
  pending_sender_.reset();
  if (gone_ || !sender) co_return std::nullopt;
  body_of_ = sender->account;
  co_return std::move(sender->refusal);
}

Coroutine<std::optional<HttpSession::Refusal>> HttpSession::read_body(Incoming& incoming) {
  if (!incoming.chunked && incoming.content_length.value_or(0) == 0) co_return std::nullopt;
  const auto limit = listener_.handler.body_limit(incoming.request.method, incoming.request.path);
  if (incoming.content_length.value_or(0) > limit || (incoming.chunked && limit == 0))
    co_return Refusal{413, "too-large", too_large};
  if (incoming.expects_continue && received_.empty()) {
    static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    const auto [error, bytes] = co_await asio::async_write(socket_, asio::buffer(go_on), resume_with_error);
    if (error) gone_ = true;
    if (error) co_return std::nullopt;
  }
  if (incoming.chunked) co_return co_await read_chunked_body(incoming, limit);
  co_return co_await read_sized_body(incoming, static_cast<std::size_t>(*incoming.content_length));
}

Coroutine<std::optional<HttpSession::Refusal>> HttpSession::read_sized_body(Incoming& incoming, std::size_t size) {
  auto& body = incoming.request.body;
  const auto at_hand = std::min(size, received_.size());
  body.assign(received_, 0, at_hand);
  received_.erase(0, at_hand);
  const auto began = Steady::now();
  while (body.size() < size) {
    const auto before = body.size();
    const auto step = std::min(size - before, std::max(body_step, before));
    if (!account_body(before + step)) co_return Refusal{503, "busy", too_busy};
    body.resize(before + step);
    std::size_t filled = before;
    while (filled < body.size()) {
      body_progress(began, filled);
      const auto [error, bytes] =
          co_await socket_.async_read_some(asio::buffer(body.data() + filled, body.size() - filled), resume_with_error);
      if (error) gone_ = true;
      if (error) co_return std::nullopt;
      filled += bytes;
    }
  }
  co_return std::nullopt;
}

Coroutine<std::optional<HttpSession::Refusal>> HttpSession::read_chunked_body(Incoming& incoming, std::size_t limit) {
  ChunkedBody chunks{limit};
  const auto began = Steady::now();
  while (true) {
    std::string_view input{received_};
    const auto state = chunks.feed(input, incoming.request.body);
    received_.erase(0, received_.size() - input.size());
    if (state == ChunkedBody::State::done) co_return std::nullopt;
    if (state == ChunkedBody::State::malformed) co_return Refusal{400, "malformed", bad_chunks};
    if (state == ChunkedBody::State::too_large) co_return Refusal{413, "too-large", too_large};
    if (!account_body(incoming.request.body.size())) co_return Refusal{503, "busy", too_busy};
    body_progress(began, incoming.request.body.size());
    if (!co_await receive_more()) co_return std::nullopt;
  }
}

Coroutine<bool> HttpSession::answer(Incoming& incoming) {
  pending_ = std::make_shared<Answer<HttpResponse>>(lane_.executor());
  deadline = Moment::max();
  Headers headers;
  if (const auto languages = incoming.request.headers.find("Accept-Language"))
    headers.add("Accept-Language", std::string{*languages});
  headers.add("X-Request-Id", incoming.request.request_id);
  const auto path = incoming.request.path;
  const auto id = incoming.request.request_id;
  const auto method = incoming.request.method;
  std::optional<Departure> departure;
  if (!incoming.request.body.empty() || listener_.handler.may_take_long(method, path))
    incoming.request.departed = departure.emplace(socket_).flag();
  {
    const auto promise = std::make_shared<Promise<HttpResponse>>(pending_);
    try {
      listener_.handler.handle(std::move(incoming.request),
                               [promise](HttpResponse response) { promise->give(std::move(response)); });
    } catch (const std::exception& error) {
      spdlog::error("handling request {} failed: {}", id, typeid(error).name());
    }
  }
  incoming.request = HttpRequest{method, {}, path, {}, std::move(headers), {}, {}, id};
  auto response = co_await pending_->wait();
  departure.reset();
  pending_.reset();
  account_body(0);
  if (gone_) co_return false;
  if (!response) co_return co_await refuse(incoming, {500, "internal", no_answer});
  co_return co_await respond(incoming, std::move(*response), incoming.keep_alive);
}

Coroutine<bool> HttpSession::open_websocket(Incoming& incoming) {
  auto& request = incoming.request;
  if (incoming.chunked || incoming.content_length.value_or(0) > 0)
    co_return co_await refuse(incoming, {413, "too-large", too_large});
  pending_gate_ = std::make_shared<Answer<GateAnswer>>(lane_.executor());
  deadline = Moment::max();
  {
    const auto promise = std::make_shared<Promise<GateAnswer>>(pending_gate_);
    listener_.gate(request, [promise](std::optional<LiveSession> session, HttpResponse refusal) {
      promise->give({std::move(session), std::move(refusal)});
    });
  }
  auto decided = co_await pending_gate_->wait();
  pending_gate_.reset();
  if (gone_) co_return false;
  if (!decided) co_return co_await refuse(incoming, {500, "internal", no_answer});
  if (!decided->session) co_return co_await respond(incoming, std::move(decided->refusal), incoming.keep_alive);
  if (incoming.http_1_0 || !received_.empty() || !is_websocket_upgrade(request))
    co_return co_await refuse(incoming, {400, "malformed", not_an_upgrade});
  const auto account = decided->session->caller.account;
  if (!listener_.take_websocket(account))
    co_return co_await refuse(incoming, {429, "rate-limited", too_many_websockets});
  listener_.access_log.write("GET", request.path, 101,
                             std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - incoming.began),
                             request.request_id);
  start_websocket(listener_, lane_, std::move(socket_), std::move(*decided->session), request);
  co_return false;
}

Coroutine<bool> HttpSession::refuse(Incoming& incoming, Refusal refusal) {
  if (refusal.status == 400) ++listener_.figures.malformed;
  auto headers = incoming.request.headers;
  if (headers.begin() == headers.end()) headers.add("X-Request-Id", incoming.request.request_id);
  auto response = listener_.handler.problem(refusal.status, refusal.slug, refusal.fault.zh, refusal.fault.en, headers);
  if (refusal.status == 405) response.headers.emplace_back("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  if (refusal.status == 503 || refusal.status == 429) response.headers.emplace_back("Retry-After", "1");
  co_return co_await turn_away(incoming, std::move(response));
}

Coroutine<bool> HttpSession::turn_away(Incoming& incoming, HttpResponse response) {
  account_body(0);
  if (gone_) co_return false;
  if (co_await respond(incoming, std::move(response), false); !gone_) co_await linger();
  co_return false;
}

Coroutine<bool> HttpSession::respond(Incoming& incoming, HttpResponse response, bool keep_alive) {
  const auto& request = incoming.request;
  const bool keep = keep_alive && !draining_;
  const auto status = response.status;
  const ResponseContext context{request.request_id, incoming.method == "HEAD", keep, incoming.http_1_0,
                                listener_.options.tls_only};
  const bool written = co_await write_response(socket_, std::move(response), context, deadline,
                                               listener_.options.write_timeout, listener_.options.body_rate_min);
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - incoming.began);
  listener_.access_log.write(parse_method(incoming.method) ? incoming.method : "-", request.path, status, took,
                             request.request_id);
  co_return written&& keep;
}

Coroutine<> HttpSession::linger() {
  boost::system::error_code error;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, error);
  const auto began = Steady::now();
  for (std::size_t thrown_away = 0; !error && thrown_away < linger_bytes_max;) {
    deadline = began + listener_.options.linger + std::chrono::seconds(thrown_away / linger_rate_min);
    const auto [failed, bytes] = co_await socket_.async_read_some(lane_.scratch(), resume_with_error);
    error = failed;
    thrown_away += bytes;
  }
}

}  // namespace xueji::web
