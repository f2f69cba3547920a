// Asking who is signed in for the password once more, before what decides about signing in is changed.
#pragma once
#include "web/json/body_reader.hpp"
#include "web/server/route.hpp"

namespace xueji::web {

/// So soon after signing in nobody is asked again: the password has just been given.
inline constexpr std::chrono::minutes fresh_sign_in{5};

/// Blocks for as long as a password costs; wrong ones count as at signing in. A wrong one becomes a complaint about
/// `member`; the problem is that of too many.
std::optional<Problem> check_own_password(Context& context, const Exchange& exchange, BodyReader& reader,
                                          std::string_view member, const std::string& password);

/// The member `password` of the body, which may only be left out within fresh_sign_in. Problems are of the body, of a
/// password that is missing or wrong, and of too many.
std::optional<Problem> is_not_asked_again(Context& context, const Exchange& exchange);

}  // namespace xueji::web
