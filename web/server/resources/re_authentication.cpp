#include "web/server/resources/re_authentication.hpp"

#include "web/server/answers.hpp"
#include "web/server/audit_lines.hpp"
#include "web/sessions/authentication.hpp"

namespace xueji::web {
namespace {

bool has_just_signed_in(const Context& context, const Exchange& exchange) {
  const auto session = context.services.accounts.session(exchange.session);
  const Instant now = context.services.clock.now();
  return session && session->created <= now && now - session->created < fresh_sign_in;
}

}  // namespace

std::optional<Problem> check_own_password(Context& context, const Exchange& exchange, BodyReader& reader,
                                          std::string_view member, const std::string& password) {
  const Caller& caller = *exchange.caller;
  const auto attempt = context.authentication.sign_in({caller.username,
                                                       password,
                                                       exchange.request.remote_address,
                                                       context.authentication.device(exchange.request.headers),
                                                       {},
                                                       true});
  if (const auto* too_often = std::get_if<TooOften>(&attempt)) return rate_limited(too_often->seconds);
  if (std::holds_alternative<WrongPassword>(attempt)) {
    context.services.audit_trail.add({line_about(context, exchange, AuditAction::sign_in_failed, caller.account)});
    reader.complain(member, {"密码不正确", "The password is wrong"});
  }
  return std::nullopt;
}

std::optional<Problem> is_not_asked_again(Context& context, const Exchange& exchange) {
  auto body = read_body(exchange.request, EmptyBody::is_empty_object);
  if (auto* problem = std::get_if<Problem>(&body)) return std::move(*problem);
  BodyReader reader(std::get<boost::json::object>(body));
  const auto password = reader.text("password");
  if (!password && !has_just_signed_in(context, exchange))
    reader.complain("password", {"请再次输入密码", "Give your password once more"});
  if (auto complaints = reader.finish(); !complaints.empty()) return invalid(std::move(complaints));
  if (!password) return std::nullopt;
  if (auto problem = check_own_password(context, exchange, reader, "password", *password)) return problem;
  if (auto complaints = reader.finish(); !complaints.empty()) return invalid(std::move(complaints));
  return std::nullopt;
}

}  // namespace xueji::web
