// POST and DELETE /accounts/{username}/posts, /confirm, and GET /proposals: it takes two administrators to give a post
// that decides.
#include "web/server/resources/account_posts.hpp"

#include <algorithm>

#include "engine/runtime/staffing.hpp"
#include "web/json/query_reader.hpp"
#include "web/server/answers.hpp"
#include "web/server/audit_lines.hpp"
#include "web/server/leaves_undecided.hpp"
#include "web/server/resources/lookups.hpp"
#include "web/server/resources/resources.hpp"
#include "web/shapes/json_account.hpp"

namespace xueji::web {
namespace {

Problem another_must(Text detail) { return {"separation-of-duties", std::move(detail), {}, {}, {}}; }

/// The proposal that the path names, of an office that the caller administers.
std::optional<Proposal> proposal_of(const Context& context, const Exchange& exchange, AccountId account) {
  const auto id = parse_id<PostId>(exchange.path[1]);
  const auto offices = context.services.directory.offices();
  for (Proposal& proposal : context.services.accounts.proposals(account))
    if (id && proposal.post.id == *id &&
        administers(*exchange.caller, proposal.post.office, *offices, context.services.clock.now()))
      return std::move(proposal);
  return std::nullopt;
}

bool administers_still(const Post& post, Instant now) {
  return post.role == Role::admin && !post.delegated_from && post.in_force(now);
}

}  // namespace

Post read_post(BodyReader& reader, const Context& context, const Exchange& exchange) {
  Post post;
  const auto offices = context.services.directory.offices();
  const auto office_id = parse_id<OfficeId>(reader.required_text("office"));
  const auto role = parse_role(reader.required_text("role"));
  post.from = reader.nullable_instant("from");
  post.until = reader.nullable_instant("until");
  const Office* office = office_id ? offices->find(*office_id) : nullptr;
  if (!office || !may_give_posts(*exchange.caller, office->id, *offices, context.services.clock.now()))
    reader.complain("office", {"不是您管理的单位", "This is not an office that you administer"});
  else if (!role || !has_post(office->level, *role))
    reader.complain("role", {"该单位没有此岗位", "There is no such post at that office"});
  if (post.from && post.until && *post.until <= *post.from)
    reader.complain("until", {"须晚于起始时刻", "This must be after from"});
  else if (post.until && *post.until <= context.services.clock.now())
    reader.complain("until", {"这一时刻已过", "This moment has passed"});
  post.office = office ? office->id : OfficeId{};
  post.role = role.value_or(Role::registrar);
  return post;
}

std::optional<Problem> gives_no_posts(const Context& context, const Exchange& exchange) {
  const Instant now = context.services.clock.now();
  const auto& posts = exchange.caller->posts;
  if (std::any_of(posts.begin(), posts.end(), [&](const Post& post) { return administers_still(post, now); }))
    return std::nullopt;
  return not_allowed({"受托的管理员岗位不能授予岗位，请由本人担任管理员的同事办理",
                      "With a lent post of an administrator nobody gives posts; an administrator with a post of their "
                      "own can"});
}

bool give_or_propose(Context& context, const Exchange& exchange, Post& post) {
  Accounts& accounts = context.services.accounts;
  const bool given = !takes_two_to_give(post.role);
  const AuditLine line =
      line_about(context, exchange, given ? AuditAction::post_given : AuditAction::post_proposed, post);
  if (given)
    post.id = accounts.add_post(post, {line});
  else
    post.id = accounts.propose_post({post, exchange.caller->account, context.services.clock.now()}, {line});
  return given;
}

std::optional<Problem> leaves_no_administrator(const Context& context, const std::vector<Post>& gone,
                                               const std::function<bool(const Post&)>& counts) {
  const auto offices = context.services.directory.offices();
  if (!xueji::leaves_no_administrator(context.services.accounts, *offices, gone, context.services.clock.now(), counts))
    return std::nullopt;
  return Problem{"last-administrator", {}, {}, {}, {}};
}

bool is_sealed(const Context& context, const Account& account) {
  if (context.options.demo || !account.used) return false;
  const Instant now = context.services.clock.now();
  const auto is_used = [&](const Account& one) { return !one.used || now - *one.used < context.options.sealed_after; };
  if (is_used(account)) return false;
  // Somebody must be left who can unseal: an administrator whose own account nobody uses is none.
  return !leaves_no_administrator(context, context.services.accounts.posts(account.id), [&](const Post& other) {
    const auto holder = context.services.accounts.by_id(other.account);
    return holder && is_used(*holder);
  });
}

void write_proposal(JsonWriter& json, const Proposal& proposal, const Rendering& rendering) {
  json.begin_object();
  write_held_post_members(json, proposal.post, rendering);
  json.member("state", "proposed").member("username", proposal.username);
  json.member("proposedBy", proposal.by_username).member("proposedAt", proposal.at).end_object();
}

HttpResponse list_proposals(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  const auto page = query.page();
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  const auto rendering = rendering_for(context, exchange);
  const auto after = page.after ? parse_id<PostId>(*page.after) : PostId{};
  if (!after) throw BadCursor();
  auto found = context.services.accounts.proposals_within(administered_by(*exchange.caller, rendering.now).offices,
                                                          *after, page.limit + 1);
  std::optional<std::string> next;
  if (found.size() > page.limit) {
    found.resize(page.limit);
    next = to_string(found.back().post.id);
  }
  return list_response(found, next,
                       [&](JsonWriter& json, const Proposal& each) { write_proposal(json, each, rendering); });
}

HttpResponse add_post(Context& context, const Exchange& exchange) {
  if (const auto problem = gives_no_posts(context, exchange)) return answer(exchange, *problem);
  auto body = read_body(exchange.request);
  if (const auto* problem = std::get_if<Problem>(&body)) return answer(exchange, *problem);
  BodyReader reader(std::get<boost::json::object>(body));
  Post post = read_post(reader, context, exchange);
  if (auto complaints = reader.finish(); !complaints.empty()) return answer(exchange, invalid(std::move(complaints)));
  auto account = administered_account(context, exchange, exchange.path[0]);
  if (!account) account = account_without_posts(context, exchange.path[0]);
  if (!account) return answer(exchange, not_found());
  if (account->id == exchange.caller->account)
    return answer(exchange, another_must({"不能给自己授予岗位，请由另一位管理员办理",
                                          "Nobody gives themselves a post; another administrator can"}));
  post.account = account->id;
  const auto posts = context.services.accounts.posts(account->id);
  if (std::any_of(posts.begin(), posts.end(), [&](const Post& held) { return covers(held, post); }))
    return answer(exchange, invalid({{"/role", {"此人已任该岗位", "This person holds that post already"}}}));
  const bool given = give_or_propose(context, exchange, post);
  if (given) rights_changed(context, account->id);
  const auto rendering = rendering_for(context, exchange);
  JsonWriter json;
  json.begin_object();
  write_held_post_members(json, post, rendering);
  json.member("state", given ? "held" : "proposed").end_object();
  HttpResponse response = json_response(given ? 201 : 202, std::move(json));
  response.headers.emplace_back("Location", "/api/v1/accounts/" + account->username + "/posts/" + to_string(post.id));
  return response;
}

HttpResponse confirm_post(Context& context, const Exchange& exchange) {
  auto body = read_body(exchange.request, EmptyBody::is_empty_object);
  if (const auto* problem = std::get_if<Problem>(&body)) return answer(exchange, *problem);
  BodyReader reader(std::get<boost::json::object>(body));
  if (auto complaints = reader.finish(); !complaints.empty()) return answer(exchange, invalid(std::move(complaints)));
  const auto account = administered_account(context, exchange, exchange.path[0]);
  const auto proposal = account ? proposal_of(context, exchange, account->id) : std::nullopt;
  if (!proposal) return answer(exchange, not_found());
  if (proposal->by == exchange.caller->account || account->id == exchange.caller->account)
    return answer(exchange, another_must({"提请人和本人都不能确认，请由本单位或上级的另一位管理员确认",
                                          "Neither who proposed a post nor who is to hold it confirms it; another "
                                          "administrator of the office or of one above can"}));
  const auto offices = context.services.directory.offices();
  const auto rendering = rendering_for(context, exchange);
  if (!may_give_posts(*exchange.caller, proposal->post.office, *offices, rendering.now))
    return answer(exchange, *gives_no_posts(context, exchange));
  if (!context.services.accounts.confirm_post(
          proposal->post.id, {line_about(context, exchange, AuditAction::post_confirmed, proposal->post)}))
    return answer(exchange, not_found());
  rights_changed(context, account->id);
  JsonWriter json;
  json.begin_object();
  write_held_post_members(json, proposal->post, rendering);
  json.member("state", "held").end_object();
  return json_response(200, std::move(json));
}

HttpResponse remove_post(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  const bool confirmed = query.truth("confirm").value_or(false);
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  const auto account = administered_account(context, exchange, exchange.path[0]);
  const auto id = parse_id<PostId>(exchange.path[1]);
  if (!account || !id) return answer(exchange, not_found());
  Accounts& accounts = context.services.accounts;
  if (const auto proposal = proposal_of(context, exchange, account->id);
      proposal &&
      accounts.withdraw_proposal(*id, {line_about(context, exchange, AuditAction::proposal_withdrawn, proposal->post)}))
    return empty_response();
  // Where it was confirmed in the same moment it is a post by now, which is taken away.
  const auto offices = context.services.directory.offices();
  for (const Post& post : accounts.posts(account->id)) {
    if (post.id != *id || !administers(*exchange.caller, post.office, *offices, context.services.clock.now())) continue;
    const std::lock_guard one_at_a_time(context.departures);
    if (const auto problem = leaves_no_administrator(context, {post})) return answer(exchange, *problem);
    if (!confirmed)
      if (const auto problem = leaves_undecided(context.services, exchange, {post})) return answer(exchange, *problem);
    const auto borrowers = accounts.borrowers(account->id);
    accounts.remove_post(post.id, {line_about(context, exchange, AuditAction::post_taken, post)});
    rights_changed(context, account->id);
    for (const AccountId borrower : borrowers) rights_changed(context, borrower);
    return empty_response();
  }
  return answer(exchange, not_found());
}

}  // namespace xueji::web
