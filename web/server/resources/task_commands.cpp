// POST /tasks/{id}/claim, POST /tasks/{id}/release, POST /tasks/actions.
#include <algorithm>
#include <atomic>
#include <set>

#include "engine/machine/sight.hpp"
#include "web/json/body_reader.hpp"
#include "web/server/resources/commands.hpp"
#include "web/server/resources/resources.hpp"
#include "web/sessions/people.hpp"
#include "web/shapes/json_task.hpp"

namespace xueji::web {
namespace {

constexpr std::size_t bulk_max = 100;

/// A task that some request can have.
std::optional<TaskId> parse_task(std::string_view text) {
  const auto task = parse_id<TaskId>(text);
  return task && request_of(*task) ? task : std::nullopt;
}

HttpResponse task_response(Context& context, const Exchange& exchange, const Committed& committed) {
  const RequestRow seen = committed_row(context, exchange, committed);
  if (seen.part_ended) return answer(exchange, not_allowed(part_ended_reason(*seen.part_ended).message));
  const Request& request = seen.request;
  const auto tasks = tasks_of(request);
  const auto wanted = parse_id<TaskId>(exchange.path[0]);
  auto task = std::find_if(tasks.begin(), tasks.end(), [&](const Task& each) { return each.id == *wanted; });
  if (task == tasks.end()) task = tasks.begin();
  if (task == tasks.end()) return answer(exchange, not_found());
  const Person claimer = context.people.of(task->claimed_by);
  TaskRow row{*task,          request.version,  request.definition, seen.student.id,  shown_student(seen).name,
              request.school, claimer.username, claimer.name,       request.findings, pending_row(context, committed)};
  if (request.several) row.subjects = request.several->count;
  std::erase_if(row.suspect, [](const Finding& finding) { return finding.outcome != CheckOutcome::suspect; });
  JsonWriter json;
  write_task(json, row, rendering_for(context, exchange));
  HttpResponse response = json_response(200, std::move(json));
  response.headers.emplace_back("ETag", etag(request.version));
  return response;
}

template <class What>
void claim_or_release(Context& context, ExchangePtr exchange, Reply reply) {
  const auto task = parse_task(exchange->path[0]);
  if (!task) return reply(answer(*exchange, not_found()));
  auto body = read_body(exchange->request, EmptyBody::is_empty_object);
  if (const auto* problem = std::get_if<Problem>(&body)) return reply(answer(*exchange, *problem));
  BodyReader reader(std::get<boost::json::object>(body));
  if (auto complaints = reader.finish(); !complaints.empty())
    return reply(answer(*exchange, invalid(std::move(complaints))));
  Command command = command_of(*exchange);
  command.what = What{request_of(*task), *task};
  CommandNote note{request_of(*task), {}, command.expected_version.value_or(0)};
  submit(context, std::move(exchange), std::move(reply), std::move(command), std::move(note), task_response);
}

struct BulkItem {
  std::string task;
  std::int64_t version = 0;
  CommandNote note;
  CommandResult result = Refusal{};
};

/// Answered when the last of its items is.
struct Bulk {
  Bulk(Context& in, ExchangePtr asked, Reply answer_to)
      : context(in), exchange(std::move(asked)), reply(std::move(answer_to)) {}

  Context& context;
  ExchangePtr exchange;
  Reply reply;
  std::vector<BulkItem> items;
  std::atomic<std::size_t> left{0};

  void write_item(JsonWriter& json, const BulkItem& item) {
    json.begin_object().member("task", item.task);
    if (const auto* committed = std::get_if<Committed>(&item.result)) {
      json.member("status", committed->undo_until ? 202 : 200);
      if (committed->undo_until) json.member("undoUntil", *committed->undo_until);
      json.key("request");
      write_committed(json, context, *exchange, *committed);
    } else {
      const Problem problem = problem_of(context, *exchange, item.note, std::get<Refusal>(item.result));
      json.member("status", status_of(problem)).key("problem");
      write_problem(json, problem, exchange->language, exchange->request.request_id);
    }
    json.end_object();
  }

