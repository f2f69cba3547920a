// GET and POST /accounts, their posts, and shutting them out: for administrators, within their offices.
#include "web/server/answers.hpp"
#include "web/server/authentication.hpp"
#include "web/server/body_reader.hpp"
#include "web/server/json_account.hpp"
#include "web/server/language.hpp"
#include "web/server/leaves_undecided.hpp"
#include "web/server/query_reader.hpp"
#include "web/server/resources/lookups.hpp"
#include "web/server/resources/resources.hpp"

namespace xueji::web {
namespace {

Caller person_of(const Account& account, std::vector<Post> posts) {
  return {account.id, account.username, account.name, account.language, std::move(posts)};
}

HttpResponse account_response(const Context& context, const Exchange& exchange, const Account& account, int status) {
  JsonWriter json;
  json.begin_object();
  write_account_members(json, person_of(account, context.services.accounts.posts(account.id)),
                        rendering_for(context, exchange));
  json.member("disabled", account.disabled).end_object();
  return json_response(status, std::move(json));
}

/// An account one of whose posts lies in the caller's offices.
std::optional<Account> administered_account(const Context& context, const Exchange& exchange) {
  auto account = context.services.accounts.by_username(exchange.path[0]);
  if (!account) return std::nullopt;
  const auto offices = context.services.directory.offices();
  for (const Post& post : context.services.accounts.posts(account->id))
    if (administers(*exchange.caller, post.office, *offices, context.services.clock.now())) return account;
  return std::nullopt;
}

bool may_hold(Role role, const Office& office) {
  if (role == Role::admin) return true;
  const bool of_school = role == Role::registrar || role == Role::head;
  return role != Role::system && of_school == (office.level == Level::school);
}

Post read_post(BodyReader& reader, const Context& context, const Exchange& exchange) {
  Post post;
  const auto offices = context.services.directory.offices();
  const auto office_id = parse_id<OfficeId>(reader.required_text("office"));
  const auto role = parse_role(reader.required_text("role"));
  post.from = reader.instant("from");
  post.until = reader.instant("until");
  const Office* office = office_id ? offices->find(*office_id) : nullptr;
  if (!office || !administers(*exchange.caller, office->id, *offices, context.services.clock.now()))
    reader.complain("office", {"不是您管理的单位", "This is not an office that you administer"});
  else if (!role || !may_hold(*role, *office))
    reader.complain("role", {"该单位没有此岗位", "There is no such post at that office"});
  if (post.from && post.until && *post.until <= *post.from)
    reader.complain("until", {"须晚于起始时刻", "This must be after from"});
  post.office = office ? office->id : OfficeId{};
  post.role = role.value_or(Role::registrar);
  return post;
}

void rights_changed(Context& context, AccountId account) {
  context.authentication.forget(account);
  context.services.hub.end_account(account);
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
  if (is_blank(made.account.name) || code_points(made.account.name) > 50)
    reader.complain("name", {"须为 1 至 50 个字", "This must be 1 to 50 characters"});
  if (made.password.size() < password_bytes_min || made.password.size() > password_bytes_max)
    reader.complain("password", {"须为 8 至 256 个字节", "This must be 8 to 256 bytes"});
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
    json.member("disabled", listed.account.disabled).end_object();
  });
}

HttpResponse add_account(Context& context, const Exchange& exchange) {
  auto body = read_body(exchange.request);
  if (const auto* problem = std::get_if<Problem>(&body)) return answer(exchange, *problem);
  BodyReader reader(std::get<boost::json::object>(body));
  NewAccount made = read_account(reader, context, exchange);
  if (is_username(made.account.username) && context.services.accounts.by_username(made.account.username))
    reader.complain("username", {"此用户名已被使用", "This user name is taken"});
  if (auto complaints = reader.finish(); !complaints.empty()) return answer(exchange, invalid(std::move(complaints)));
  made.account.password_hash = context.services.identity.hash_password(made.password);
  made.account.id = context.services.accounts.add(made.account);
  for (Post& post : made.posts) {
    post.account = made.account.id;
    context.services.accounts.add_post(post);
  }
  return account_response(context, exchange, made.account, 201);
}

HttpResponse change_account(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  const bool confirmed = query.truth("confirm").value_or(false);
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  auto body = read_body(exchange.request);
  if (const auto* problem = std::get_if<Problem>(&body)) return answer(exchange, *problem);
  BodyReader reader(std::get<boost::json::object>(body));
  const auto disabled = reader.truth("disabled");
  if (!disabled) reader.complain("disabled", {"必须填写", "This is required"});
  if (auto complaints = reader.finish(); !complaints.empty()) return answer(exchange, invalid(std::move(complaints)));
  auto account = administered_account(context, exchange);
  if (!account) return answer(exchange, not_found());
  const std::lock_guard one_at_a_time(context.departures);
  if (*disabled && !account->disabled && !confirmed)
    if (const auto problem = leaves_undecided(context.services, exchange, context.services.accounts.posts(account->id)))
      return answer(exchange, *problem);
  context.services.accounts.set_disabled(account->id, *disabled);
  account->disabled = *disabled;
  rights_changed(context, account->id);
  return account_response(context, exchange, *account, 200);
}

HttpResponse add_post(Context& context, const Exchange& exchange) {
  auto body = read_body(exchange.request);
  if (const auto* problem = std::get_if<Problem>(&body)) return answer(exchange, *problem);
  BodyReader reader(std::get<boost::json::object>(body));
  Post post = read_post(reader, context, exchange);
  if (auto complaints = reader.finish(); !complaints.empty()) return answer(exchange, invalid(std::move(complaints)));
  const auto account = administered_account(context, exchange);
  if (!account) return answer(exchange, not_found());
  post.account = account->id;
  post.id = context.services.accounts.add_post(post);
  rights_changed(context, account->id);
  JsonWriter json;
  write_held_post(json, post, rendering_for(context, exchange));
  HttpResponse response = json_response(201, std::move(json));
  response.headers.emplace_back("Location", "/api/v1/accounts/" + account->username + "/posts/" + to_string(post.id));
  return response;
}

HttpResponse remove_post(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  const bool confirmed = query.truth("confirm").value_or(false);
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  const auto account = administered_account(context, exchange);
  const auto id = parse_id<PostId>(exchange.path[1]);
  if (!account || !id) return answer(exchange, not_found());
  const auto offices = context.services.directory.offices();
  for (const Post& post : context.services.accounts.posts(account->id)) {
    if (post.id != *id || !administers(*exchange.caller, post.office, *offices, context.services.clock.now())) continue;
    const std::lock_guard one_at_a_time(context.departures);
    if (!confirmed)
      if (const auto problem = leaves_undecided(context.services, exchange, {post})) return answer(exchange, *problem);
    context.services.accounts.remove_post(post.id);
    rights_changed(context, account->id);
    return empty_response();
  }
  return answer(exchange, not_found());
}

}  // namespace xueji::web
