#include "web/sessions/authentication.hpp"

#include <algorithm>

#include "engine/authority/token.hpp"
#include "engine/ports/store.hpp"

namespace xueji::web {
namespace {

/// How far the clocks of two servers on one database, or of one before and after it was adjusted, may be apart.
constexpr std::chrono::minutes clocks_apart_max{5};

constexpr std::size_t user_agent_bytes_max = 200;

bool is_over(const Session& session, Instant now, std::chrono::minutes idle) {
  if (session.expires <= now || session.created > now + clocks_apart_max) return true;
  return !session.by_token && session.used + idle <= now;
}

/// Headers hold any byte; only what every reader shows is kept.
std::string printable(std::string_view text) {
  std::string kept;
  for (const char c : text.substr(0, user_agent_bytes_max))
    if (c >= ' ' && c <= '~') kept += c;
  return kept;
}

}  // namespace

Authentication::Authentication(Accounts& accounts, const Clock& clock, const SteadyClock& steady, Identity& identity,
                               People& people, AuthenticationOptions options)
    : accounts_(accounts),
      clock_(clock),
      identity_(identity),
      people_(people),
      options_(std::move(options)),
      cache_(clock, steady),
      sign_in_(accounts, clock, steady, identity, options_.sign_in_per_minute) {}

Credentials Authentication::credentials(const Headers& headers) const {
  return credentials_of(headers, session_cookie_name(options_.secure_cookies));
}

Origin Authentication::origin(const Headers& headers) const {
  return origin_of(headers, own_origin(headers, options_.public_origin, options_.secure_cookies));
}

CallerPtr Authentication::remembered(const std::string& session, const Use& use) const {
  return cache_.find(session, use.is_use);
}

CallerPtr Authentication::look_up(const std::string& session, const Use& use) {
  const auto generation = cache_.generation();
  const auto found = accounts_.session(session);
  if (!found) return nullptr;
  const Instant now = clock_.now();
  auto caller = is_over(*found, now, options_.session_idle) ? nullptr : account(found->account);
  if (!caller) {
    forget_refused(session);
    return nullptr;
  }
  if (use.is_use && (found->used + session_use_noted <= now || found->used > now))
    accounts_.touch_session(session, now, use.address);
  cache_.keep(session, caller, found->expires, generation, use.is_use);
  return caller;
}

/// What was refused once must not come back with the clock or the account. It is refused in any case.
void Authentication::forget_refused(const std::string& session) {
  try {
    end_session(session);
  } catch (const StoreError&) {
    cache_.forget_session(session);
  }
}

CallerPtr Authentication::caller_of(const std::string& session) {
  auto caller = cache_.find_lasting(session);
  return caller ? caller : look_up(session, {false, {}});
}

CallerPtr Authentication::account(AccountId id) {
  const auto found = accounts_.by_id(id);
  if (!found || found->disabled) return nullptr;
  people_.know(id, {found->username, found->name});
  Caller caller{found->id, found->username, found->name, found->language, accounts_.posts(id)};
  caller.must_change_password = found->must_change_password && options_.forces_changes;
  const auto& roles = options_.second_factor_roles;
  if (std::any_of(roles.begin(), roles.end(), [&](Role role) { return caller.holds_role(role, clock_.now()); })) {
    const auto factor = accounts_.second_factor(id);
    caller.must_set_second_factor = !factor || !factor->confirmed;
  }
  return std::make_shared<Caller>(std::move(caller));
}

std::string Authentication::device(const Headers& headers) const {
  return token_hash(cookie_of(headers, device_cookie_name(options_.secure_cookies)));
}

std::string Authentication::remember_device(const Headers& headers, AccountId account) {
  std::string token(cookie_of(headers, device_cookie_name(options_.secure_cookies)));
  if (!is_token(token)) token = identity_.new_token();
  accounts_.remember_device(account, token_hash(token), clock_.now());
  return device_cookie(token, options_.secure_cookies);
}

std::string Authentication::begin_session(AccountId account, const NewSession& made, const AuditLines& lines) {
  const Instant now = clock_.now();
  std::string token = identity_.new_token();
  Session session{token_hash(token), account, now, now + options_.session_lifetime};
  session.by_token = made.by_token;
  session.address = made.address;
  session.user_agent = printable(made.user_agent);
  accounts_.add_session(session, lines);
  return token;
}

void Authentication::end_session(const std::string& session, const AuditLines& lines) {
  accounts_.remove_session(session, lines);
  cache_.forget_session(session);
}

std::string Authentication::cookie(std::string_view token) const {
  return session_cookie(token, std::chrono::seconds(options_.session_lifetime).count(), options_.secure_cookies);
}

std::string Authentication::ended_cookie() const { return session_cookie("", 0, options_.secure_cookies); }

}  // namespace xueji::web
