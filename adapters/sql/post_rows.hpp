// The posts of accounts, as rows.
#pragma once
#include <set>
#include <string>

#include "adapters/sql/session.hpp"
#include "engine/machine/decide.hpp"

namespace xueji::sql {

/// Of `p`, read by read_post(); add the conditions behind from_posts. A lent post is as long as it and the post that it
/// was lent from; posts_that_hold is the condition that it was not lent by somebody who has none any more.
extern const std::string post_columns;
inline constexpr std::string_view post_kinds = "iiititiiiii";
inline constexpr std::size_t post_width = post_kinds.size();
extern const std::string from_posts;
extern const std::string posts_that_hold;
Post read_post(const Statement& row);

/// In order of their ids, also those that are not in force.
std::vector<Post> load_posts(Session& session, AccountId account);

/// The accounts that claimed a task of the request that is open.
std::set<AccountId> claimers_of(const Request& request);
/// An entry for each of them, without posts where the account is shut out; asks nothing for none.
ClaimerPosts load_claimers(Session& session, const std::set<AccountId>& accounts);

}  // namespace xueji::sql
