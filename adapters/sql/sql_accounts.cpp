#include "adapters/sql/sql_accounts.hpp"

#include <stdexcept>

#include "adapters/sql/insert_rows.hpp"
#include "adapters/sql/json_text.hpp"
#include "adapters/sql/question.hpp"

namespace xueji::sql {
namespace {

const std::string account_columns =
    "a.id, a.username, a.name, a.language, a.password_hash, a.disabled, a.failures, a.locked_until";
constexpr std::string_view account_kinds = "ittttiii";

Account read_account(const Statement& row) {
  Account account;
  account.id = AccountId{row.integer(0)};
  account.username = row.text(1);
  account.name = row.text(2);
  account.language = row.text(3) == "en" ? Language::en : Language::zh;
  account.password_hash = row.text(4);
  account.disabled = row.integer(5) != 0;
  account.failures = static_cast<int>(row.integer(6));
  if (!row.null(7)) account.locked_until = instant_of(row.integer(7));
  return account;
}

std::vector<Post> load_posts(Session& session, AccountId id) {
  auto& rows = session.prepare(
      "SELECT p.id, p.account_id, p.office_id, p.role, p.delegated_from, d.username, p.from_at, p.until_at "
      "FROM post p LEFT JOIN account d ON d.id = p.delegated_from WHERE p.account_id = ?i ORDER BY p.id",
      "iiititii");
  std::vector<Post> posts;
  rows.bind(id).each([&] {
    Post post;
    post.id = PostId{rows.integer(0)};
    post.account = AccountId{rows.integer(1)};
    post.office = OfficeId{rows.integer(2)};
    post.role = word(parse_role(rows.text(3)), "a role");
    post.delegated_from = AccountId{rows.integer(4)};
    post.delegated_from_username = rows.text(5);
    if (!rows.null(6)) post.from = instant_of(rows.integer(6));
    if (!rows.null(7)) post.until = instant_of(rows.integer(7));
    posts.push_back(std::move(post));
  });
  return posts;
}

}  // namespace

template <class... Values>
void SqlAccounts::change(std::string_view sql, const Values&... values) {
  Connections::Writing writing(connections_);
  writing->prepare(sql).bind(values...).run();
  writing.commit();
}

std::optional<Account> SqlAccounts::by_username(const std::string& username) {
  const Connections::Reading session(connections_);
  auto& row = session->prepare("SELECT " + account_columns + " FROM account a WHERE a.username = ?t", account_kinds);
  return row.bind(username).one() ? std::optional{read_account(row)} : std::nullopt;
}

std::optional<Account> SqlAccounts::by_id(AccountId id) {
  const Connections::Reading session(connections_);
  auto& row = session->prepare("SELECT " + account_columns + " FROM account a WHERE a.id = ?i", account_kinds);
  return row.bind(id).one() ? std::optional{read_account(row)} : std::nullopt;
}

std::vector<Post> SqlAccounts::posts(AccountId id) {
  const Connections::Reading session(connections_);
  return load_posts(*session, id);
}

std::vector<Accounts::Listed> SqlAccounts::list(const std::vector<OfficeId>& scope, const std::string& after,
                                                std::size_t limit) {
  if (scope.empty()) return {};
  const Connections::Reading session(connections_);
  Question question("SELECT " + account_columns + " FROM account a");
  question.where("a.username > ?t", std::string_view{after})
      .where(
          "EXISTS (SELECT 1 FROM post p CROSS JOIN office_closure c ON c.descendant_id = p.office_id "
          "WHERE p.account_id = a.id AND c.ancestor_id IN ")
      .offices(scope)
      .add(") ORDER BY a.username LIMIT ?i")
      .value(limit);
  std::vector<Listed> listed;
  auto& rows = question.prepare(*session, account_kinds);
  rows.each([&] {
    listed.push_back({read_account(rows), {}});
    listed.back().account.password_hash.clear();
  });
  for (auto& one : listed) one.posts = load_posts(*session, one.account.id);
  return listed;
}

AccountId SqlAccounts::add(const Account& account) {
  Connections::Writing writing(connections_);
  if (writing->prepare("SELECT id FROM account WHERE username = ?t", "i").bind(account.username).one())
    throw std::invalid_argument("the username is taken");
  Account added = account;
  added.id = AccountId{next_id(*writing, "SELECT MAX(id) FROM account")};
  insert_account(*writing, added);
  writing.commit();
  return added.id;
}

PostId SqlAccounts::add_post(const Post& post) {
  Connections::Writing writing(connections_);
  Post added = post;
  added.id = PostId{next_id(*writing, "SELECT MAX(id) FROM post")};
  insert_post(*writing, added);
  writing.commit();
  return added.id;
}

void SqlAccounts::remove_post(PostId post) { change("DELETE FROM post WHERE id = ?i", post); }

void SqlAccounts::set_password_hash(AccountId id, const std::string& hash) {
  change("UPDATE account SET password_hash = ?t WHERE id = ?i", hash, id);
}

void SqlAccounts::set_disabled(AccountId id, bool disabled) {
  change("UPDATE account SET disabled = ?i WHERE id = ?i", disabled ? 1 : 0, id);
}

void SqlAccounts::record_failure(AccountId id, int failures, std::optional<Instant> locked_until) {
  change("UPDATE account SET failures = ?i, locked_until = ?i WHERE id = ?i", failures, locked_until, id);
}

void SqlAccounts::add_session(const xueji::Session& session) {
  change("INSERT INTO login_session (token_hash, account_id, created_at, expires_at) VALUES (?t, ?i, ?i, ?i)",
         session.token_hash, session.account, session.created, session.expires);
}

std::optional<xueji::Session> SqlAccounts::session(const std::string& token_hash) {
  const Connections::Reading session(connections_);
  auto& row = session->prepare(
      "SELECT token_hash, account_id, created_at, expires_at FROM login_session WHERE token_hash = ?t", "tiii");
  if (!row.bind(token_hash).one()) return std::nullopt;
  return xueji::Session{row.text(0), AccountId{row.integer(1)}, instant_of(row.integer(2)), instant_of(row.integer(3))};
}

void SqlAccounts::remove_session(const std::string& token_hash) {
  change("DELETE FROM login_session WHERE token_hash = ?t", token_hash);
}

void SqlAccounts::remove_expired_sessions(Instant now) {
  change("DELETE FROM login_session WHERE expires_at <= ?i", now);
}

void SqlAccounts::mark_read(AccountId id, const std::vector<NotificationId>& ids) {
  Connections::Writing writing(connections_);
  for (const auto notification : ids) {
    writing
        ->prepare(
            "INSERT INTO notification_read (account_id, notification_id) SELECT ?i, n.id FROM notification n WHERE "
            "n.id = ?i "
            "AND NOT EXISTS (SELECT 1 FROM notification_read x WHERE x.account_id = ?i AND x.notification_id = ?i)")
        .bind(id, notification, id, notification)
        .run();
  }
  writing.commit();
}

void SqlAccounts::mark_read_through(AccountId id, NotificationId through) {
  change("UPDATE account SET read_through = ?i WHERE id = ?i AND read_through < ?i", through, id, through);
}

std::vector<Office> SqlAccounts::offices() {
  const Connections::Reading session(connections_);
  auto& rows = session->prepare("SELECT id, code, name, level, supervisor_id FROM office ORDER BY id",
                                "itt"
                                "ti");
  std::vector<Office> offices;
  rows.each([&] {
    offices.push_back({OfficeId{rows.integer(0)}, rows.text(1), rows.text(2),
                       word(parse_level(rows.text(3)), "a level"), OfficeId{rows.integer(4)}});
  });
  return offices;
}

}  // namespace xueji::sql
