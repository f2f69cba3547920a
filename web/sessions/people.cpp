#include "web/sessions/people.hpp"

namespace xueji::web {
namespace {
constexpr std::size_t known_max = 200'000;
}

Person People::of(AccountId account) {
  if (!account) return {};
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = known_.find(account); found != known_.end()) return found->second;
  }
  const auto found = accounts_.by_id(account);
  if (!found) return {};
  Person person{found->username, found->name};
  know(account, person);
  return person;
}

void People::know(AccountId account, Person person) {
  const std::lock_guard lock(mutex_);
  if (known_.size() >= known_max) known_.clear();
  known_.insert_or_assign(account, std::move(person));
}

}  // namespace xueji::web
