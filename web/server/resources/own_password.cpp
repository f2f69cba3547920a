// POST /me/password: people choose their own.
#include "web/json/body_reader.hpp"
#include "web/server/answers.hpp"
#include "web/server/audit_lines.hpp"
#include "web/server/resources/re_authentication.hpp"
#include "web/server/resources/resources.hpp"
#include "web/sessions/authentication.hpp"

namespace xueji::web {

HttpResponse change_password(Context& context, const Exchange& exchange) {
  auto body = read_body(exchange.request);
  if (const auto* problem = std::get_if<Problem>(&body)) return answer(exchange, *problem);
  BodyReader reader(std::get<boost::json::object>(body));
  const std::string old = reader.required_text("old");
  const std::string chosen = reader.required_text("new");
  const Caller& caller = *exchange.caller;
  if (const auto fault = fault_of_password(chosen, caller.username, old, context.services.weak_passwords))
    reader.complain("new", *fault);
  if (auto complaints = reader.finish(); !complaints.empty()) return answer(exchange, invalid(std::move(complaints)));

  if (const auto problem = check_own_password(context, exchange, reader, "old", old)) return answer(exchange, *problem);
  if (auto complaints = reader.finish(); !complaints.empty()) return answer(exchange, invalid(std::move(complaints)));
  Accounts& accounts = context.services.accounts;
  const auto sessions = accounts.sessions_of(caller.account, context.services.clock.now());
  accounts.set_password(caller.account, context.services.identity.hash_password(chosen), false, exchange.session,
                        {line_about(context, exchange, AuditAction::password_changed, caller.account)});
  context.authentication.forget(caller.account);
  for (const Session& session : sessions)
    if (session.token_hash != exchange.session) context.services.hub.end_session(session.token_hash);
  return empty_response();
}

}  // namespace xueji::web
