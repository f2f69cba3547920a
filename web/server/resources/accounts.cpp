// GET and POST /accounts, and shutting them out: for administrators, within their offices.
#include "engine/registry/names.hpp"
#include "web/http/language.hpp"
#include "web/json/body_reader.hpp"
#include "web/json/query_reader.hpp"
#include "web/server/answers.hpp"
#include "web/server/audit_lines.hpp"
#include "web/server/leaves_undecided.hpp"
#include "web/server/resources/account_posts.hpp"
#include "web/server/resources/lookups.hpp"
#include "web/server/resources/resources.hpp"
#include "web/sessions/authentication.hpp"
#include "web/shapes/json_account.hpp"

namespace xueji::web {
namespace {

Caller person_of(const Account& account, std::vector<Post> posts) {
  return {account.id, account.username, account.name, account.language, std::move(posts)};
}

void write_administration_members(JsonWriter& json, const Context& context, const Account& account,
                                  const Rendering& rendering) {
  json.member("disabled", account.disabled).member("sealed", is_sealed(context, account)).key("proposed").begin_array();
  for (const Proposal& proposal : context.services.accounts.proposals(account.id))
    write_proposal(json, proposal, rendering);
  json.end_array();
}

/// Where the name was given and holds look-alikes: what was probably meant.
void write_name_warning(JsonWriter& json, const Account& account) {
  json.key("warnings").begin_array();
  if (const auto meant = meant_name(account.name))
    json.begin_object().member("pointer", "/name").member("meant", *meant).end_object();
  json.end_array();
}

enum class NameGiven { before, now };

HttpResponse account_response(const Context& context, const Exchange& exchange, const Account& account, int status,
                              NameGiven given = NameGiven::before) {
  JsonWriter json;
  json.begin_object();
  const auto rendering = rendering_for(context, exchange);
  write_account_members(json, person_of(account, context.services.accounts.posts(account.id)), rendering);
  write_administration_members(json, context, account, rendering);
  if (given == NameGiven::now) write_name_warning(json, account);
  json.end_object();
  return json_response(status, std::move(json));
}

struct NewAccount {
  Account account;
  std::string password;
  std::vector<Post> posts;
};

NewAccount read_account(BodyReader& reader, const Context& context, const Exchange& exchange) {
  NewAccount made;
  made.account.username = reader.required_text("username");
  made.account.name = reader.required_text("name");
  made.password = reader.required_text("password");
  const auto locale = parse_language(reader.text("locale").value_or("zh"));
  if (!is_username(made.account.username))
    reader.complain("username", {"须为 1 至 64 个小写字母、数字或 . _ -",
                                 "This must be 1 to 64 of lower-case letters, digits and . _ -"});
  if (const auto fault = check_person_name(made.account.name)) reader.complain("name", *fault);
  if (const auto fault =
          fault_of_password(made.password, made.account.username, std::nullopt, context.services.weak_passwords))
    reader.complain("password", *fault);
  if (!locale) reader.complain("locale", {"应为 zh 或 en", "This must be zh or en"});
  made.account.language = locale.value_or(Language::zh);
  for (const auto& [object, pointer] : reader.objects("posts", 20)) {
    BodyReader each(*object, pointer);
    made.posts.push_back(read_post(each, context, exchange));
    reader.adopt(each.finish());
  }
  if (made.posts.empty()) reader.complain("posts", {"至少一个岗位", "At least one post"});
  return made;
}

}  // namespace

HttpResponse list_accounts(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  const Accounts::Wanted wanted{query.id<OfficeId>("office").value_or(OfficeId{}), query.text("q").value_or("")};
  const auto page = query.page();
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  const auto rendering = rendering_for(context, exchange);
  auto found = context.services.accounts.list(administered_by(*exchange.caller, rendering.now).offices, wanted,
                                              page.after.value_or(""), page.limit + 1);
  std::optional<std::string> next;
  if (found.size() > page.limit) {
    found.resize(page.limit);
    next = found.back().account.username;
  }
  return list_response(found, next, [&](JsonWriter& json, const Accounts::Listed& listed) {
    json.begin_object();
    write_account_members(json, person_of(listed.account, listed.posts), rendering);
    write_administration_members(json, context, listed.account, rendering);
    json.end_object();
  });
}

HttpResponse add_account(Context& context, const Exchange& exchange) {
  if (const auto problem = gives_no_posts(context, exchange)) return answer(exchange, *problem);
  auto body = read_body(exchange.request);
  if (const auto* problem = std::get_if<Problem>(&body)) return answer(exchange, *problem);
  BodyReader reader(std::get<boost::json::object>(body));
  NewAccount made = read_account(reader, context, exchange);
  if (is_username(made.account.username) && context.services.accounts.by_username(made.account.username))
    reader.complain("username", {"此用户名已被使用", "This user name is taken"});
  if (auto complaints = reader.finish(); !complaints.empty()) return answer(exchange, invalid(std::move(complaints)));
  made.account.password_hash = context.services.identity.hash_password(made.password);
  made.account.must_change_password = true;
  made.account.used = context.services.clock.now();
  made.account.id = context.services.accounts.add(
      made.account, {line_about(context, exchange, AuditAction::account_added, AccountId{})});
  for (Post& post : made.posts) {
    post.account = made.account.id;
    give_or_propose(context, exchange, post);
  }
  return account_response(context, exchange, made.account, 201, NameGiven::now);
}

HttpResponse change_account(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  const bool confirmed = query.truth("confirm").value_or(false);
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  auto body = read_body(exchange.request);
  if (const auto* problem = std::get_if<Problem>(&body)) return answer(exchange, *problem);
  BodyReader reader(std::get<boost::json::object>(body));
  const auto disabled = reader.truth("disabled");
  const auto sealed = reader.truth("sealed");
  if (sealed.value_or(false)) reader.complain("sealed", {"只能解封", "An account can only be unsealed"});
  if (!disabled && !sealed) reader.complain("disabled", {"必须填写", "This is required"});
  if (auto complaints = reader.finish(); !complaints.empty()) return answer(exchange, invalid(std::move(complaints)));
  auto account = administered_account(context, exchange, exchange.path[0]);
  if (!account) return answer(exchange, not_found());
  if (const auto problem = is_administered_in_part(context, exchange, *account)) return answer(exchange, *problem);
  const std::lock_guard one_at_a_time(context.departures);
  Accounts& accounts = context.services.accounts;
  if (sealed) {
    account->used = context.services.clock.now();
    accounts.set_used(account->id, *account->used,
                      {line_about(context, exchange, AuditAction::account_unsealed, account->id)});
  }
  if (!disabled) return account_response(context, exchange, *account, 200);
  if (*disabled && !account->disabled) {
    const auto gone = accounts.posts(account->id);
    if (const auto problem = leaves_no_administrator(context, gone)) return answer(exchange, *problem);
    if (!confirmed)
      if (const auto problem = leaves_undecided(context.services, exchange, gone)) return answer(exchange, *problem);
  }
  const auto borrowers = accounts.borrowers(account->id);
  accounts.set_disabled(
      account->id, *disabled,
      {line_about(context, exchange, *disabled ? AuditAction::account_disabled : AuditAction::account_enabled,
                  account->id)});
  account->disabled = *disabled;
  rights_changed(context, account->id);
  for (const AccountId borrower : borrowers) rights_changed(context, borrower);
  return account_response(context, exchange, *account, 200);
}

}  // namespace xueji::web
