// The shape Account.
#pragma once
#include "web/shapes/rendering.hpp"

namespace xueji::web {

/// `{id, office, role, delegatedFrom?, from?, until?}`.
void write_held_post_members(JsonWriter& json, const Post& post, const Rendering& rendering);
void write_held_post(JsonWriter& json, const Post& post, const Rendering& rendering);
/// Members of an Account into an open object, so that more can follow; posts that have ended are left out.
void write_account_members(JsonWriter& json, const Caller& account, const Rendering& rendering);
void write_account(JsonWriter& json, const Caller& account, const Rendering& rendering);

}  // namespace xueji::web
