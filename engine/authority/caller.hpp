// Who is asking: an account with the posts it holds, and what those posts let it see.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/authority/office.hpp"
#include "engine/base/text.hpp"
#include "engine/base/time.hpp"

namespace xueji {

/// A role at an office; a delegated post is another account's, lent for a time.
struct Post {
  PostId id;
  AccountId account;
  OfficeId office;
  Role role = Role::registrar;
  AccountId delegated_from;  ///< none for a post of one's own
  std::string delegated_from_username;
  std::optional<Instant> from;   ///< in force from this instant on
  std::optional<Instant> until;  ///< and before this one
  PostId source{};               ///< of a delegated post: the lender's own
  bool in_force(Instant now) const { return (!from || *from <= now) && (!until || now < *until); }
  bool operator==(const Post&) const = default;
};

/// 1 to 64 of `a-z 0-9 . _ -`.
bool is_username(std::string_view text);

struct Caller {
  AccountId account;
  std::string username;
  std::string name;
  Language language = Language::zh;
  std::vector<Post> posts;
  bool must_change_password = false;  ///< before anything else
  bool must_set_second_factor = false;

  /// The caller's post of that role at that office, in force at `now`, one's own before a delegated one; null if there
  /// is none.
  const Post* post(Role role, OfficeId office, Instant now) const;
  bool holds_role(Role role, Instant now) const;
};

/// Jurisdiction: a post sees its own office and all below it, and nothing beside or above.
bool may_see_office(const Caller& caller, OfficeId office, const OfficeTree& offices, Instant now);

/// The offices of the caller's posts in force, each once: what lists are cut to.
std::vector<OfficeId> offices_of(const Caller& caller, Instant now);
/// Those of them where the caller has a post of role admin.
std::vector<OfficeId> administered_offices(const Caller& caller, Instant now);

/// Whether a post of role admin stands at the office or above it.
bool administers(const Caller& caller, OfficeId office, const OfficeTree& offices, Instant now);

/// The same by a post of its own: with a lent one nobody gives posts.
bool may_give_posts(const Caller& caller, OfficeId office, const OfficeTree& offices, Instant now);
/// Whether offices of that level have such a post. A person's, never the machine's.
bool has_post(Level level, Role role);
/// Whether somebody who holds `held` would gain nothing by `given`: the same post, for all of its time.
bool covers(const Post& held, const Post& given);
/// Whether a post of that role decides about students or posts, so that it takes two administrators to give it.
bool takes_two_to_give(Role role);

}  // namespace xueji
