// Accounts, posts, sessions: who may sign in and act.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/authority/caller.hpp"
#include "engine/base/time.hpp"
#include "engine/machine/request.hpp"
#include "engine/ports/audit_trail.hpp"

namespace xueji {

struct Account {
  AccountId id;
  std::string username;  ///< 1 to 64 of `a-z 0-9 . _ -`
  std::string name;
  Language language = Language::zh;
  std::string password_hash;  ///< libsodium's crypto_pwhash_str text; never leaves the identity adapter
  bool disabled = false;
  int failures = 0;  ///< wrong passwords since the last right one
  std::optional<Instant> locked_until{};
  bool must_change_password = false;  ///< somebody else chose the one it has
  std::optional<Instant> used{};      ///< signed in last, or was made, or unsealed; none: not known
};

/// A signed-in browser or API client. The token itself is never stored.
struct Session {
  std::string token_hash;  ///< SHA-256 hex of the token
  AccountId account;
  Instant created;
  Instant expires;
  bool by_token = false;     ///< of an API client, not of a browser
  Instant used = created;    ///< about when it was used last
  std::string address{};     ///< of the client that used it last
  std::string user_agent{};  ///< as its browser called itself, cut
};

/// What an account shows beside its password. The secret is told once, when it is made.
struct SecondFactor {
  std::string secret;
  bool confirmed = false;      ///< asked for from now on
  std::int64_t used_step = 0;  ///< of the newest code that was used: none is taken twice
};

/// How long a browser is known from which somebody signed in, and how many of an account are.
inline constexpr std::chrono::days device_lifetime{180};
inline constexpr std::size_t devices_max = 20;

/// A post that one administrator has given and no other has confirmed yet: it gives no right.
struct Proposal {
  Post post;
  AccountId by;
  Instant at;
  std::string username{}, by_username{};  ///< of whom it is for, and of who proposed it
};

/// Persistence of accounts. Safe from any thread; throws StoreError. What changes something writes its lines of the
/// audit trail in the same transaction.
///
/// A lent post hangs on the post that it was lent from: it ends for good with that one, and when its lender is shut
/// out, and begins no earlier and ends no later than that one.
class Accounts {
 public:
  virtual ~Accounts() = default;
  virtual std::optional<Account> by_username(const std::string& username) = 0;
  virtual std::optional<Account> by_id(AccountId id) = 0;
  virtual std::vector<Post> posts(AccountId id) = 0;
  struct Listed {
    Account account;  ///< without the hash
    std::vector<Post> posts;
  };
  /// Which accounts a list shows; members left empty narrow nothing.
  struct Wanted {
    OfficeId office;    ///< with a post at this very office
    std::string words;  ///< part of the name or of the username
  };
  /// Accounts with a post within these offices or below, by username; at most `limit` after `after`.
  virtual std::vector<Listed> list(const std::vector<OfficeId>& scope, const Wanted& wanted, const std::string& after,
                                   std::size_t limit) = 0;
  /// Accounts that are not shut out, other than `self`, with a post in force at one of these offices, by username; at
  /// most `limit` after `after`. Their `posts` are those at these offices.
  virtual std::vector<Listed> colleagues(AccountId self, const std::vector<OfficeId>& offices, Instant now,
                                         const std::string& after, std::size_t limit) = 0;
  struct Lent {
    Post post;
    std::string username, name;  ///< of the account that it was lent to
  };
  /// What `lender` has lent at these offices and has not run out, in order of ids.
  virtual std::vector<Lent> lent(AccountId lender, const std::vector<OfficeId>& offices, Instant now) = 0;
  /// The posts of these queues, of accounts that are not shut out, also those that are not in force now.
  virtual std::vector<Post> posts_of(const std::vector<Holder>& queues) = 0;
  virtual std::int64_t newest_staffing_change() = 0;
  /// What has changed about who holds which post: posts given and taken, accounts shut out and let in again.
  struct Staffing {
    std::vector<Holder> changed;
    std::int64_t number = 0;  ///< of the newest change
  };
  /// Changes with numbers above `after`. Those of bulk loading are not among them.
  virtual Staffing staffing_since(std::int64_t after) = 0;
  /// Queues of which a post begins or ends by itself after `after`, up to and with `now`.
  virtual std::vector<Holder> posts_turning(Instant after, Instant now) = 0;
  /// Throws std::invalid_argument when the name is taken.
  virtual AccountId add(const Account& account, const AuditLines& lines = {}) = 0;
  /// The lines are about the new post. Throws std::invalid_argument for a lent post that its lender has not.
  virtual PostId add_post(const Post& post, const AuditLines& lines = {}) = 0;
  /// With what was lent of it.
  virtual void remove_post(PostId post, const AuditLines& lines = {}) = 0;
  /// Whom the account has lent posts to.
  virtual std::vector<AccountId> borrowers(AccountId lender) = 0;

