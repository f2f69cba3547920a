// Accounts, posts, sessions: who may sign in and act.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/authority/caller.hpp"
#include "engine/base/time.hpp"
#include "engine/machine/request.hpp"

namespace xueji {

struct Account {
  AccountId id;
  std::string username;  ///< 1 to 64 of `a-z 0-9 . _ -`
  std::string name;
  Language language = Language::zh;
  std::string password_hash;  ///< libsodium's crypto_pwhash_str text; never leaves the identity adapter
  bool disabled = false;
  int failures = 0;  ///< wrong passwords since the last right one
  std::optional<Instant> locked_until;
};

/// A signed-in browser or API client. The token itself is never stored.
struct Session {
  std::string token_hash;  ///< SHA-256 hex of the token
  AccountId account;
  Instant created;
  Instant expires;
};

/// Persistence of accounts. Safe from any thread; throws StoreError.
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
  virtual AccountId add(const Account& account) = 0;
  virtual PostId add_post(const Post& post) = 0;
  virtual void remove_post(PostId post) = 0;
  virtual void set_password_hash(AccountId id, const std::string& hash) = 0;
  virtual void set_disabled(AccountId id, bool disabled) = 0;
  virtual void record_failure(AccountId id, int failures, std::optional<Instant> locked_until) = 0;
  virtual void add_session(const Session& session) = 0;
  virtual std::optional<Session> session(const std::string& token_hash) = 0;
  virtual void remove_session(const std::string& token_hash) = 0;
  virtual void remove_expired_sessions(Instant now) = 0;
  virtual void mark_read(AccountId id, const std::vector<NotificationId>& ids) = 0;
  virtual void mark_read_through(AccountId id, NotificationId through) = 0;
  virtual std::vector<Office> offices() = 0;
};

}  // namespace xueji
