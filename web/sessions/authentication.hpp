// Who sends a request: sessions, kept in memory for a moment, and their beginning and end.
#pragma once
#include <memory>
#include <optional>

#include "web/sessions/credentials.hpp"
#include "web/sessions/people.hpp"
#include "web/sessions/session_cache.hpp"
#include "web/sessions/sign_in.hpp"

namespace xueji::web {

struct AuthenticationOptions {
  bool secure_cookies = false;
  std::string public_origin;
  double sign_in_per_minute = 10;
  std::chrono::hours session_lifetime{12};
  std::chrono::minutes session_idle{30};
  bool forces_changes = true;               ///< of passwords that somebody else has chosen
  std::vector<Role> second_factor_roles{};  ///< whoever holds one of them must have a second factor
};

/// How a call uses its session.
struct Use {
  bool is_use = true;  ///< false for what the page asks by itself, and for who looks on
  std::string address{};
};

/// What a session begins with, beside its account.
struct NewSession {
  bool by_token = false;
  std::string address{};
  std::string user_agent{};
};

/// Safe from any thread. What blocks says so.
class Authentication {
 public:
  Authentication(Accounts& accounts, const Clock& clock, const SteadyClock& steady, Identity& identity, People& people,
                 AuthenticationOptions options);

  Credentials credentials(const Headers& headers) const;
  Origin origin(const Headers& headers) const;

  /// Looked up less than half a minute ago; null where it must be looked up.
  CallerPtr remembered(const std::string& session, const Use& use) const;
  /// Blocks. Null for a session that is unknown, has ended, was not used for too long, began in what is now the future
  /// because the clock was set back, or whose account is disabled; what is refused so has ended for good.
  CallerPtr look_up(const std::string& session, const Use& use);
  /// Blocks where it is not remembered: as the next request of that session will be met. Never older than
  /// session_cache_keep, and no use of the session.
  CallerPtr caller_of(const std::string& session);
  /// Blocks. The account with its posts; null when it is unknown or disabled.
  CallerPtr account(AccountId id);

  /// Blocks for as long as a password costs.
  SignInOutcome sign_in(const SignInAttempt& made) { return sign_in_.attempt(made); }
  /// Blocks. Answers the token, which is told once and never stored.
  std::string begin_session(AccountId account, const NewSession& made, const AuditLines& lines);
  /// Blocks.
  void end_session(const std::string& session, const AuditLines& lines = {});
  /// Posts or rights of the account have changed: its sessions are looked up anew.
  void forget(AccountId account) { cache_.forget_account(account); }

  /// Hash of the token by which a browser is known; empty where there is none.
  std::string device(const Headers& headers) const;
  /// Blocks. The cookie by which the browser is known the next time, for that account.
  std::string remember_device(const Headers& headers, AccountId account);

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
