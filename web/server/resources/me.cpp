// GET /me, and the posts that one lends to another for a time.
#include <algorithm>

#include "web/json/body_reader.hpp"
#include "web/json/query_reader.hpp"
#include "web/server/answers.hpp"
#include "web/server/audit_lines.hpp"
#include "web/server/resources/lookups.hpp"
#include "web/server/resources/resources.hpp"
#include "web/sessions/authentication.hpp"
#include "web/shapes/json_account.hpp"

namespace xueji::web {
namespace {

constexpr std::chrono::days delegation_max{366};

/// The caller's own post of that id; posts that were lent can't be lent on.
const Post* own_post(const Caller& caller, std::string_view id, Instant now) {
  const auto wanted = parse_id<PostId>(id);
  for (const Post& post : caller.posts)
    if (wanted && post.id == *wanted && !post.delegated_from && post.in_force(now)) return &post;
  return nullptr;
}

bool works_at(const std::vector<Post>& posts, OfficeId office, Instant now) {
  return std::any_of(posts.begin(), posts.end(), [&](const Post& post) {
    return post.office == office && !post.delegated_from && post.in_force(now);
  });
}

void write_delegation(JsonWriter& json, const Accounts::Lent& lent, const Rendering& rendering) {
  json.begin_object().member("to", lent.username).member("toName", lent.name).key("post");
  write_held_post(json, lent.post, rendering);
  if (lent.post.from) json.member("from", *lent.post.from);
  json.member("until", lent.post.until).end_object();
}

/// The offices of all posts, also of those that are not in force now.
std::vector<OfficeId> offices_of(const Caller& caller) {
  std::vector<OfficeId> offices;
  for (const Post& post : caller.posts) offices.push_back(post.office);
  return offices;
}

}  // namespace

HttpResponse show_me(Context& context, const Exchange& exchange) {
  JsonWriter json;
  write_account(json, *exchange.caller, rendering_for(context, exchange));
  return json_response(200, std::move(json));
}

HttpResponse list_delegations(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  const auto page = query.page();
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  const auto rendering = rendering_for(context, exchange);
  const Caller& caller = *exchange.caller;
  const auto found = page_of(context.services.accounts.lent(caller.account, offices_of(caller), rendering.now), page);
  return list_response(found.items, found.next,
                       [&](JsonWriter& json, const Accounts::Lent& lent) { write_delegation(json, lent, rendering); });
}

HttpResponse list_colleagues(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  const auto page = query.page();
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  const auto rendering = rendering_for(context, exchange);
  const Caller& caller = *exchange.caller;
  auto found = context.services.accounts.colleagues(caller.account, scope_of(caller, rendering.now).offices,
                                                    rendering.now, page.after.value_or(""), page.limit + 1);
  std::optional<std::string> next;
  if (found.size() > page.limit) {
    found.resize(page.limit);
    next = found.back().account.username;
  }
  return list_response(found, next, [&](JsonWriter& json, const Accounts::Listed& listed) {
    json.begin_object().member("username", listed.account.username).member("name", listed.account.name);
    json.key("posts").begin_array();
    for (const Post& post : listed.posts) write_held_post(json, post, rendering);
    json.end_array().end_object();
  });
}

HttpResponse lend_post(Context& context, const Exchange& exchange) {
  auto body = read_body(exchange.request);
  if (const auto* problem = std::get_if<Problem>(&body)) return answer(exchange, *problem);
  BodyReader reader(std::get<boost::json::object>(body));
  const Instant now = context.services.clock.now();
  const std::string post_id = reader.required_text("post");
  const std::string to = reader.required_text("to");
  const auto from = reader.nullable_instant("from");
  const auto until = reader.instant("until");
  const Post* post = own_post(*exchange.caller, post_id, now);
  if (!post) reader.complain("post", {"不是您本人的岗位", "This is not a post of your own"});
  if (!until || *until <= now || *until > now + delegation_max || (from && *from >= *until))
    reader.complain("until",
                    {"须晚于现在和起始时刻，且不超过一年", "This must be after now and after from, and within a year"});
  else if (post && post->until && *until > *post->until)
    reader.complain("until", {"不能晚于您本人任此岗位的期限", "This must be no later than your own post ends"});
  const auto account = context.services.accounts.by_username(to);
  const bool colleague = account && post && !account->disabled && account->id != exchange.caller->account &&
                         works_at(context.services.accounts.posts(account->id), post->office, now);
  if (!colleague) reader.complain("to", {"须为同一单位的另一位同事", "This must be a colleague at the same office"});
  if (auto complaints = reader.finish(); !complaints.empty()) return answer(exchange, invalid(std::move(complaints)));

  Post lent{{},   account->id, post->office, post->role, exchange.caller->account, exchange.caller->username,
            from, until,       post->id};
  lent.id = context.services.accounts.add_post(lent, {line_about(context, exchange, AuditAction::post_lent, lent)});
  rights_changed(context, account->id);
  JsonWriter json;
  write_delegation(json, {lent, account->username, account->name}, rendering_for(context, exchange));
  HttpResponse response = json_response(201, std::move(json));
  response.headers.emplace_back("Location", "/api/v1/me/delegations/" + account->username + '/' + to_string(lent.id));
  return response;
}

HttpResponse take_post_back(Context& context, const Exchange& exchange) {
  const auto account = context.services.accounts.by_username(exchange.path[0]);
  const auto id = parse_id<PostId>(exchange.path[1]);
  if (!account || !id) return answer(exchange, not_found());
  for (const Post& post : context.services.accounts.posts(account->id)) {
    if (post.id != *id || post.delegated_from != exchange.caller->account) continue;
    context.services.accounts.remove_post(post.id, {line_about(context, exchange, AuditAction::loan_taken_back, post)});
    rights_changed(context, account->id);
    return empty_response();
  }
  return answer(exchange, not_found());
}

}  // namespace xueji::web
