// GET /audit: who did what, for administrators, within their offices.
#include "web/json/query_reader.hpp"
#include "web/server/answers.hpp"
#include "web/server/resources/lookups.hpp"
#include "web/server/resources/resources.hpp"
#include "web/shapes/json_audit.hpp"

namespace xueji::web {

std::optional<AuditQuestion> read_audit_question(QueryReader& query, const Context& context, const Exchange& exchange) {
  AuditQuestion asked;
  asked.offices = administered_by(*exchange.caller, context.services.clock.now()).offices;
  asked.wanted.action = query.parsed<AuditAction>("action", parse_audit_action);
  asked.wanted.from = query.parsed<Instant>("from", parse_rfc3339);
  asked.wanted.until = query.parsed<Instant>("to", parse_rfc3339);
  const auto username = query.text("account");
  if (!username) return asked;
  const auto account = administered_account(context, exchange, *username);
  if (!account) return std::nullopt;
  asked.wanted.account = account->id;
  return asked;
}

HttpResponse list_audit(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  const auto asked = read_audit_question(query, context, exchange);
  const auto page = query.page();
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  if (!asked) return answer(exchange, not_found());
  const auto before = page.after ? parse_id<RequestId>(*page.after) : RequestId{};
  if (!before) throw BadCursor();
  auto rows = context.services.audit_trail.lines(asked->offices, asked->wanted, before->value, page.limit + 1);
  std::optional<std::string> next;
  if (rows.size() > page.limit) {
    rows.resize(page.limit);
    next = std::to_string(rows.back().number);
  }
  const auto rendering = rendering_for(context, exchange);
  return list_response(rows, next,
                       [&](JsonWriter& json, const AuditTrail::Row& row) { write_audit_line(json, row, rendering); });
}

}  // namespace xueji::web
