#include "web/server/sign_in.hpp"

#include <algorithm>

namespace xueji::web {
namespace {

constexpr double accounts_behind_an_address = 10;
constexpr std::size_t strangers_max = 10'000;

std::int64_t seconds_until(SteadyTime until, SteadyTime moment) {
  return std::max<std::int64_t>(1, std::chrono::ceil<std::chrono::seconds>(until - moment).count());
}

}  // namespace

bool is_username(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  });
}

SignIn::SignIn(Accounts& accounts, const Clock& clock, const SteadyClock& steady, Identity& identity, double per_minute)
    : accounts_(accounts),
      clock_(clock),
      steady_(steady),
      identity_(identity),
      by_account_(per_minute / 60, per_minute),
      by_address_(per_minute * accounts_behind_an_address / 60, per_minute * accounts_behind_an_address),
      hash_of_nobody_(identity.hash_password(identity.new_token())) {}

std::variant<SignedIn, WrongPassword, TooOften> SignIn::attempt(const std::string& username,
                                                                const std::string& password,
                                                                const std::string& address) {
  const SteadyTime moment = steady_.now();
  if (const auto seconds = by_address_.take(address, moment)) return TooOften{*seconds};
  const std::string name = is_username(username) ? username : std::string();
  if (const auto seconds = by_account_.take(name, moment)) return TooOften{*seconds};
  const auto account = name.empty() ? std::nullopt : accounts_.by_username(name);
  if (const auto until = locked_until(account, name); until && moment < *until)
    return TooOften{seconds_until(*until, moment)};

  const bool right = identity_.verify_password(password, account ? account->password_hash : hash_of_nobody_);
  if (!right || !account || account->disabled) {
    record_failure(account, name);
    return WrongPassword{account ? account->id : AccountId{}};
  }
  if (account->failures > 0) accounts_.record_failure(account->id, 0, std::nullopt);
  by_account_.give_back(name);
  by_address_.give_back(address);
  return SignedIn{*account};
}

std::optional<SteadyTime> SignIn::locked_until(const std::optional<Account>& account, const std::string& username) {
  const std::lock_guard lock(mutex_);
  if (account) return end_of_lock(*account);
  const auto found = strangers_.find(username);
  return found == strangers_.end() ? std::nullopt : found->second.locked_until;
}

/// A lock that another process or an earlier start has set is measured from here on, and never for longer than a lock
/// lasts, so that a clock that was set back keeps nobody out.
std::optional<SteadyTime> SignIn::end_of_lock(const Account& account) {
  if (!account.locked_until) {
    locks_.erase(account.id);
    return std::nullopt;
  }
  Lock& lock = locks_[account.id];
  if (lock.until != *account.locked_until) {
    const auto left = std::clamp<Instant::duration>(*account.locked_until - clock_.now(), {}, sign_in_lock);
    lock = {*account.locked_until, steady_.now() + left};
  }
  return lock.ends;
}

SignIn::Failures SignIn::one_more(Failures before, SteadyTime moment) {
  if (before.locked_until && *before.locked_until <= moment) before = {};
  ++before.count;
  if (before.count >= sign_in_failures_max) before.locked_until = moment + sign_in_lock;
  return before;
}

void SignIn::record_failure(const std::optional<Account>& account, const std::string& username) {
  const std::lock_guard lock(mutex_);
  const SteadyTime moment = steady_.now();
  if (!account) {
    if (strangers_.size() >= strangers_max && !strangers_.contains(username)) strangers_.clear();
    auto& failures = strangers_[username];
    failures = one_more(failures, moment);
    return;
  }
  const auto fresh = accounts_.by_id(account->id);
  if (!fresh) return;
  const Failures failures = one_more({fresh->failures, end_of_lock(*fresh)}, moment);
  std::optional<Instant> until;
  if (failures.locked_until) {
    until = clock_.now() + (*failures.locked_until - moment);
    locks_[fresh->id] = {*until, *failures.locked_until};
  }
  accounts_.record_failure(fresh->id, failures.count, until);
}

}  // namespace xueji::web
