#include "web/server/session_cache.hpp"

#include <algorithm>

namespace xueji::web {

CallerPtr SessionCache::find(const std::string& session) const {
  const Instant now = clock_.now();
  const SteadyTime moment = steady_.now();
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(session);
  if (found == entries_.end()) return nullptr;
  const Entry& entry = found->second;
  return now < entry.expires && moment < entry.until ? entry.caller : nullptr;
}

std::uint64_t SessionCache::generation() const {
  const std::lock_guard lock(mutex_);
  return generation_;
}

void SessionCache::keep(const std::string& session, CallerPtr caller, Instant expires, std::uint64_t generation) {
  const SteadyTime moment = steady_.now();
  const std::lock_guard lock(mutex_);
  if (generation != generation_) return;
  if (entries_.size() >= session_cache_max)
    std::erase_if(entries_, [&](const auto& entry) { return entry.second.until <= moment; });
  if (entries_.size() >= session_cache_max) entries_.clear();
  entries_.insert_or_assign(session, Entry{std::move(caller), expires, moment + session_cache_keep});
}

void SessionCache::forget_session(const std::string& session) {
  const std::lock_guard lock(mutex_);
  ++generation_;
  entries_.erase(session);
}

void SessionCache::forget_account(AccountId account) {
  const std::lock_guard lock(mutex_);
  ++generation_;
  std::erase_if(entries_, [&](const auto& entry) { return entry.second.caller->account == account; });
}

}  // namespace xueji::web
