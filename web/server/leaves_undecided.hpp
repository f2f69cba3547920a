// What shutting an account out or taking a post would leave without a decider is said beforehand.
#pragma once
#include <optional>
#include <vector>

#include "web/json/problem.hpp"
#include "web/server/application.hpp"

namespace xueji::web {

/// 409 with the tasks that the caller may see and that nobody at their post could decide without these posts; nothing
/// where there are none. Throws StoreError.
std::optional<Problem> leaves_undecided(const Services& services, const Exchange& exchange,
                                        const std::vector<Post>& gone);

}  // namespace xueji::web
