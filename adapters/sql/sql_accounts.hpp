#pragma once
#include "adapters/sql/connections.hpp"
#include "engine/ports/accounts.hpp"

namespace xueji::sql {

class SqlAccounts final : public Accounts {
 public:
  explicit SqlAccounts(Connections& connections) : connections_(connections) {}
  std::optional<Account> by_username(const std::string& username) override;
  std::optional<Account> by_id(AccountId id) override;
  std::vector<Post> posts(AccountId id) override;
  std::vector<Listed> list(const std::vector<OfficeId>& scope, const Wanted& wanted, const std::string& after,
                           std::size_t limit) override;
  std::vector<Listed> colleagues(AccountId self, const std::vector<OfficeId>& offices, Instant now,
                                 const std::string& after, std::size_t limit) override;
  std::vector<Lent> lent(AccountId lender, const std::vector<OfficeId>& offices, Instant now) override;
  std::vector<Post> posts_of(const std::vector<Holder>& queues) override;
  std::int64_t newest_staffing_change() override;
  Staffing staffing_since(std::int64_t after) override;
  std::vector<Holder> posts_turning(Instant after, Instant now) override;
  AccountId add(const Account& account, const AuditLines& lines) override;
  PostId add_post(const Post& post, const AuditLines& lines) override;
  void remove_post(PostId post, const AuditLines& lines) override;
  std::vector<AccountId> borrowers(AccountId lender) override;
  PostId propose_post(const Proposal& proposal, const AuditLines& lines) override;
  std::vector<Proposal> proposals(AccountId account) override;
  std::vector<Proposal> proposals_within(const std::vector<OfficeId>& offices, PostId after,
                                         std::size_t limit) override;
  bool confirm_post(PostId post, const AuditLines& lines) override;
  bool withdraw_proposal(PostId post, const AuditLines& lines) override;
  void set_password(AccountId id, const std::string& hash, bool must_change, const std::string& kept,
                    const AuditLines& lines) override;
  void set_disabled(AccountId id, bool disabled, const AuditLines& lines) override;
  void record_failure(AccountId id, int failures, std::optional<Instant> locked_until) override;
  void add_session(const xueji::Session& session, const AuditLines& lines) override;
  std::optional<xueji::Session> session(const std::string& token_hash) override;
  std::vector<xueji::Session> sessions_of(AccountId account, Instant now) override;
  void touch_session(const std::string& token_hash, Instant used, const std::string& address) override;
  void remove_session(const std::string& token_hash, const AuditLines& lines) override;
  void remove_expired_sessions(Instant now) override;
  std::optional<SecondFactor> second_factor(AccountId account) override;
  void propose_second_factor(AccountId account, const std::string& secret,
                             const std::vector<std::string>& recovery_hashes) override;
  bool use_code(AccountId account, std::int64_t step, const AuditLines& lines) override;
  bool use_recovery_code(AccountId account, const std::string& hash) override;
  void remove_second_factor(AccountId account, const AuditLines& lines) override;
  void set_used(AccountId account, Instant used, const AuditLines& lines) override;
  bool knows_device(AccountId account, const std::string& token_hash) override;
  void remember_device(AccountId account, const std::string& token_hash, Instant now) override;
  void remove_old_devices(Instant now) override;
  void mark_read(AccountId id, const std::vector<NotificationId>& ids) override;
  void mark_read_through(AccountId id, NotificationId through) override;
  std::vector<Office> offices() override;

 private:
  template <class... Values>
  void change(std::string_view sql, const Values&... values);

  Connections& connections_;
};

}  // namespace xueji::sql
