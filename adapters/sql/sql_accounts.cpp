#include "adapters/sql/sql_accounts.hpp"

#include <algorithm>
#include <stdexcept>

#include "adapters/sql/json_text.hpp"
#include "adapters/sql/post_rows.hpp"
#include "adapters/sql/question.hpp"
#include "adapters/sql/registry_rows.hpp"

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

std::vector<Accounts::Listed> read_listed(Statement& rows) {
  std::vector<Accounts::Listed> listed;
  rows.each([&] {
    listed.push_back({read_account(rows), {}});
    listed.back().account.password_hash.clear();
  });
  return listed;
}

/// For whoever looks by staffing_since(): the queues of these posts are held by others from now on.
void note_staffing(Session& session, const std::vector<Post>& posts) {
  if (posts.empty()) return;
  long long id = next_id(session, "SELECT MAX(id) FROM staffing_change");
  Bulk changes(session, "INSERT INTO staffing_change (id, queue) VALUES (?i, ?i)");
  for (const Post& post : posts) changes.add(id++, queue_of(Holder{post.office, post.role}));
  changes.run();
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

std::vector<Accounts::Listed> SqlAccounts::list(const std::vector<OfficeId>& scope, const Wanted& wanted,
                                                const std::string& after, std::size_t limit) {
  if (scope.empty()) return {};
  const Connections::Reading session(connections_);
  Question question("SELECT " + account_columns + " FROM account a");
  question.where("a.username > ?t", std::string_view{after})
      .where(
          "EXISTS (SELECT 1 FROM post p CROSS JOIN office_closure c ON c.descendant_id = p.office_id "
          "WHERE p.account_id = a.id AND c.ancestor_id IN ")
      .offices(scope)
      .add(")");
  if (wanted.office) question.where("a.id IN (SELECT p.account_id FROM post p WHERE p.office_id = ?i)", wanted.office);
  if (!wanted.words.empty()) {
    const std::string_view words = wanted.words;
    question.where("(INSTR(a.name, ?t) > 0 OR INSTR(a.username, ?t) > 0)", words, words);
  }
  question.add(" ORDER BY a.username LIMIT ?i").value(limit);
  auto listed = read_listed(question.prepare(*session, account_kinds));
  for (auto& one : listed) one.posts = load_posts(*session, one.account.id);
  return listed;
}

/// The offices' posts are few; their accounts are sorted, instead of all accounts being gone through in their order.
std::vector<Accounts::Listed> SqlAccounts::colleagues(AccountId self, const std::vector<OfficeId>& offices, Instant now,
                                                      const std::string& after, std::size_t limit) {
  if (offices.empty()) return {};
  const Connections::Reading session(connections_);
  Question question("SELECT " + account_columns + " FROM account a");
  question.where("a.id IN (SELECT p.account_id FROM post p WHERE p.office_id IN ").offices(offices);
  question.add(" AND (p.from_at IS NULL OR p.from_at <= ?i) AND (p.until_at IS NULL OR p.until_at > ?i))")
      .value(now)
      .value(now);
  question.where("a.id <> ?i", self).where("a.disabled = 0").where("+a.username > ?t", std::string_view{after});
  question.add(" ORDER BY +a.username LIMIT ?i").value(limit);
  auto listed = read_listed(question.prepare(*session, account_kinds));
  for (auto& one : listed) {
    one.posts = load_posts(*session, one.account.id);
    std::erase_if(one.posts, [&](const Post& post) {
      return !post.in_force(now) || std::find(offices.begin(), offices.end(), post.office) == offices.end();
    });
  }
  return listed;
}

std::vector<Accounts::Lent> SqlAccounts::lent(AccountId lender, const std::vector<OfficeId>& offices, Instant now) {
  if (offices.empty()) return {};
  const Connections::Reading session(connections_);
  Question question("SELECT " + post_columns + ", a.username, a.name" + from_posts +
                    " CROSS JOIN account a ON a.id = p.account_id");
  question.where("p.office_id IN ").offices(offices);
  question.where("p.delegated_from = ?i", lender).where("(p.until_at IS NULL OR p.until_at > ?i)", now);
  question.add(" ORDER BY p.id");
  std::vector<Lent> lent;
  auto& rows = question.prepare(*session, std::string(post_kinds) + "tt");
  rows.each([&] { lent.push_back({read_post(rows), rows.text(8), rows.text(9)}); });
  return lent;
}

std::vector<Post> SqlAccounts::posts_of(const std::vector<Holder>& queues) {
  std::vector<OfficeId> offices;
  offices.reserve(queues.size());
  for (const Holder& queue : queues) offices.push_back(queue.office);
  std::sort(offices.begin(), offices.end());
  offices.erase(std::unique(offices.begin(), offices.end()), offices.end());
  std::vector<Post> posts;
  const Connections::Reading session(connections_);
  in_chunks<OfficeId>(offices, [&](std::span<const OfficeId> chunk) {
    auto& rows =
        session->prepare("SELECT " + post_columns + from_posts +
                             " JOIN account a ON a.id = p.account_id WHERE a.disabled = 0 AND p.office_id IN " +
                             parameter_list(chunk.size()) + " ORDER BY p.id",
                         post_kinds);
    bind_list(rows, chunk);
    rows.each([&] {
      Post post = read_post(rows);
      if (std::find(queues.begin(), queues.end(), Holder{post.office, post.role}) != queues.end())
        posts.push_back(std::move(post));
    });
  });
  return posts;
}

std::int64_t SqlAccounts::newest_staffing_change() {
  const Connections::Reading session(connections_);
  auto& row = session->prepare("SELECT MAX(id) FROM staffing_change", "i");
  return row.one() ? row.integer(0) : 0;
}

Accounts::Staffing SqlAccounts::staffing_since(std::int64_t after) {
  const Connections::Reading session(connections_);
  Staffing staffing{{}, after};
  auto& rows = session->prepare("SELECT id, queue FROM staffing_change WHERE id > ?i ORDER BY id", "ii");
  rows.bind(after).each([&] {
    staffing.number = rows.integer(0);
    staffing.changed.push_back(holder_of(rows.integer(1)));
  });
  return staffing;
}

std::vector<Holder> SqlAccounts::posts_turning(Instant after, Instant now) {
  const Connections::Reading session(connections_);
  std::vector<Holder> queues;
  const std::string posts = "SELECT " + post_columns + from_posts;
  for (const std::string_view turns : {"p.from_at > ?i AND p.from_at <= ?i", "p.until_at > ?i AND p.until_at <= ?i"}) {
    Question question(posts);
    question.where(turns, after, now);
    auto& rows = question.prepare(*session, post_kinds);
    rows.each([&] {
      const Post post = read_post(rows);
      queues.push_back({post.office, post.role});
    });
  }
  return queues;
}

AccountId SqlAccounts::add(const Account& account) {
  Connections::Writing writing(connections_);
  if (writing->prepare("SELECT id FROM account WHERE username = ?t", "i").bind(account.username).one())
    throw std::invalid_argument("the username is taken");
  Account added = account;
  added.id = AccountId{next_id(*writing, "SELECT MAX(id) FROM account")};
  RegistryRows rows(*writing);
  rows.add(added);
  rows.run();
  writing.commit();
  return added.id;
}

PostId SqlAccounts::add_post(const Post& post) {
  Connections::Writing writing(connections_);
  Post added = post;
  added.id = PostId{next_id(*writing, "SELECT MAX(id) FROM post")};
  RegistryRows rows(*writing);
  rows.add(added);
  rows.run();
  note_staffing(*writing, {added});
  writing.commit();
  return added.id;
}

void SqlAccounts::remove_post(PostId post) {
  Connections::Writing writing(connections_);
  auto& row = writing->prepare("SELECT " + post_columns + from_posts + " WHERE p.id = ?i", post_kinds);
  if (!row.bind(post).one()) return;
  note_staffing(*writing, {read_post(row)});
  writing->prepare("DELETE FROM post WHERE id = ?i").bind(post).run();
  writing.commit();
}

void SqlAccounts::set_password_hash(AccountId id, const std::string& hash) {
  change("UPDATE account SET password_hash = ?t WHERE id = ?i", hash, id);
}

void SqlAccounts::set_disabled(AccountId id, bool disabled) {
  Connections::Writing writing(connections_);
  writing->prepare("UPDATE account SET disabled = ?i WHERE id = ?i").bind(disabled ? 1 : 0, id).run();
  note_staffing(*writing, load_posts(*writing, id));
  writing.commit();
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
