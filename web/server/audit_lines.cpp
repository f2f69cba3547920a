#include "web/server/audit_lines.hpp"

#include "web/server/record_looks.hpp"

namespace xueji::web {

AuditLine line_about(const Context& context, const Exchange& exchange, AuditAction action, AccountId account) {
  AuditLine line;
  line.at = context.services.clock.now();
  line.action = action;
  line.actor = exchange.caller ? exchange.caller->account : AccountId{};
  line.account = account;
  line.address = exchange.request.remote_address;
  return line;
}

AuditLine line_about(const Context& context, const Exchange& exchange, AuditAction action, const Post& post) {
  AuditLine line = line_about(context, exchange, action, post.account);
  line.office = post.office;
  line.post = post.id;
  line.role = post.role;
  return line;
}

void note_look(Context& context, const Exchange& exchange, std::string_view kind, std::string_view id) {
  AuditLine line = line_about(context, exchange, AuditAction::record_looked_at, exchange.caller->account);
  line.record = std::string(kind) + '/' + std::string(id);
  line.once = to_string(line.actor) + ' ' + line.record + ' ' + xueji::to_string(china_date(line.at));
  context.looks.note(std::move(line));
}

void note_export(Context& context, const Exchange& exchange, std::string_view what) {
  AuditLine line = line_about(context, exchange, AuditAction::exported, exchange.caller->account);
  line.record = what;
  context.services.audit_trail.add({line});
}

}  // namespace xueji::web
