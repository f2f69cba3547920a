// Posts that administrators give and take: what creating an account and giving a post have in common.
#pragma once
#include <functional>
#include "engine/ports/accounts.hpp"
#include "web/json/body_reader.hpp"
#include "web/server/route.hpp"
#include "web/shapes/rendering.hpp"

namespace xueji::web {

/// A post as `{office, role, from?, until?}`, without its account. Complains of offices where the caller may give none.
Post read_post(BodyReader& reader, const Context& context, const Exchange& exchange);
/// Where the caller administers by lent posts alone.
std::optional<Problem> gives_no_posts(const Context& context, const Exchange& exchange);
/// Gives the post, or proposes it where it takes two administrators. True when it was given.
bool give_or_propose(Context& context, const Exchange& exchange, Post& post);
/// Refuses what would leave an office without any administrator of its own or above.
std::optional<Problem> leaves_no_administrator(const Context& context, const std::vector<Post>& gone,
                                               const std::function<bool(const Post&)>& counts = {});
/// Nobody has signed in to the account for too long; never the last administrator's.
bool is_sealed(const Context& context, const Account& account);
/// `{id, state, office, role, from?, until?, proposedBy, proposedAt}`.
void write_proposal(JsonWriter& json, const Proposal& proposal, const Rendering& rendering);

}  // namespace xueji::web