  void finish() {
    try {
      JsonWriter json;
      json.begin_object().key("results").begin_array();
      for (const BulkItem& item : items) write_item(json, item);
      json.end_array().end_object();
      reply(json_response(200, std::move(json)));
    } catch (const StoreError&) {
      reply(answer(*exchange, busy()));
    } catch (const std::exception&) {
      reply(answer(*exchange, {"internal", {}, {}, {}, {}}));
    }
  }

  static void one_done(const std::shared_ptr<Bulk>& bulk) {
    if (--bulk->left > 0) return;
    if (!bulk->context.renderers.post([bulk] { bulk->finish(); })) bulk->finish();
  }
};

std::vector<BulkItem> read_items(BodyReader& reader) {
  std::vector<BulkItem> items;
  std::set<std::string> tasks;
  for (const auto& [object, pointer] : reader.objects("items", bulk_max)) {
    BodyReader each(*object, pointer);
    BulkItem item;
    item.task = each.required_text("task");
    if (!tasks.insert(item.task).second) each.complain("task", {"与前面的一项相同", "This task stands here twice"});
    const auto version = each.integer("version");
    if (!version || *version < 1)
      each.complain("version", {"须为所见的版本号", "This must be the version that you saw"});
    item.version = version.value_or(0);
    reader.adopt(each.finish());
    items.push_back(std::move(item));
  }
  return items;
}

}  // namespace

void claim_task(Context& context, ExchangePtr exchange, Reply reply) {
  claim_or_release<Claim>(context, std::move(exchange), std::move(reply));
}

void release_task(Context& context, ExchangePtr exchange, Reply reply) {
  claim_or_release<Release>(context, std::move(exchange), std::move(reply));
}

void act_on_tasks(Context& context, ExchangePtr exchange, Reply reply) {
  auto body = read_body(exchange->request);
  if (const auto* problem = std::get_if<Problem>(&body)) return reply(answer(*exchange, *problem));
  BodyReader reader(std::get<boost::json::object>(body));
  const std::string action = reader.required_text("action");
  const std::string comment = reader.nullable_text("comment").value_or("");
  const bool undoable = reader.truth("undoable").value_or(false);
  auto items = read_items(reader);
  if (items.empty()) reader.complain("items", {"至少一项", "At least one item"});
  if (action == reassign_action().key) reader.complain("action", {"改派须逐件办理", "Reassigning is done one by one"});
  if (auto complaints = reader.finish(); !complaints.empty())
    return reply(answer(*exchange, invalid(std::move(complaints))));

  const auto bulk = std::make_shared<Bulk>(context, exchange, std::move(reply));
  bulk->items = std::move(items);
  bulk->left = bulk->items.size() + 1;
  for (std::size_t i = 0; i < bulk->items.size(); ++i) {
    BulkItem& item = bulk->items[i];
    const auto task = parse_task(item.task);
    if (!task) {
      item.result = Refusal{RefusalKind::not_found, {}, {}, {}, {}, {}, {}, {}};
      Bulk::one_done(bulk);
      continue;
    }
    item.note = {request_of(*task), action, item.version};
    Perform perform;
    perform.request = request_of(*task);
    perform.task = *task;
    perform.action = action;
    perform.comment = comment;
    perform.in_bulk = true;
    Command command{std::move(perform), exchange->caller, item.version,
                    idempotency_of(*exchange, std::to_string(i) + ' ' + item.task)};
    if (undoable) command.undoable_for = context.options.undo_time;
    context.services.runtime.submit(command, [bulk, i](CommandResult result) {
      bulk->items[i].result = std::move(result);
      Bulk::one_done(bulk);
    });
  }
  Bulk::one_done(bulk);
}

}  // namespace xueji::web
