// GET /me/sessions and DELETE /me/sessions/{id}: where one is signed in.
#include <algorithm>

#include "web/json/query_reader.hpp"
#include "web/server/answers.hpp"
#include "web/server/audit_lines.hpp"
#include "web/server/resources/resources.hpp"
#include "web/sessions/authentication.hpp"

namespace xueji::web {
namespace {

/// Enough of the hash to tell the sessions of one account apart.
std::string id_of(const Session& session) {
  constexpr std::size_t length = 32;
  return session.token_hash.substr(0, length);
}

void write_session(JsonWriter& json, const Session& session, const std::string& current) {
  json.begin_object().member("id", id_of(session)).member("since", session.created);
  json.member("lastUsed", session.used).member("until", session.expires);
  json.member("kind", session.by_token ? "token" : "browser").member_or_null("address", session.address);
  json.member_or_null("userAgent", session.user_agent).member("current", session.token_hash == current).end_object();
}

}  // namespace

HttpResponse list_sessions(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  const auto page = query.page();
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  const auto found =
      page_of(context.services.accounts.sessions_of(exchange.caller->account, context.services.clock.now()), page);
  return list_response(found.items, found.next, [&](JsonWriter& json, const Session& session) {
    write_session(json, session, exchange.session);
  });
}

HttpResponse end_one_session(Context& context, const Exchange& exchange) {
  const AccountId account = exchange.caller->account;
  const auto sessions = context.services.accounts.sessions_of(account, context.services.clock.now());
  const auto found = std::find_if(sessions.begin(), sessions.end(),
                                  [&](const Session& session) { return id_of(session) == exchange.path[0]; });
  if (found == sessions.end()) return answer(exchange, not_found());
  context.authentication.end_session(found->token_hash,
                                     {line_about(context, exchange, AuditAction::session_ended, account)});
  context.services.hub.end_session(found->token_hash);
  return empty_response();
}

}  // namespace xueji::web
