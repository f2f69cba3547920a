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
#include "web/sessions/rate_limiter.hpp"

namespace xueji::web {

/// Wrong passwords for one name from one place, an address or a known browser; then that place waits.
inline constexpr int sign_in_failures_max = 10;
/// Wrong passwords in a row for one account from wherever; then all wait but browsers that its owner signed in from.
inline constexpr int sign_in_failures_everywhere_max = 100;
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
/// The password is right, and a code is wanted.
struct NeedsCode {
  AccountId account;
  bool was_wrong = false;  ///< one was given
};
using SignInOutcome = std::variant<SignedIn, WrongPassword, TooOften, NeedsCode>;

struct SignInAttempt {
  std::string username, password;
  std::string address;
  std::string device{};              ///< hash of the token by which the browser is known
  std::string code{};                ///< of the second factor, or a recovery code
  bool asks_password_alone = false;  ///< of somebody who is signed in
};

/// Blocks for as long as a password costs. Safe from any thread.
class SignIn {
 public:
  /// `per_minute` attempts that failed, for one name from one place; from one address, which many people may share, and
  /// for one name from wherever, ten times as many.
  SignIn(Accounts& accounts, const Clock& clock, const SteadyClock& steady, Identity& identity, double per_minute);
  SignInOutcome attempt(const SignInAttempt& made);

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
  /// Where somebody signs in from: `name` at a known browser or at an address.
  struct Place {
    std::string key;
    bool is_known = false;
  };
  Place place_of(const std::optional<Account>& account, const std::string& name, const std::string& address,
                 const std::string& device);
  std::optional<SteadyTime> locked_until(const std::optional<Account>& account, const Place& place);
  bool is_right_code(AccountId account, const SecondFactor& factor, const std::string& code);
  std::optional<SteadyTime> end_of_lock(const Account& account);
  void record_failure(const std::optional<Account>& account, const Place& place);
  static Failures one_more(Failures before, SteadyTime moment, int max);

  Accounts& accounts_;
  const Clock& clock_;
  const SteadyClock& steady_;
  Identity& identity_;
  RateLimiter by_place_;
  RateLimiter by_name_;
  RateLimiter by_address_;
  const std::string hash_of_nobody_;  ///< verified for unknown names, so that they take as long
  std::mutex mutex_;                  ///< for counting failures
  std::unordered_map<AccountId, Lock> locks_;
  std::unordered_map<std::string, Failures> places_;  ///< failures by place, also of names that no account has
};

}  // namespace xueji::web
