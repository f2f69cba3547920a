// POST /session, DELETE /session: signing in and out.
#include "web/http/language.hpp"
#include "web/json/body_reader.hpp"
#include "web/server/answers.hpp"
#include "web/server/audit_lines.hpp"
#include "web/server/gatekeeper.hpp"
#include "web/server/resources/account_posts.hpp"
#include "web/server/resources/resources.hpp"
#include "web/sessions/authentication.hpp"
#include "web/shapes/json_account.hpp"

namespace xueji::web {
namespace {

constexpr std::size_t minute_length = std::string_view("2026-11-29T08:00").size();

/// Whoever guesses names leaves one line a minute, so that they can't fill the trail.
void note_failure(const Context& context, const Exchange& exchange, AccountId account) {
  AuditLine line = line_about(context, exchange, AuditAction::sign_in_failed, account);
  if (!account) line.once = "stranger " + line.address + ' ' + to_rfc3339(line.at).substr(0, minute_length);
  context.services.audit_trail.add({line});
}

HttpResponse begin(Context& context, const Exchange& exchange, AccountId id, bool by_token) {
  const auto caller = context.authentication.account(id);
  if (!caller) return answer(exchange, unauthenticated());
  AuditLine line = line_about(context, exchange, AuditAction::signed_in, id);
  line.actor = id;
  const std::string token =
      context.authentication.begin_session(id,
                                           {by_token, exchange.request.remote_address,
                                            std::string(exchange.request.headers.find("User-Agent").value_or(""))},
                                           {line});
  const auto rendering = rendering_for(context.services, language_of(exchange.request.headers, caller->language));
  JsonWriter json;
  json.begin_object();
  write_account_members(json, *caller, rendering);
  json.member("passwordChangeRequired", caller->must_change_password);
  if (by_token) json.member("token", token);
  json.end_object();
  HttpResponse response = json_response(201, std::move(json));
  if (!by_token) {
    response.headers.emplace_back("Set-Cookie", context.authentication.cookie(token));
    response.headers.emplace_back("Set-Cookie", context.authentication.remember_device(exchange.request.headers, id));
  }
  return response;
}

}  // namespace

HttpResponse sign_in(Context& context, const Exchange& exchange) {
  auto body = read_body(exchange.request);
  if (const auto* problem = std::get_if<Problem>(&body)) return answer(exchange, *problem);
  BodyReader reader(std::get<boost::json::object>(body));
  const std::string username = reader.required_text("username");
  const std::string password = reader.required_text("password");
  const std::string code = plain_characters(reader.nullable_text("code").value_or(""));
  const std::string mode = reader.text("mode").value_or("cookie");
  if (mode != "cookie" && mode != "token")
    reader.complain("mode", {"应为 cookie 或 token", "This must be cookie or token"});
  if (auto complaints = reader.finish(); !complaints.empty()) return answer(exchange, invalid(std::move(complaints)));

  const auto attempt = context.authentication.sign_in({username, password, exchange.request.remote_address,
                                                       context.authentication.device(exchange.request.headers), code});
  if (const auto* too_often = std::get_if<TooOften>(&attempt))
    return answer(exchange, rate_limited(too_often->seconds));
  if (const auto* wrong = std::get_if<WrongPassword>(&attempt)) {
    note_failure(context, exchange, wrong->account);
    return answer(exchange, unauthenticated());
  }
  if (const auto* needs = std::get_if<NeedsCode>(&attempt)) {
    if (needs->was_wrong) note_failure(context, exchange, needs->account);
    return answer(exchange, {"second-factor-required", {}, {}, {}, {}});
  }
  const Account& account = std::get<SignedIn>(attempt).account;
  if (is_sealed(context, account)) return answer(exchange, {"account-sealed", {}, {}, {}, {}});
  return begin(context, exchange, account.id, mode == "token");
}

HttpResponse sign_out(Context& context, const Exchange& exchange) {
  context.authentication.end_session(
      exchange.session, {line_about(context, exchange, AuditAction::signed_out, exchange.caller->account)});
  context.services.hub.end_session(exchange.session);
  HttpResponse response = empty_response();
  response.headers.emplace_back("Set-Cookie", context.authentication.ended_cookie());
  response.headers.emplace_back("Clear-Site-Data", "\"cache\", \"storage\"");
  return response;
}

}  // namespace xueji::web
