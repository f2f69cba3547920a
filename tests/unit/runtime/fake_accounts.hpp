// Accounts in memory, which count how often they were asked.
#pragma once
#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <stdexcept>

#include "engine/ports/accounts.hpp"
#include "engine/ports/store.hpp"

namespace xueji::testing {

/// Lines in memory.
class FakeAuditTrail : public AuditTrail {
 public:
  void add(const AuditLines& lines = {}) override {
    const std::lock_guard lock(mutex_);
    if (is_down) throw StoreError(StoreError::Kind::busy, "no session");
    lines_.insert(lines_.end(), lines.begin(), lines.end());
  }
  std::vector<Row> lines(const std::vector<OfficeId>&, const Wanted& wanted, std::int64_t before,
                         std::size_t limit) override {
    const std::lock_guard lock(mutex_);
    std::vector<Row> found;
    for (std::size_t number = lines_.size(); number > 0 && found.size() < limit; --number) {
      const AuditLine& line = lines_[number - 1];
      const auto place = static_cast<std::int64_t>(number);
      if ((before > 0 && place >= before) || (wanted.action && *wanted.action != line.action)) continue;
      found.push_back({place, line, {}, {}});
    }
    return found;
  }
  std::size_t remove_before(Instant, std::size_t) override { return 0; }
  std::vector<AuditAction> actions() const {
    const std::lock_guard lock(mutex_);
    std::vector<AuditAction> found;
    for (const AuditLine& line : lines_) found.push_back(line.action);
    return found;
  }
  std::atomic<bool> is_down{false};

 private:
  mutable std::mutex mutex_;
  AuditLines lines_;
};

class FakeAccounts : public Accounts {
 public:
  std::atomic<int> sessions_asked{0};
  std::atomic<bool> is_down{false};

