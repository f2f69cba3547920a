// From a command to its answer: submitted on the I/O thread, rendered on a renderer's thread.
//
// The committer only hands the result over: rendering a Request takes longer than deciding it, and would hold up the
// next batch. When the renderers' queue is full, the committer renders itself, which slows down what comes in.
#pragma once
#include "web/server/answers.hpp"
#include "web/server/resources/lookups.hpp"

namespace xueji::web {

/// What the answer needs to know of the command.
struct CommandNote {
  RequestId request;         ///< none when opening
  std::string action;        ///< of POST …/actions/{action}; else empty
  std::int64_t version = 0;  ///< that the caller saw; 0 for none
  /// The command names nobody, and this says why: it is answered unless the idempotency key did it before.
  std::optional<Problem> unnamed{};
};

using RenderCommitted = std::function<HttpResponse(Context&, const Exchange&, const Committed&)>;

/// Answers exactly once, later. `render` runs on a thread that may block.
void submit(Context& context, ExchangePtr exchange, Reply reply, Command command, CommandNote note,
            RenderCommitted render);

/// `work` answers, on a thread that may block.
void on_worker(Context& context, const ExchangePtr& exchange, const Reply& reply, std::function<void()> work);

/// A command of the caller, with the exchange's version and idempotency key.
Command command_of(const Exchange& exchange);
/// The key for a part of what this exchange asks for.
std::optional<IdempotencyKey> idempotency_of(const Exchange& exchange, std::string_view part = {});

/// A refusal as a problem: tells what changed since a stale version, and knows no action that the definition does not.
/// May block.
Problem problem_of(Context& context, const Exchange& exchange, const CommandNote& note, const Refusal& refusal);
/// What is pending on the request now. May block.
std::optional<PendingRow> pending_row(Context& context, const Committed& committed);
/// What the caller sees of the request as it was committed; the claimers and subjects are looked up.
RequestRow committed_row(Context& context, const Exchange& exchange, const Committed& committed);
/// As the caller sees it. Returns the version of what is shown.
std::int64_t write_committed(JsonWriter& json, Context& context, const Exchange& exchange, const Committed& committed);
HttpResponse request_response(Context& context, const Exchange& exchange, const Committed& committed, int status);

}  // namespace xueji::web
