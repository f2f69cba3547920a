#include "adapters/sql/post_rows.hpp"

#include <algorithm>

#include "adapters/sql/json_text.hpp"
#include "adapters/sql/rows.hpp"

namespace xueji::sql {

const std::string post_columns =
    "p.id, p.account_id, p.office_id, p.role, p.delegated_from, d.username, p.from_at, p.until_at, p.source_id, "
    "s.from_at, s.until_at";
const std::string from_posts =
    " FROM post p LEFT JOIN post s ON s.id = p.source_id LEFT JOIN account d ON d.id = s.account_id AND d.disabled = 0";
const std::string posts_that_hold = "(p.delegated_from = 0 OR d.id IS NOT NULL)";

Post read_post(const Statement& row) {
  Post post;
  post.id = PostId{row.integer(0)};
  post.account = AccountId{row.integer(1)};
  post.office = OfficeId{row.integer(2)};
  post.role = word(parse_role(row.text(3)), "a role");
  post.delegated_from = AccountId{row.integer(4)};
  post.delegated_from_username = row.text(5);
  if (!row.null(6)) post.from = instant_of(row.integer(6));
  if (!row.null(7)) post.until = instant_of(row.integer(7));
  if (!post.delegated_from) return post;
  post.source = PostId{row.integer(8)};
  if (!row.null(9)) post.from = std::max(post.from.value_or(instant_of(row.integer(9))), instant_of(row.integer(9)));
  if (!row.null(10))
    post.until = std::min(post.until.value_or(instant_of(row.integer(10))), instant_of(row.integer(10)));
  return post;
}

std::vector<Post> load_posts(Session& session, AccountId account) {
  auto& rows = session.prepare(
      "SELECT " + post_columns + from_posts + " WHERE p.account_id = ?i AND " + posts_that_hold + " ORDER BY p.id",
      post_kinds);
  std::vector<Post> posts;
  rows.bind(account).each([&] { posts.push_back(read_post(rows)); });
  return posts;
}

std::set<AccountId> claimers_of(const Request& request) {
  std::set<AccountId> accounts;
  for (const Token* token : active_tokens(request))
    if (token->claimed_by) accounts.insert(token->claimed_by);
  return accounts;
}

ClaimerPosts load_claimers(Session& session, const std::set<AccountId>& accounts) {
  ClaimerPosts claimers;
  for (const AccountId account : accounts) claimers[account];
  const std::vector<AccountId> all(accounts.begin(), accounts.end());
  in_chunks<AccountId>(all, [&](std::span<const AccountId> chunk) {
    auto& rows =
        session.prepare("SELECT " + post_columns + from_posts +
                            " JOIN account a ON a.id = p.account_id WHERE a.disabled = 0 AND p.account_id IN " +
                            parameter_list(chunk.size()) + " AND " + posts_that_hold + " ORDER BY p.id",
                        post_kinds);
    bind_list(rows, chunk);
    rows.each([&] {
      Post post = read_post(rows);
      claimers[post.account].push_back(std::move(post));
    });
  });
  return claimers;
}

}  // namespace xueji::sql