  /// The lines are about the new post, whose id it keeps when it is confirmed.
  virtual PostId propose_post(const Proposal& proposal, const AuditLines& lines = {}) = 0;
  virtual std::vector<Proposal> proposals(AccountId account) = 0;
  /// Those about these offices and what stands below them, oldest first; at most `limit` above `after`.
  virtual std::vector<Proposal> proposals_within(const std::vector<OfficeId>& offices, PostId after,
                                                 std::size_t limit) = 0;
  /// The post is there from now on. False when the proposal is gone.
  virtual bool confirm_post(PostId post, const AuditLines& lines = {}) = 0;
  /// Likewise: it was confirmed or withdrawn meanwhile.
  virtual bool withdraw_proposal(PostId post, const AuditLines& lines = {}) = 0;

  /// Ends all sessions of the account but `kept`, and forgets the failures.
  virtual void set_password(AccountId id, const std::string& hash, bool must_change, const std::string& kept,
                            const AuditLines& lines = {}) = 0;
  /// Shutting out ends all sessions of the account, and what it has lent: letting it in again does not bring that back.
  virtual void set_disabled(AccountId id, bool disabled, const AuditLines& lines = {}) = 0;
  virtual void record_failure(AccountId id, int failures, std::optional<Instant> locked_until) = 0;
  virtual void add_session(const Session& session, const AuditLines& lines = {}) = 0;
  virtual std::optional<Session> session(const std::string& token_hash) = 0;
  /// Not expired, newest first.
  virtual std::vector<Session> sessions_of(AccountId account, Instant now) = 0;
  virtual void touch_session(const std::string& token_hash, Instant used, const std::string& address) = 0;
  virtual void remove_session(const std::string& token_hash, const AuditLines& lines = {}) = 0;
  virtual void remove_expired_sessions(Instant now) = 0;
  virtual std::optional<SecondFactor> second_factor(AccountId account) = 0;
  /// Not confirmed yet; in the place of one that was not. Recovery codes as SHA-256 hex.
  virtual void propose_second_factor(AccountId account, const std::string& secret,
                                     const std::vector<std::string>& recovery_hashes) = 0;
  /// Confirms it, too. False where a code of that step or a later one was used meanwhile.
  virtual bool use_code(AccountId account, std::int64_t step, const AuditLines& lines = {}) = 0;
  /// False for one that there is not, or not any more.
  virtual bool use_recovery_code(AccountId account, const std::string& hash) = 0;
  virtual void remove_second_factor(AccountId account, const AuditLines& lines = {}) = 0;

  /// Signed in to, or unsealed.
  virtual void set_used(AccountId account, Instant used, const AuditLines& lines = {}) = 0;

  /// Whether somebody has signed in to the account from the browser with that token within device_lifetime.
  virtual bool knows_device(AccountId account, const std::string& token_hash) = 0;
  /// The newest devices_max of the account are kept.
  virtual void remember_device(AccountId account, const std::string& token_hash, Instant now) = 0;
  virtual void remove_old_devices(Instant now) = 0;
  virtual void mark_read(AccountId id, const std::vector<NotificationId>& ids) = 0;
  virtual void mark_read_through(AccountId id, NotificationId through) = 0;
  virtual std::vector<Office> offices() = 0;
};

}  // namespace xueji
