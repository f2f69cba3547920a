// Signing in by name and password: the same answer and the same time for wrong passwords and unknown names, and an end
// to guessing.
#pragma once
#include <array>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <variant>

#include "engine/ports/accounts.hpp"
#include "engine/ports/clock.hpp"
#include "engine/ports/identity.hpp"
#include "web/server/rate_limiter.hpp"

namespace xueji::web {

inline constexpr int sign_in_failures_max = 10;
inline constexpr std::chrono::minutes sign_in_lock{15};

struct SignedIn {
  Account account;
};
struct WrongPassword {
  AccountId account;  ///< whose; none where no account has the name. For the audit trail, never for the client
};
struct TooOften {
  std::int64_t seconds;
};

/// Blocks for as long as a password costs. Safe from any thread.
class SignIn {
 public:
  /// `per_minute` attempts that failed, of one account; of one address, which many people may share, ten times as many.
  SignIn(Accounts& accounts, const Clock& clock, const SteadyClock& steady, Identity& identity, double per_minute);
  std::variant<SignedIn, WrongPassword, TooOften> attempt(const std::string& username, const std::string& password,
                                                          const std::string& address);

 private:
  struct Failures {
    int count = 0;
    std::optional<SteadyTime> locked_until;
  };
  /// A lock as the account has it, and when it ends here, however the clock is set meanwhile.
  struct Lock {
    Instant until;
    SteadyTime ends;
  };
  std::optional<SteadyTime> locked_until(const std::optional<Account>& account, const std::string& username);
  std::optional<SteadyTime> end_of_lock(const Account& account);
  void record_failure(const std::optional<Account>& account, const std::string& username);
  static Failures one_more(Failures before, SteadyTime moment);

  Accounts& accounts_;
  const Clock& clock_;
  const SteadyClock& steady_;
  Identity& identity_;
  RateLimiter by_account_;
  RateLimiter by_address_;
  const std::string hash_of_nobody_;  ///< verified for unknown names, so that they take as long
  std::mutex mutex_;                  ///< for counting failures
  std::unordered_map<AccountId, Lock> locks_;
  std::unordered_map<std::string, Failures> strangers_;  ///< failures of names that no account has
};

bool is_username(std::string_view text);

}  // namespace xueji::web
