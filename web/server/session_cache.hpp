// Sessions that were looked up a moment ago, so that a signed-in caller costs no question to the database.
#pragma once
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "engine/authority/caller.hpp"

namespace xueji::web {

using CallerPtr = std::shared_ptr<const Caller>;

/// Safe from any thread; never blocks for long. What was looked up before a forget() is not kept after it.
class SessionCache {
 public:
  explicit SessionCache(std::chrono::seconds keep = std::chrono::seconds(30)) : keep_(keep) {}
  CallerPtr find(const std::string& session, Instant now) const;
  /// To be asked before the database is, and handed to keep().
  std::uint64_t generation() const;
  void keep(const std::string& session, CallerPtr caller, Instant expires, Instant now, std::uint64_t generation);
  void forget_session(const std::string& session);
  void forget_account(AccountId account);

 private:
  struct Entry {
    CallerPtr caller;
    Instant until;
  };
  const std::chrono::seconds keep_;
  mutable std::mutex mutex_;
  std::uint64_t generation_ = 0;
  std::unordered_map<std::string, Entry> entries_;
};

inline constexpr std::size_t session_cache_max = 50'000;

}  // namespace xueji::web
