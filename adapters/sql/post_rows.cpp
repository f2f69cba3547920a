#include "adapters/sql/post_rows.hpp"

#include "adapters/sql/json_text.hpp"
#include "adapters/sql/rows.hpp"

namespace xueji::sql {

const std::string post_columns =
    "p.id, p.account_id, p.office_id, p.role, p.delegated_from, d.username, p.from_at, p.until_at";
const std::string from_posts = " FROM post p LEFT JOIN account d ON d.id = p.delegated_from";

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
  return post;
}

std::vector<Post> load_posts(Session& session, AccountId account) {
  auto& rows =
      session.prepare("SELECT " + post_columns + from_posts + " WHERE p.account_id = ?i ORDER BY p.id", post_kinds);
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
                            parameter_list(chunk.size()) + " ORDER BY p.id",
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