  std::optional<Account> by_username(const std::string& username) override {
    const auto lock = enter();
    for (const auto& [id, account] : accounts_)
      if (account.username == username) return account;
    return std::nullopt;
  }
  std::optional<Account> by_id(AccountId id) override {
    const auto lock = enter();
    const auto found = accounts_.find(id);
    return found == accounts_.end() ? std::nullopt : std::optional(found->second);
  }
  std::vector<Post> posts(AccountId id) override {
    const auto lock = enter();
    std::vector<Post> held;
    for (const auto& [post_id, post] : posts_)
      if (post.account == id) held.push_back(post);
    return held;
  }
  std::vector<Listed> list(const std::vector<OfficeId>& scope, const Wanted& wanted, const std::string& after,
                           std::size_t limit) override {
    const auto lock = enter();
    std::map<std::string, Listed> by_name;
    for (const auto& [post_id, post] : posts_)
      if (std::find(scope.begin(), scope.end(), post.office) != scope.end() || scope.front() == OfficeId{1}) {
        const Account& account = accounts_.at(post.account);
        const bool is_wanted = (!wanted.office || post.office == wanted.office) &&
                               (account.name.find(wanted.words) != std::string::npos ||
                                account.username.find(wanted.words) != std::string::npos);
        if (!is_wanted) continue;
        auto& listed = by_name[account.username];
        listed.account = account;
        listed.account.password_hash.clear();
        listed.posts.push_back(post);
      }
    std::vector<Listed> page;
    for (auto& [name, listed] : by_name)
      if (name > after && page.size() < limit) page.push_back(listed);
    return page;
  }
  std::vector<Listed> colleagues(AccountId self, const std::vector<OfficeId>& offices, Instant now,
                                 const std::string& after, std::size_t limit) override {
    const auto lock = enter();
    std::map<std::string, Listed> by_name;
    for (const auto& [post_id, post] : posts_) {
      const Account& account = accounts_.at(post.account);
      if (account.id == self || account.disabled || !post.in_force(now) || account.username <= after ||
          std::find(offices.begin(), offices.end(), post.office) == offices.end())
        continue;
      auto& listed = by_name[account.username];
      listed.account = account;
      listed.posts.push_back(post);
    }
    std::vector<Listed> page;
    for (auto& [name, listed] : by_name)
      if (page.size() < limit) page.push_back(listed);
    return page;
  }
  std::vector<Lent> lent(AccountId lender, const std::vector<OfficeId>&, Instant) override {
    const auto lock = enter();
    std::vector<Lent> found;
    for (const auto& [post_id, post] : posts_)
      if (post.delegated_from == lender)
        found.push_back({post, accounts_.at(post.account).username, accounts_.at(post.account).name});
    return found;
  }
  std::vector<Post> posts_of(const std::vector<Holder>& queues) override {
    const auto lock = enter();
    std::vector<Post> found;
    for (const auto& [post_id, post] : posts_)
      if (!accounts_.at(post.account).disabled &&
          std::find(queues.begin(), queues.end(), Holder{post.office, post.role}) != queues.end())
        found.push_back(post);
    return found;
  }
  std::int64_t newest_staffing_change() override {
    const auto lock = enter();
    return static_cast<std::int64_t>(staffing_.size());
  }
  Staffing staffing_since(std::int64_t after) override {
    const auto lock = enter();
    return {{staffing_.begin() + after, staffing_.end()}, static_cast<std::int64_t>(staffing_.size())};
  }
  std::vector<Holder> posts_turning(Instant after, Instant now) override {
    const auto lock = enter();
    std::vector<Holder> turning;
    for (const auto& [post_id, post] : posts_)
      for (const auto& at : {post.from, post.until})
        if (at && *at > after && *at <= now) turning.push_back({post.office, post.role});
    return turning;
  }
  AccountId add(const Account& account, const AuditLines& lines = {}) override {
    const auto lock = enter();
    Account added = account;
    if (!added.id) added.id = AccountId{1000 + static_cast<std::int64_t>(accounts_.size())};
    accounts_[added.id] = added;
    keep(lines);
    return added.id;
  }
  PostId add_post(const Post& post, const AuditLines& lines = {}) override {
    const auto lock = enter();
    Post added = post;
    if (!added.id) added.id = PostId{1000 + next_post_++};
    posts_[added.id] = added;
    staffing_.push_back({added.office, added.role});
    keep(lines);
    return added.id;
  }
  void remove_post(PostId post, const AuditLines& lines = {}) override {
    const auto lock = enter();
    const auto found = posts_.find(post);
    if (found == posts_.end()) return;
    staffing_.push_back({found->second.office, found->second.role});
    posts_.erase(found);
    std::erase_if(posts_, [&](const auto& each) { return each.second.source == post; });
    keep(lines);
  }
  std::vector<AccountId> borrowers(AccountId lender) override {
    const auto lock = enter();
    std::vector<AccountId> found;
    for (const auto& [post_id, post] : posts_)
      if (post.delegated_from == lender) found.push_back(post.account);
    return found;
  }
  PostId propose_post(const Proposal& proposal, const AuditLines& lines = {}) override {
    const auto lock = enter();
    Proposal added = proposal;
    added.post.id = PostId{1000 + next_post_++};
    added.username = accounts_.at(added.post.account).username;
    added.by_username = accounts_.at(added.by).username;
    proposals_[added.post.id] = added;
    keep(lines);
    return added.post.id;
  }
  std::vector<Proposal> proposals(AccountId account) override {
    const auto lock = enter();
    std::vector<Proposal> found;
    for (const auto& [post_id, proposal] : proposals_)
      if (proposal.post.account == account) found.push_back(proposal);
    return found;
  }
  std::vector<Proposal> proposals_within(const std::vector<OfficeId>&, PostId after, std::size_t limit) override {
    const auto lock = enter();
    std::vector<Proposal> found;
    for (const auto& [post_id, proposal] : proposals_)
      if (post_id > after && found.size() < limit) found.push_back(proposal);
    return found;
  }
  bool confirm_post(PostId post, const AuditLines& lines = {}) override {
    const auto lock = enter();
    const auto found = proposals_.find(post);
    if (found == proposals_.end()) return false;
    posts_[post] = found->second.post;
    proposals_.erase(found);
    keep(lines);
    return true;
  }
  bool withdraw_proposal(PostId post, const AuditLines& lines = {}) override {
    const auto lock = enter();
    if (proposals_.erase(post) == 0) return false;
    keep(lines);
    return true;
  }
  void set_password(AccountId id, const std::string& hash, bool must_change, const std::string& kept,
                    const AuditLines& lines = {}) override {
    const auto lock = enter();
    accounts_.at(id).password_hash = hash;
    accounts_.at(id).must_change_password = must_change;
    std::erase_if(sessions_, [&](const auto& each) { return each.second.account == id && each.first != kept; });
    keep(lines);
  }
  void set_disabled(AccountId id, bool disabled, const AuditLines& lines = {}) override {
    const auto lock = enter();
    accounts_.at(id).disabled = disabled;
    if (disabled) std::erase_if(sessions_, [&](const auto& each) { return each.second.account == id; });
    keep(lines);
    for (const auto& [post_id, post] : posts_)
      if (post.account == id) staffing_.push_back({post.office, post.role});
  }
  void record_failure(AccountId id, int failures, std::optional<Instant> locked_until) override {
    const auto lock = enter();
    accounts_.at(id).failures = failures;
    accounts_.at(id).locked_until = locked_until;
  }
  void add_session(const Session& session, const AuditLines& lines = {}) override {
    const auto lock = enter();
    keep(lines);
    sessions_[session.token_hash] = session;
  }
  std::optional<Session> session(const std::string& token_hash) override {
    const auto lock = enter();
    ++sessions_asked;
    const auto found = sessions_.find(token_hash);
    return found == sessions_.end() ? std::nullopt : std::optional(found->second);
  }
  std::vector<Session> sessions_of(AccountId account, Instant now) override {
    const auto lock = enter();
    std::vector<Session> found;
    for (const auto& [name, session] : sessions_)
      if (session.account == account && now < session.expires) found.push_back(session);
    return found;
  }
  void touch_session(const std::string& token_hash, Instant used, const std::string& address) override {
    const auto lock = enter();
    if (const auto found = sessions_.find(token_hash); found != sessions_.end()) {
      found->second.used = used;
      found->second.address = address;
    }
  }
  void remove_session(const std::string& token_hash, const AuditLines& lines = {}) override {
    const auto lock = enter();
    keep(lines);
    sessions_.erase(token_hash);
  }
  void remove_expired_sessions(Instant) override {}
  std::optional<SecondFactor> second_factor(AccountId account) override {
    const auto lock = enter();
    const auto found = factors_.find(account);
    return found == factors_.end() ? std::nullopt : std::optional(found->second);
  }
  void propose_second_factor(AccountId account, const std::string& secret,
                             const std::vector<std::string>& recovery_hashes) override {
    const auto lock = enter();
    factors_[account] = {secret, false, 0};
    recovery_[account] = {recovery_hashes.begin(), recovery_hashes.end()};
  }
  bool use_code(AccountId account, std::int64_t step, const AuditLines& lines = {}) override {
    const auto lock = enter();
    auto& factor = factors_.at(account);
    if (factor.used_step >= step) return false;
    factor.used_step = step;
    factor.confirmed = true;
    keep(lines);
    return true;
  }
  bool use_recovery_code(AccountId account, const std::string& hash) override {
    const auto lock = enter();
    return recovery_[account].erase(hash) > 0;
  }
  void remove_second_factor(AccountId account, const AuditLines& lines = {}) override {
    const auto lock = enter();
    factors_.erase(account);
    keep(lines);
  }
  void set_used(AccountId account, Instant used, const AuditLines& lines = {}) override {
    const auto lock = enter();
    accounts_.at(account).used = used;
    keep(lines);
  }
  bool knows_device(AccountId account, const std::string& token_hash) override {
    const auto lock = enter();
    return devices_.contains({account, token_hash});
  }
  void remember_device(AccountId account, const std::string& token_hash, Instant) override {
    const auto lock = enter();
    devices_.insert({account, token_hash});
  }
  void remove_old_devices(Instant) override {}
  void mark_read(AccountId, const std::vector<NotificationId>& ids) override {
    const auto lock = enter();
    read_.insert(ids.begin(), ids.end());
  }
  void mark_read_through(AccountId, NotificationId through) override {
    const auto lock = enter();
    read_.insert(through);
  }
  std::vector<Office> offices() override { return {}; }

  std::set<NotificationId> read() const {
    const std::lock_guard lock(mutex_);
    return read_;
  }
  std::vector<std::string> session_names() const {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> names;
    for (const auto& [name, session] : sessions_) names.push_back(name);
    return names;
  }

  FakeAuditTrail trail;

 private:
  void keep(const AuditLines& lines) { trail.add(lines); }
  std::unique_lock<std::mutex> enter() const {
    if (is_down) throw StoreError(StoreError::Kind::busy, "no session");
    return std::unique_lock(mutex_);
  }

  mutable std::mutex mutex_;
  std::map<AccountId, Account> accounts_;
  std::map<PostId, Post> posts_;
  std::map<PostId, Proposal> proposals_;
  std::vector<Holder> staffing_;  ///< as their posts changed hands
  std::map<std::string, Session> sessions_;
  std::set<NotificationId> read_;
  std::set<std::pair<AccountId, std::string>> devices_;
  std::map<AccountId, SecondFactor> factors_;
  std::map<AccountId, std::set<std::string>> recovery_;
  std::int64_t next_post_ = 0;
};

}  // namespace xueji::testing
