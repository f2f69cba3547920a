// POST and DELETE /me/second-factor, /confirm, and DELETE /accounts/{username}/second-factor.
#include "engine/authority/one_time_code.hpp"
#include "engine/base/sha256.hpp"
#include "web/json/body_reader.hpp"
#include "web/server/answers.hpp"
#include "web/server/audit_lines.hpp"
#include "web/server/resources/lookups.hpp"
#include "web/server/resources/re_authentication.hpp"
#include "web/server/resources/resources.hpp"
#include "web/sessions/authentication.hpp"

namespace xueji::web {
namespace {

constexpr std::size_t secret_bytes = 32;  // of a token's text: 192 bits
constexpr int recovery_codes = 10;
constexpr std::size_t recovery_code_length = 22;  // 132 bits: a plain hash will do

std::string uri_of(const std::string& username, const std::string& secret) {
  return "otpauth://totp/xueji:" + username + "?secret=" + secret + "&issuer=xueji&algorithm=SHA1&digits=6&period=30";
}

}  // namespace

HttpResponse begin_second_factor(Context& context, const Exchange& exchange) {
  if (const auto problem = is_not_asked_again(context, exchange)) return answer(exchange, *problem);
  const AccountId account = exchange.caller->account;
  Accounts& accounts = context.services.accounts;
  if (const auto there = accounts.second_factor(account); there && there->confirmed)
    return answer(exchange, {"second-factor-there", {}, {}, {}, {}});
  Identity& identity = context.services.identity;
  const std::string secret = identity.new_token().substr(0, secret_bytes);
  std::vector<std::string> codes, hashes;
  for (int i = 0; i < recovery_codes; ++i) {
    codes.push_back(identity.new_token().substr(0, recovery_code_length));
    hashes.push_back(sha256_hex(codes.back()));
  }
  accounts.propose_second_factor(account, secret, hashes);
  const std::string shown = base32(secret);
  JsonWriter json;
  json.begin_object().member("secret", shown).member("uri", uri_of(exchange.caller->username, shown));
  json.key("recoveryCodes").begin_array();
  for (const std::string& code : codes) json.value(code);
  json.end_array().end_object();
  return json_response(201, std::move(json));
}

HttpResponse confirm_second_factor(Context& context, const Exchange& exchange) {
  auto body = read_body(exchange.request);
  if (const auto* problem = std::get_if<Problem>(&body)) return answer(exchange, *problem);
  BodyReader reader(std::get<boost::json::object>(body));
  const std::string code = plain_characters(reader.required_text("code"));
  const AccountId account = exchange.caller->account;
  Accounts& accounts = context.services.accounts;
  const auto factor = accounts.second_factor(account);
  const auto step = factor && !factor->confirmed
                        ? step_of_code(factor->secret, code, context.services.clock.now(), factor->used_step)
                        : std::nullopt;
  if (!step)
    reader.complain("code", {"验证码不正确，请核对手机时间", "The code is wrong; is the phone's clock right?"});
  if (auto complaints = reader.finish(); !complaints.empty()) return answer(exchange, invalid(std::move(complaints)));
  accounts.use_code(account, *step, {line_about(context, exchange, AuditAction::second_factor_set, account)});
  context.authentication.forget(account);
  return empty_response();
}

HttpResponse remove_second_factor(Context& context, const Exchange& exchange) {
  if (const auto problem = is_not_asked_again(context, exchange)) return answer(exchange, *problem);
  const AccountId account = exchange.caller->account;
  context.services.accounts.remove_second_factor(
      account, {line_about(context, exchange, AuditAction::second_factor_removed, account)});
  context.authentication.forget(account);
  return empty_response();
}

HttpResponse reset_second_factor(Context& context, const Exchange& exchange) {
  const auto account = administered_account(context, exchange, exchange.path[0]);
  if (!account) return answer(exchange, not_found());
  if (const auto problem = is_administered_in_part(context, exchange, *account)) return answer(exchange, *problem);
  context.services.accounts.remove_second_factor(
      account->id, {line_about(context, exchange, AuditAction::second_factor_removed, account->id)});
  rights_changed(context, account->id);
  return empty_response();
}

}  // namespace xueji::web
