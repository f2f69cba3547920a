// GET /notifications, POST /notifications/read: the inbox.
#include "web/json/body_reader.hpp"
#include "web/json/query_reader.hpp"
#include "web/server/answers.hpp"
#include "web/server/resources/lookups.hpp"
#include "web/server/resources/resources.hpp"
#include "web/shapes/json_notification.hpp"

namespace xueji::web {
namespace {
constexpr std::size_t read_at_once_max = 1000;
const Text unknown_id{"不是通知的编号", "This is not the id of a notification"};
}  // namespace

HttpResponse list_notifications(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  InboxFilter filter;
  filter.after = query.id<NotificationId>("after");
  filter.unread = query.truth("unread").value_or(false);
  const bool counted = query.truth("count").value_or(false);
  const auto page = query.page();
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  const auto rendering = rendering_for(context, exchange);
  filter.account = exchange.caller->account;
  filter.posts = queues_of(*exchange.caller, rendering.now);
  Queries& queries = context.services.queries;
  const Scope scope = scope_of(*exchange.caller, rendering.now);
  const auto found = queries.notifications(scope, filter, page);
  return list_response(
      found.items, found.next,
      [&](JsonWriter& json, const NotificationRow& row) { write_notification(json, row, rendering); },
      counted_if(counted, [&](std::size_t limit) { return queries.count_notifications(scope, filter, limit); }));
}

HttpResponse read_notifications(Context& context, const Exchange& exchange) {
  auto body = read_body(exchange.request);
  if (const auto* problem = std::get_if<Problem>(&body)) return answer(exchange, *problem);
  BodyReader reader(std::get<boost::json::object>(body));
  const auto texts = reader.texts("ids");
  const auto through_text = reader.text("through");
  std::vector<NotificationId> ids;
  if (texts && texts->size() > read_at_once_max) reader.complain("ids", {"一次最多 1000 项", "At most 1000 at once"});
  if (texts)
    for (const auto& text : *texts) {
      const auto id = parse_id<NotificationId>(text);
      if (id)
        ids.push_back(*id);
      else
        reader.complain("ids", unknown_id);
    }
  const auto through = through_text ? parse_id<NotificationId>(*through_text) : std::nullopt;
  if (through_text && !through) reader.complain("through", unknown_id);
  if (texts.has_value() == through_text.has_value())
    reader.complain("ids", {"须给出 ids 或 through 之一", "Give either ids or through"});
  if (auto complaints = reader.finish(); !complaints.empty()) return answer(exchange, invalid(std::move(complaints)));
  if (through)
    context.services.accounts.mark_read_through(exchange.caller->account, *through);
  else
    context.services.accounts.mark_read(exchange.caller->account, ids);
  return empty_response();
}

}  // namespace xueji::web
