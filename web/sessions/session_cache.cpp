#include "web/sessions/session_cache.hpp"

#include <algorithm>

namespace xueji::web {

namespace {
/// Who looks on does so more often than this.
constexpr std::chrono::seconds about_to_end{3};
}  // namespace

CallerPtr SessionCache::find(const std::string& session, bool is_use) const { return find(session, is_use, {}); }

CallerPtr SessionCache::find_lasting(const std::string& session) const { return find(session, false, about_to_end); }

CallerPtr SessionCache::find(const std::string& session, bool is_use, SteadyTime::duration left) const {
  const Instant now = clock_.now();
  const SteadyTime moment = steady_.now();
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(session);
  if (found == entries_.end()) return nullptr;
  const Entry& entry = found->second;
  if (is_use && moment >= entry.note_use) return nullptr;
  return now < entry.expires && moment + left < entry.until ? entry.caller : nullptr;
}

std::uint64_t SessionCache::generation() const {
  const std::lock_guard lock(mutex_);
  return generation_;
}

void SessionCache::keep(const std::string& session, CallerPtr caller, Instant expires, std::uint64_t generation,
                        bool is_use) {
  const SteadyTime moment = steady_.now();
  const std::lock_guard lock(mutex_);
  if (generation != generation_) return;
  if (entries_.size() >= session_cache_max)
    std::erase_if(entries_, [&](const auto& entry) { return entry.second.until <= moment; });
  if (entries_.size() >= session_cache_max) entries_.clear();
  const auto found = entries_.find(session);
  const SteadyTime note_use = is_use                    ? moment + session_use_noted
                              : found == entries_.end() ? moment
                                                        : found->second.note_use;
  entries_.insert_or_assign(session, Entry{std::move(caller), expires, moment + session_cache_keep, note_use});
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
