#include "engine/authority/caller.hpp"

#include <algorithm>

namespace xueji {
namespace {

template <class Counts>
std::vector<OfficeId> offices_where(const Caller& caller, Counts counts) {
  std::vector<OfficeId> offices;
  for (const Post& held : caller.posts)
    if (counts(held) && std::find(offices.begin(), offices.end(), held.office) == offices.end())
      offices.push_back(held.office);
  return offices;
}

}  // namespace

bool is_username(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  });
}

const Post* Caller::post(Role role, OfficeId office, Instant now) const {
  const Post* borrowed = nullptr;
  for (const Post& held : posts) {
    if (held.role != role || held.office != office || !held.in_force(now)) continue;
    if (!held.delegated_from) return &held;
    borrowed = borrowed ? borrowed : &held;
  }
  return borrowed;
}

bool Caller::holds_role(Role role, Instant now) const {
  return std::any_of(posts.begin(), posts.end(),
                     [&](const Post& held) { return held.role == role && held.in_force(now); });
}

std::vector<OfficeId> offices_of(const Caller& caller, Instant now) {
  return offices_where(caller, [&](const Post& held) { return held.in_force(now); });
}

std::vector<OfficeId> administered_offices(const Caller& caller, Instant now) {
  return offices_where(caller, [&](const Post& held) { return held.role == Role::admin && held.in_force(now); });
}

bool may_see_office(const Caller& caller, OfficeId office, const OfficeTree& offices, Instant now) {
  return std::any_of(caller.posts.begin(), caller.posts.end(),
                     [&](const Post& held) { return held.in_force(now) && offices.contains(held.office, office); });
}

bool may_give_posts(const Caller& caller, OfficeId office, const OfficeTree& offices, Instant now) {
  return std::any_of(caller.posts.begin(), caller.posts.end(), [&](const Post& held) {
    return held.role == Role::admin && !held.delegated_from && held.in_force(now) &&
           offices.contains(held.office, office);
  });
}

bool has_post(Level level, Role role) {
  if (role == Role::admin) return true;
  const bool of_school = role == Role::registrar || role == Role::head;
  return role != Role::system && of_school == (level == Level::school);
}

bool covers(const Post& held, const Post& given) {
  const bool begins = !held.from || (given.from && *held.from <= *given.from);
  const bool lasts = !held.until || (given.until && *given.until <= *held.until);
  return held.office == given.office && held.role == given.role && held.delegated_from == given.delegated_from &&
         begins && lasts;
}

bool takes_two_to_give(Role role) { return role != Role::registrar; }

bool administers(const Caller& caller, OfficeId office, const OfficeTree& offices, Instant now) {
  return std::any_of(caller.posts.begin(), caller.posts.end(), [&](const Post& held) {
    return held.role == Role::admin && held.in_force(now) && offices.contains(held.office, office);
  });
}

}  // namespace xueji
