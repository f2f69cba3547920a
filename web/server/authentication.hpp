// Who sends a request: sessions, kept in memory for a moment, and their beginning and end.
#pragma once
#include <memory>
#include <optional>

#include "web/server/credentials.hpp"
#include "web/server/people.hpp"
#include "web/server/session_cache.hpp"
#include "web/server/sign_in.hpp"

namespace xueji::web {

struct AuthenticationOptions {
  bool secure_cookies = false;
  std::string public_origin;
  double sign_in_per_minute = 10;
  std::chrono::hours session_lifetime{12};
};

/// Safe from any thread. What blocks says so.
class Authentication {
 public:
  Authentication(Accounts& accounts, const Clock& clock, const SteadyClock& steady, Identity& identity, People& people,
                 AuthenticationOptions options);

  Credentials credentials(const Headers& headers) const;
  Origin origin(const Headers& headers) const;

  /// Looked up less than half a minute ago; null where it must be looked up.
  CallerPtr remembered(const std::string& session) const;
  /// Blocks. Null for a session that is unknown, has ended, began in what is now the future because the clock was set
  /// back, or whose account is disabled; what is refused so has ended for good.
  CallerPtr look_up(const std::string& session);
  /// Blocks where it is not remembered: as the next request of that session will be met.
  CallerPtr caller_of(const std::string& session);
  /// Blocks. The account with its posts; null when it is unknown or disabled.
  CallerPtr account(AccountId id);

  /// Blocks for as long as a password costs.
  std::variant<SignedIn, WrongPassword, TooOften> sign_in(const std::string& username, const std::string& password,
                                                          const std::string& address);
  /// Blocks. Answers the token, which is told once and never stored.
  std::string begin_session(AccountId account);
  /// Blocks.
  void end_session(const std::string& session);
  /// Posts or rights of the account have changed: its sessions are looked up anew.
  void forget(AccountId account) { cache_.forget_account(account); }

  std::string cookie(std::string_view token) const;
  std::string ended_cookie() const;

 private:
  void forget_refused(const std::string& session);

  Accounts& accounts_;
  const Clock& clock_;
  Identity& identity_;
  People& people_;
  const AuthenticationOptions options_;
  SessionCache cache_;
  SignIn sign_in_;
};

}  // namespace xueji::web
