// PATCH /requests/{id}, POST /requests/{id}/actions/{action}.
#include <spdlog/spdlog.h>

#include "web/json/body_reader.hpp"
#include "web/server/resources/commands.hpp"
#include "web/server/resources/lookups.hpp"
#include "web/server/resources/resources.hpp"

namespace xueji::web {
namespace {

HttpResponse shown(Context& context, const Exchange& exchange, const Committed& committed) {
  return request_response(context, exchange, committed, 200);
}

/// An act that can be undone is not done yet: only until when that is.
HttpResponse acted(Context& context, const Exchange& exchange, const Committed& committed) {
  if (!committed.undo_until) return shown(context, exchange, committed);
  JsonWriter json;
  json.begin_object().member("undoUntil", *committed.undo_until).end_object();
  return json_response(202, std::move(json));
}

HttpResponse undone(Context&, const Exchange&, const Committed&) { return empty_response(); }

CommandNote note_of(const Command& command, std::string action = {}) {
  return {request_of(command), std::move(action), command.expected_version.value_or(0)};
}

/// Who a task is handed to is looked up on a thread that may block.
void resolve_and_submit(Context& context, const ExchangePtr& exchange, const Reply& reply,
                        const std::shared_ptr<Command>& command) {
  on_worker(context, exchange, reply, [&context, exchange, reply, command] {
    auto& perform = std::get<Perform>(command->what);
    if (const auto account = context.services.accounts.by_username(perform.to); account && !account->disabled) {
      perform.reassign_to = account->id;
      perform.reassign_posts = context.services.accounts.posts(account->id);
    }
    submit(context, exchange, reply, *command, note_of(*command, perform.action), acted);
  });
}

/// One of this request's own.
void read_task(BodyReader& reader, const std::string& text, Perform& perform) {
  const auto task = parse_id<TaskId>(text);
  if (task && request_of(*task) == perform.request)
    perform.task = *task;
  else
    reader.complain("task", {"此件没有这一任务", "The request has no such task"});
}

}  // namespace

void edit_request(Context& context, ExchangePtr exchange, Reply reply) {
  const auto id = parse_id<RequestId>(exchange->path[0]);
  if (!id) return reply(answer(*exchange, not_found()));
  auto body = read_body(exchange->request);
  if (const auto* problem = std::get_if<Problem>(&body)) return reply(answer(*exchange, *problem));
  BodyReader reader(std::get<boost::json::object>(body));
  Edit edit{*id, reader.fields("fields"), reader.evidence("evidence"), reader.each("subjects")};
  if (auto complaints = reader.finish(); !complaints.empty())
    return reply(answer(*exchange, invalid(std::move(complaints))));
  Command command = command_of(*exchange);
  command.what = std::move(edit);
  auto note = note_of(command);
  submit(context, std::move(exchange), std::move(reply), std::move(command), std::move(note), shown);
}

void act_on_request(Context& context, ExchangePtr exchange, Reply reply) {
  const auto id = parse_id<RequestId>(exchange->path[0]);
  if (!id) return reply(answer(*exchange, not_found()));
  auto body = read_body(exchange->request, EmptyBody::is_empty_object);
  if (const auto* problem = std::get_if<Problem>(&body)) return reply(answer(*exchange, *problem));
  BodyReader reader(std::get<boost::json::object>(body));
  Perform perform;
  perform.request = *id;
  perform.action = exchange->path[1];
  perform.comment = reader.nullable_text("comment").value_or("");
  perform.fields = reader.fields("fields");
  perform.evidence = reader.evidence("evidence");
  perform.to = reader.nullable_text("to").value_or("");
  const bool undoable = reader.truth("undoable").value_or(false);
  if (const auto task = reader.nullable_text("task")) read_task(reader, *task, perform);
  if (auto complaints = reader.finish(); !complaints.empty())
    return reply(answer(*exchange, invalid(std::move(complaints))));
  if (perform.action == set_aside_action().key) return reply(answer(*exchange, not_found()));
  Command command = command_of(*exchange);
  const bool reassigns = perform.action == reassign_action().key;
  auto note = note_of(command, perform.action);
  note.request = *id;
  if (undoable) command.undoable_for = context.options.undo_time;
  command.what = std::move(perform);
  if (reassigns) return resolve_and_submit(context, exchange, reply, std::make_shared<Command>(std::move(command)));
  submit(context, std::move(exchange), std::move(reply), std::move(command), std::move(note), acted);
}

void undo_pending(Context& context, ExchangePtr exchange, Reply reply) {
  const auto id = parse_id<RequestId>(exchange->path[0]);
  if (!id) return reply(answer(*exchange, not_found()));
  Command command = command_of(*exchange);
  command.what = Undo{*id};
  command.idempotency.reset();  // Nothing is written that could keep it: asked again, it says that nothing is pending.
  auto note = note_of(command);
  submit(context, std::move(exchange), std::move(reply), std::move(command), std::move(note), undone);
}

}  // namespace xueji::web
