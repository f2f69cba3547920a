#include "web/shapes/json_account.hpp"

#include "web/http/language.hpp"
#include "web/shapes/json_office.hpp"

namespace xueji::web {

void write_held_post_members(JsonWriter& json, const Post& post, const Rendering& rendering) {
  json.member("id", post.id).key("office");
  write_office(json, post.office, rendering);
  json.member("role", to_string(post.role));
  if (post.delegated_from) json.member("delegatedFrom", post.delegated_from_username);
  if (post.from) json.member("from", *post.from);
  if (post.until) json.member("until", *post.until);
}

void write_held_post(JsonWriter& json, const Post& post, const Rendering& rendering) {
  json.begin_object();
  write_held_post_members(json, post, rendering);
  json.end_object();
}

void write_account_members(JsonWriter& json, const Caller& account, const Rendering& rendering) {
  json.member("id", account.account)
      .member("username", account.username)
      .member("name", account.name)
      .member("locale", to_string(account.language));
  json.key("posts").begin_array();
  for (const Post& post : account.posts)
    if (!post.until || rendering.now < *post.until) write_held_post(json, post, rendering);
  json.end_array();
}

void write_account(JsonWriter& json, const Caller& account, const Rendering& rendering) {
  json.begin_object();
  write_account_members(json, account, rendering);
  json.member("passwordChangeRequired", account.must_change_password);
  json.end_object();
}

}  // namespace xueji::web
