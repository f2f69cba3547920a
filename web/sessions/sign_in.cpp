#include "web/sessions/sign_in.hpp"

#include <algorithm>

#include "engine/authority/one_time_code.hpp"
#include "engine/base/sha256.hpp"

namespace xueji::web {
namespace {

constexpr double names_behind_an_address = 10;
constexpr double places_of_a_name = 10;
constexpr std::size_t places_max = 100'000;

std::int64_t seconds_until(SteadyTime until, SteadyTime moment) {
  return std::max<std::int64_t>(1, std::chrono::ceil<std::chrono::seconds>(until - moment).count());
}

}  // namespace

SignIn::SignIn(Accounts& accounts, const Clock& clock, const SteadyClock& steady, Identity& identity, double per_minute)
    : accounts_(accounts),
      clock_(clock),
      steady_(steady),
      identity_(identity),
      by_place_(per_minute / 60, per_minute),
      by_name_(per_minute * places_of_a_name / 60, per_minute * places_of_a_name),
      by_address_(per_minute * names_behind_an_address / 60, per_minute * names_behind_an_address),
      hash_of_nobody_(identity.hash_password(identity.new_token())) {}

SignIn::Place SignIn::place_of(const std::optional<Account>& account, const std::string& name,
                               const std::string& address, const std::string& device) {
  if (account && !device.empty() && accounts_.knows_device(account->id, device)) return {name + " by " + device, true};
  return {name + " at " + address, false};
}

bool SignIn::is_right_code(AccountId account, const SecondFactor& factor, const std::string& code) {
  if (const auto step = step_of_code(factor.secret, code, clock_.now(), factor.used_step))
    return accounts_.use_code(account, *step);
  return accounts_.use_recovery_code(account, sha256_hex(code));
}

SignInOutcome SignIn::attempt(const SignInAttempt& made) {
  const auto& [username, password, address, device, code, asks_password_alone] = made;
  const SteadyTime moment = steady_.now();
  const std::string name = is_username(username) ? username : std::string();
  const auto account = name.empty() ? std::nullopt : accounts_.by_username(name);
  const Place place = place_of(account, name, address, device);
  if (!place.is_known) {
    if (const auto seconds = by_address_.take(address, moment)) return TooOften{*seconds};
    if (const auto seconds = by_name_.take(name, moment)) return TooOften{*seconds};
  }
  if (const auto seconds = by_place_.take(place.key, moment)) return TooOften{*seconds};
  if (const auto until = locked_until(account, place); until && moment < *until)
    return TooOften{seconds_until(*until, moment)};

  const bool right = identity_.verify_password(password, account ? account->password_hash : hash_of_nobody_);
  if (!right || !account || account->disabled) {
    record_failure(account, place);
    return WrongPassword{account ? account->id : AccountId{}};
  }
  const auto factor = asks_password_alone ? std::nullopt : accounts_.second_factor(account->id);
  if (factor && factor->confirmed && (code.empty() || !is_right_code(account->id, *factor, code))) {
    if (!code.empty()) record_failure(account, place);
    return NeedsCode{account->id, !code.empty()};
  }
  // Whoever knows the browser was never held up by strangers, and does not forgive them their tries.
  if (account->failures > 0 && !place.is_known) accounts_.record_failure(account->id, 0, std::nullopt);
  {
    const std::lock_guard lock(mutex_);
    places_.erase(place.key);
  }
  by_place_.give_back(place.key);
  if (!place.is_known) {
    by_name_.give_back(name);
    by_address_.give_back(address);
  }
  return SignedIn{*account};
}

std::optional<SteadyTime> SignIn::locked_until(const std::optional<Account>& account, const Place& place) {
  const std::lock_guard lock(mutex_);
  const auto found = places_.find(place.key);
  std::optional<SteadyTime> until = found == places_.end() ? std::nullopt : found->second.locked_until;
  if (!account || place.is_known) return until;
  const auto everywhere = end_of_lock(*account);
  return until && (!everywhere || *everywhere < *until) ? until : everywhere;
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

SignIn::Failures SignIn::one_more(Failures before, SteadyTime moment, int max) {
  if (before.locked_until && *before.locked_until <= moment) before = {};
  ++before.count;
  if (before.count >= max) before.locked_until = moment + sign_in_lock;
  return before;
}

void SignIn::record_failure(const std::optional<Account>& account, const Place& place) {
  const std::lock_guard lock(mutex_);
  const SteadyTime moment = steady_.now();
  if (places_.size() >= places_max && !places_.contains(place.key)) places_.clear();
  auto& here = places_[place.key];
  here = one_more(here, moment, sign_in_failures_max);
  if (!account || place.is_known) return;
  const auto fresh = accounts_.by_id(account->id);
  if (!fresh) return;
  const Failures failures = one_more({fresh->failures, end_of_lock(*fresh)}, moment, sign_in_failures_everywhere_max);
  std::optional<Instant> until;
  if (failures.locked_until) {
    until = clock_.now() + (*failures.locked_until - moment);
    locks_[fresh->id] = {*until, *failures.locked_until};
  }
  accounts_.record_failure(fresh->id, failures.count, until);
}

}  // namespace xueji::web
