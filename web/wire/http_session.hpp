// One HTTP connection: its requests one after the other, strictly read, each within its limits. Internal to the
// listener.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "web/http/http_head_validator.hpp"
#include "web/wire/answer.hpp"
#include "web/wire/listener.hpp"
#include "web/wire/response_writer.hpp"

namespace xueji::web {

class HttpSession : public Connection {
 public:
  HttpSession(Listener& listener, Lane& lane, Socket socket, std::string remote_address);
  ~HttpSession() override;

  /// On its lane; lives until the connection ends or becomes a WebSocket.
  static Coroutine<> serve(std::unique_ptr<HttpSession> session);

  void drain() override;
  void abort() override;

 private:
  /// What the head says of one request, owned.
  struct Incoming {
    HttpRequest request;
    std::string method;
    bool http_1_0 = false;
    bool keep_alive = false;
    std::optional<std::uint64_t> content_length;
    bool chunked = false;
    bool expects_continue = false;
    Moment began;
  };
  struct Refusal {
    int status;
    std::string_view slug;
    HeadFault fault;
  };
  struct GateAnswer {
    std::optional<LiveSession> session;
    HttpResponse refusal;
  };

  Coroutine<> loop();
  /// One request; false when the connection is to be closed.
  Coroutine<bool> exchange();
  /// Length of the head at the front of `received_`; nothing when the peer has gone.
  Coroutine<std::optional<std::variant<std::size_t, HeadFault>>> read_head();
  std::optional<Refusal> understand(std::size_t head_size, Incoming& incoming);
  /// Who sends the body, asked before memory is kept for it: nothing is read of those who may not. What to answer them;
  /// nothing where it goes on.
  Coroutine<std::optional<HttpResponse>> identify(const Incoming& incoming);
  Coroutine<std::optional<Refusal>> read_body(Incoming& incoming);
  Coroutine<std::optional<Refusal>> read_sized_body(Incoming& incoming, std::size_t limit);
  Coroutine<std::optional<Refusal>> read_chunked_body(Incoming& incoming, std::size_t limit);
  Coroutine<bool> answer(Incoming& incoming);
  Coroutine<bool> open_websocket(Incoming& incoming);
  Coroutine<bool> refuse(Incoming& incoming, Refusal refusal);
  /// Answers, and closes once the peer has read it.
  Coroutine<bool> turn_away(Incoming& incoming, HttpResponse response);
  Coroutine<bool> respond(Incoming& incoming, HttpResponse response, bool keep_alive);
  /// Lets the peer read what was sent although it is still sending: browsers read an answer only when their upload is
  /// through, and lose it where the connection is reset before.
  Coroutine<> linger();
  Coroutine<bool> receive_more();
  bool account_body(std::size_t size);
  void body_progress(Moment began, std::size_t bytes);

  Listener& listener_;
  Lane& lane_;
  Counted counted_;
  Socket socket_;
  std::string remote_address_;
  std::string received_;        ///< bytes not yet taken
  AccountId body_of_;           ///< who sends the body under way; none where everybody may
  std::size_t body_taken_ = 0;  ///< bytes of the listener's budget that this request holds
  bool idle_ = false;           ///< between two requests
  bool draining_ = false;
  bool gone_ = false;  ///< the peer has left in the middle, or abort() was called
  bool first_ = true;
  std::shared_ptr<Answer<HttpResponse>> pending_;
  std::shared_ptr<Answer<GateAnswer>> pending_gate_;
  std::shared_ptr<Answer<Handler::Sender>> pending_sender_;
};

}  // namespace xueji::web
