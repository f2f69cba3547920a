// Sessions that were looked up a moment ago, so that a signed-in caller costs no question to the database.
#pragma once
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "engine/authority/caller.hpp"
#include "engine/ports/clock.hpp"

namespace xueji::web {

using CallerPtr = std::shared_ptr<const Caller>;

/// Safe from any thread; never blocks for long. What was looked up before a forget() is not kept after it. A session
/// ends by the clock, and is looked up anew by the steady one.
class SessionCache {
 public:
  SessionCache(const Clock& clock, const SteadyClock& steady) : clock_(clock), steady_(steady) {}
  /// For a call. `is_use`: null also where it is time to note that the session is used.
  CallerPtr find(const std::string& session, bool is_use) const;
  /// For whoever looks on: null also where it is about to be looked up anew.
  CallerPtr find_lasting(const std::string& session) const;
  /// To be asked before the database is, and handed to keep().
  std::uint64_t generation() const;
  void keep(const std::string& session, CallerPtr caller, Instant expires, std::uint64_t generation, bool is_use);
  void forget_session(const std::string& session);
  void forget_account(AccountId account);

 private:
  struct Entry {
    CallerPtr caller;
    Instant expires;
    SteadyTime until;
    SteadyTime note_use;  ///< when a use must be noted
  };
  CallerPtr find(const std::string& session, bool is_use, SteadyTime::duration left) const;

  const Clock& clock_;
  const SteadyClock& steady_;
  mutable std::mutex mutex_;
  std::uint64_t generation_ = 0;
  std::unordered_map<std::string, Entry> entries_;
};

inline constexpr std::size_t session_cache_max = 50'000;
inline constexpr std::chrono::seconds session_cache_keep{30};
inline constexpr std::chrono::seconds session_use_noted{60};  ///< between two notes that a session is used

}  // namespace xueji::web
