#include "web/server/resources/commands.hpp"

#include <spdlog/spdlog.h>

#include "engine/base/sha256.hpp"
#include "web/server/audit_lines.hpp"
#include "web/server/gatekeeper.hpp"
#include "web/sessions/people.hpp"
#include "web/shapes/refusal_problem.hpp"

namespace xueji::web {
namespace {

constexpr std::size_t changes_told_max = 50;

std::vector<HistoryRow> history_since(Context& context, const CommandNote& note) {
  std::vector<HistoryRow> since;
  if (note.version == 0) return since;
  PageRequest page{200, std::nullopt};
  do {
    auto found = context.services.queries.request_history(note.request, page);
    for (auto& row : found.items)
      if (row.request_version > note.version && since.size() < changes_told_max) since.push_back(std::move(row));
    page.after = found.next;
  } while (page.after && since.size() < changes_told_max);
  return since;
}

/// Only a definition says which actions there are, and only a visible request which definition.
bool is_unknown_action(Context& context, const CommandNote& note, const Rendering& rendering) {
  if (note.action.empty() || note.action == comment_action().key || note.action == reassign_action().key) return false;
  const auto row = context.services.queries.request(note.request);
  if (!row) return false;
  if (note.action == set_aside_action().key) return !row->request.several;
  return !rendering.definition(row->request.definition).has_action(note.action);
}

struct Pending {
  Context& context;
  ExchangePtr exchange;
  Reply reply;
  CommandNote note;
  RenderCommitted render;
  CommandResult result = Refusal{};

  HttpResponse response() {
    if (const auto* refusal = std::get_if<Refusal>(&result))
      return answer(*exchange, problem_of(context, *exchange, note, *refusal));
    return render(context, *exchange, std::get<Committed>(result));
  }

  void finish() {
    try {
      reply(response());
    } catch (const StoreError&) {
      // Done, and not shown: whoever repeats it with the same key is shown what it has become.
      reply(answer(*exchange, busy()));
    } catch (const std::exception& error) {
      spdlog::error("request {} failed: {}", exchange->request.request_id, typeid(error).name());
      reply(answer(*exchange, {"internal", {}, {}, {}, {}}));
    }
  }
};

}  // namespace

void submit(Context& context, ExchangePtr exchange, Reply reply, Command command, CommandNote note,
            RenderCommitted render) {
  const auto pending = std::make_shared<Pending>(
      Pending{context, std::move(exchange), std::move(reply), std::move(note), std::move(render)});
  context.services.runtime.submit(std::move(command), [pending](CommandResult result) {
    pending->result = std::move(result);
    if (!pending->context.renderers.post([pending] { pending->finish(); })) pending->finish();
  });
}

void on_worker(Context& context, const ExchangePtr& exchange, const Reply& reply, std::function<void()> work) {
  const bool posted = context.workers.post([exchange, reply, work = std::move(work)] {
    try {
      work();
    } catch (const std::exception& error) {
      spdlog::error("request {} failed: {}", exchange->request.request_id, typeid(error).name());
      reply(answer(*exchange, busy()));
    }
  });
  if (!posted) reply(answer(*exchange, busy()));
}

std::optional<IdempotencyKey> idempotency_of(const Exchange& exchange, std::string_view part) {
  const auto key = exchange.request.headers.find("Idempotency-Key");
  if (!key) return std::nullopt;
  const HttpRequest& request = exchange.request;
  std::string content = std::string(to_string(request.method)) + ' ' + request.path + '\n' + request.body;
  std::string own(*key);
  if (!part.empty()) {
    own = sha256_hex(own + '\n' + std::string(part));
    content += '\n' + std::string(part);
  }
  return IdempotencyKey{exchange.caller->account, std::move(own), sha256_hex(content)};
}

Command command_of(const Exchange& exchange) {
  Command command;
  command.caller = exchange.caller;
  if (const auto tag = exchange.request.headers.find("If-Match")) command.expected_version = version_of_tag(*tag);
  command.idempotency = idempotency_of(exchange);
  return command;
}

Problem problem_of(Context& context, const Exchange& exchange, const CommandNote& note, const Refusal& refusal) {
  const auto rendering = rendering_for(context, exchange);
  if (note.unnamed && refusal.kind == RefusalKind::not_found) return *note.unnamed;
  if (refusal.kind == RefusalKind::stale) return problem_of(refusal, rendering, history_since(context, note));
  const bool may_be_unknown =
      refusal.kind == RefusalKind::not_in_this_state || refusal.kind == RefusalKind::not_allowed;
  if (may_be_unknown && is_unknown_action(context, note, rendering)) return not_found();
  return problem_of(refusal, rendering);
}

std::optional<PendingRow> pending_row(Context& context, const Committed& committed) {
  if (!committed.pending) return std::nullopt;
  const Person officer = context.people.of(committed.pending->by);
  return PendingRow{*committed.pending, officer.username, officer.name};
}

namespace {

/// As it was committed; the claimers and subjects are looked up, and so is the student whom a draft of another school
/// shows as it found them.
RequestRow row_of(Context& context, const Committed& committed) {
  const Request& request = committed.request;
  const Person opener = context.people.of(request.opened_by);
  RequestRow row{request, committed.student, committed.student.school, opener.username, opener.name, {}};
  for (const Token* token : active_tokens(request))
    if (token->claimed_by) row.claimers.push_back(claimer_of(context, token->claimed_by));
  row.pending = pending_row(context, committed);
  if (request.unfiled)
    if (auto kept = context.services.queries.request(request.id)) row.student = std::move(kept->student);
  if (request.several) row.subjects = context.services.queries.subjects(request.id, {}, {first_subjects, {}}).items;
  return row;
}

}  // namespace

RequestRow committed_row(Context& context, const Exchange& exchange, const Committed& committed) {
  const RequestRow whole = row_of(context, committed);
  // Whoever had the right to do it a moment ago is shown it, even if their post has ended since.
  return as_seen(context, *exchange.caller, whole).value_or(whole);
}

std::int64_t write_committed(JsonWriter& json, Context& context, const Exchange& exchange, const Committed& committed) {
  note_look(context, exchange, "requests", to_string(committed.request.id));
  const RequestRow row = committed_row(context, exchange, committed);
  write_request_row(json, context, exchange, row, rendering_for(context, exchange));
  return row.request.version;
}

HttpResponse request_response(Context& context, const Exchange& exchange, const Committed& committed, int status) {
  JsonWriter json;
  const std::int64_t version = write_committed(json, context, exchange, committed);
  HttpResponse response = json_response(status, std::move(json));
  response.headers.emplace_back("ETag", etag(version));
  if (status == 201) response.headers.emplace_back("Location", "/api/v1/requests/" + to_string(committed.request.id));
  return response;
}

}  // namespace xueji::web
