#include "adapters/sql/sql_accounts.hpp"

#include <algorithm>
#include <stdexcept>

#include "adapters/sql/audit_rows.hpp"
#include "adapters/sql/json_text.hpp"
#include "adapters/sql/post_rows.hpp"
#include "adapters/sql/question.hpp"
#include "adapters/sql/registry_rows.hpp"

namespace xueji::sql {
namespace {

const std::string account_columns =
    "a.id, a.username, a.name, a.language, a.password_hash, a.disabled, a.failures, a.locked_until, "
    "a.must_change_password, a.used_at";
constexpr std::string_view account_kinds = "ittttiiiii";

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
  account.must_change_password = row.integer(8) != 0;
  if (!row.null(9)) account.used = instant_of(row.integer(9));
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

/// Never one that a post or a proposal had before, withdrawn ones included: who confirms one must not meet another.
PostId next_post(Session& session) {
  return PostId{
      std::max({next_id(session, "SELECT MAX(id) FROM post"), next_id(session, "SELECT MAX(id) FROM post_proposal"),
                next_id(session, "SELECT MAX(post_id) FROM audit_line")})};
}

void give(Session& session, const Post& post) {
  RegistryRows rows(session);
  rows.add(post);
  rows.run();
  if (post.delegated_from) {
    auto& row = session.prepare("SELECT source_id FROM post WHERE id = ?i", "i");
    if (!row.bind(post.id).one() || row.integer(0) <= 0)
      throw std::invalid_argument("a post is lent that its lender has not");
  }
  note_staffing(session, {post});
}

/// The posts that were lent of these end for good, each with a line like that of what ends them.
void end_loans(Session& session, const std::vector<Post>& sources, const AuditLines& cause) {
  for (const Post& source : sources) {
    std::vector<Post> lent;
    auto& rows = session.prepare("SELECT " + post_columns + from_posts + " WHERE p.source_id = ?i", post_kinds);
    rows.bind(source.id).each([&] { lent.push_back(read_post(rows)); });
    if (lent.empty()) continue;
    note_staffing(session, lent);
    session.prepare("DELETE FROM post WHERE source_id = ?i").bind(source.id).run();
    if (cause.empty()) continue;
    AuditLines lines;
    for (const Post& post : lent) {
      AuditLine line = cause.front();
      line.action = AuditAction::loan_taken_back;
      line.account = post.account;
      line.office = post.office;
      line.post = post.id;
      line.role = post.role;
      lines.push_back(std::move(line));
    }
    write_audit(session, lines);
  }
}

const std::string select_proposals =
    "SELECT p.id, p.account_id, p.office_id, p.role, p.from_at, p.until_at, p.proposed_by, p.proposed_at, a.username, "
    "b.username FROM post_proposal p CROSS JOIN account a ON a.id = p.account_id CROSS JOIN account b ON b.id = "
    "p.proposed_by";
constexpr std::string_view proposal_kinds = "iiitiiiitt";

std::vector<Proposal> read_proposals(Statement& rows) {
  std::vector<Proposal> found;
  rows.each([&] {
    Proposal one;
    one.post.id = PostId{rows.integer(0)};
    one.post.account = AccountId{rows.integer(1)};
    one.post.office = OfficeId{rows.integer(2)};
    one.post.role = word(parse_role(rows.text(3)), "a role");
    if (!rows.null(4)) one.post.from = instant_of(rows.integer(4));
    if (!rows.null(5)) one.post.until = instant_of(rows.integer(5));
    one.by = AccountId{rows.integer(6)};
    one.at = instant_of(rows.integer(7));
    one.username = rows.text(8);
    one.by_username = rows.text(9);
    found.push_back(std::move(one));
  });
  return found;
}

const std::string select_sessions =
    "SELECT token_hash, account_id, created_at, expires_at, by_token, used_at, address, user_agent FROM login_session";
constexpr std::string_view session_kinds = "tiiiiitt";

xueji::Session read_session(const Statement& row) {
  xueji::Session read{row.text(0), AccountId{row.integer(1)}, instant_of(row.integer(2)), instant_of(row.integer(3))};
  read.by_token = row.integer(4) != 0;
  read.used = instant_of(row.integer(5));
  read.address = row.text(6);
  read.user_agent = row.text(7);
  return read;
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
          "(EXISTS (SELECT 1 FROM post p CROSS JOIN office_closure c ON c.descendant_id = p.office_id "
          "WHERE p.account_id = a.id AND c.ancestor_id IN ")
      .offices(scope)
      .add(
          ") OR EXISTS (SELECT 1 FROM post_proposal p CROSS JOIN office_closure c ON c.descendant_id = p.office_id "
          "WHERE p.account_id = a.id AND c.ancestor_id IN ")
      .offices(scope)
      .add("))");
  if (wanted.office)
    question.where(
        "(a.id IN (SELECT p.account_id FROM post p WHERE p.office_id = ?i) OR "
        "a.id IN (SELECT p.account_id FROM post_proposal p WHERE p.office_id = ?i))",
        wanted.office, wanted.office);
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
  question.where("a.id IN (SELECT p.account_id" + from_posts + " WHERE " + posts_that_hold + " AND p.office_id IN ")
      .offices(offices);
  question
      .add(
          " AND (p.from_at IS NULL OR p.from_at <= ?i) AND (p.until_at IS NULL OR p.until_at > ?i) "
          "AND (s.from_at IS NULL OR s.from_at <= ?i) AND (s.until_at IS NULL OR s.until_at > ?i))")
      .value(now)
      .value(now)
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
  question.where("(s.until_at IS NULL OR s.until_at > ?i)", now).where(posts_that_hold);
  question.add(" ORDER BY p.id");
  std::vector<Lent> lent;
  auto& rows = question.prepare(*session, std::string(post_kinds) + "tt");
  rows.each([&] { lent.push_back({read_post(rows), rows.text(post_width), rows.text(post_width + 1)}); });
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
                             parameter_list(chunk.size()) + " AND " + posts_that_hold + " ORDER BY p.id",
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

AccountId SqlAccounts::add(const Account& account, const AuditLines& lines) {
  Connections::Writing writing(connections_);
  if (writing->prepare("SELECT id FROM account WHERE username = ?t", "i").bind(account.username).one())
    throw std::invalid_argument("the username is taken");
  Account added = account;
  added.id = AccountId{next_id(*writing, "SELECT MAX(id) FROM account")};
  RegistryRows rows(*writing);
  rows.add(added);
  rows.run();
  AuditLines about = lines;
  for (AuditLine& line : about) line.account = added.id;
  write_audit(*writing, about);
  writing.commit();
  return added.id;
}

PostId SqlAccounts::add_post(const Post& post, const AuditLines& lines) {
  Connections::Writing writing(connections_);
  Post added = post;
  added.id = next_post(*writing);
  give(*writing, added);
  write_audit(*writing, lines, added.id);
  writing.commit();
  return added.id;
}

void SqlAccounts::remove_post(PostId post, const AuditLines& lines) {
  Connections::Writing writing(connections_);
  auto& row = writing->prepare("SELECT " + post_columns + from_posts + " WHERE p.id = ?i", post_kinds);
  if (!row.bind(post).one()) return;
  const Post taken = read_post(row);
  note_staffing(*writing, {taken});
  write_audit(*writing, lines, post);
  end_loans(*writing, {taken}, lines);
  writing->prepare("DELETE FROM post WHERE id = ?i").bind(post).run();
  writing.commit();
}

std::vector<AccountId> SqlAccounts::borrowers(AccountId lender) {
  const Connections::Reading session(connections_);
  std::vector<AccountId> found;
  auto& rows = session->prepare(
      "SELECT DISTINCT p.account_id FROM post s CROSS JOIN post p ON p.source_id = s.id WHERE s.account_id = ?i", "i");
  rows.bind(lender).each([&] { found.push_back(AccountId{rows.integer(0)}); });
  return found;
}

PostId SqlAccounts::propose_post(const Proposal& proposal, const AuditLines& lines) {
  Connections::Writing writing(connections_);
  const PostId id = next_post(*writing);
  const Post& post = proposal.post;
  writing
      ->prepare(
          "INSERT INTO post_proposal (id, account_id, office_id, role, from_at, until_at, proposed_by, proposed_at) "
          "VALUES (?i, ?i, ?i, ?t, ?i, ?i, ?i, ?i)")
      .bind(id, post.account, post.office, to_string(post.role), post.from, post.until, proposal.by, proposal.at)
      .run();
  write_audit(*writing, lines, id);
  writing.commit();
  return id;
}

std::vector<Proposal> SqlAccounts::proposals(AccountId account) {
  const Connections::Reading session(connections_);
  Question question(select_proposals);
  question.where("p.account_id = ?i", account).add(" ORDER BY p.id");
  return read_proposals(question.prepare(*session, proposal_kinds));
}

std::vector<Proposal> SqlAccounts::proposals_within(const std::vector<OfficeId>& offices, PostId after,
                                                    std::size_t limit) {
  if (offices.empty()) return {};
  const Connections::Reading session(connections_);
  Question question(select_proposals);
  question.where("p.id > ?i", after);
  where_in_scope(question, "p.office_id", {offices}, ScopeWay::row_by_row);
  question.add(" ORDER BY p.id LIMIT ?i").value(limit);
  return read_proposals(question.prepare(*session, proposal_kinds));
}

bool SqlAccounts::confirm_post(PostId id, const AuditLines& lines) {
  Connections::Writing writing(connections_);
  Question question(select_proposals);
  question.where("p.id = ?i", id);
  const auto found = read_proposals(question.prepare(*writing, proposal_kinds));
  if (found.empty()) return false;
  give(*writing, found.front().post);
  writing->prepare("DELETE FROM post_proposal WHERE id = ?i").bind(id).run();
  write_audit(*writing, lines, id);
  writing.commit();
  return true;
}

bool SqlAccounts::withdraw_proposal(PostId id, const AuditLines& lines) {
  Connections::Writing writing(connections_);
  if (!writing->prepare("SELECT 1 FROM post_proposal WHERE id = ?i", "i").bind(id).one()) return false;
  writing->prepare("DELETE FROM post_proposal WHERE id = ?i").bind(id).run();
  write_audit(*writing, lines, id);
  writing.commit();
  return true;
}

void SqlAccounts::set_password(AccountId id, const std::string& hash, bool must_change, const std::string& kept,
                               const AuditLines& lines) {
  Connections::Writing writing(connections_);
  writing
      ->prepare(
          "UPDATE account SET password_hash = ?t, must_change_password = ?i, failures = 0, locked_until = ?i WHERE id "
          "= ?i")
      .bind(hash, must_change ? 1 : 0, std::optional<Instant>{}, id)
      .run();
  writing->prepare("DELETE FROM login_session WHERE account_id = ?i AND token_hash <> ?t").bind(id, kept).run();
  write_audit(*writing, lines);
  writing.commit();
}

void SqlAccounts::set_disabled(AccountId id, bool disabled, const AuditLines& lines) {
  Connections::Writing writing(connections_);
  const auto posts = load_posts(*writing, id);
  const bool was_disabled =
      writing->prepare("SELECT id FROM account WHERE id = ?i AND disabled = 1", "i").bind(id).one();
  writing->prepare("UPDATE account SET disabled = ?i WHERE id = ?i").bind(disabled ? 1 : 0, id).run();
  note_staffing(*writing, posts);
  write_audit(*writing, lines);
  if (disabled || was_disabled) end_loans(*writing, posts, lines);
  if (disabled) {
    for (const char* ended :
         {"DELETE FROM login_session WHERE account_id = ?i", "DELETE FROM post_proposal WHERE account_id = ?i",
          "DELETE FROM post_proposal WHERE proposed_by = ?i"})
      writing->prepare(ended).bind(id).run();
  }
  writing.commit();
}

void SqlAccounts::record_failure(AccountId id, int failures, std::optional<Instant> locked_until) {
  change("UPDATE account SET failures = ?i, locked_until = ?i WHERE id = ?i", failures, locked_until, id);
}

void SqlAccounts::add_session(const xueji::Session& session, const AuditLines& lines) {
  Connections::Writing writing(connections_);
  writing
      ->prepare(
          "INSERT INTO login_session (token_hash, account_id, created_at, expires_at, by_token, used_at, address, "
          "user_agent) VALUES (?t, ?i, ?i, ?i, ?i, ?i, ?t, ?t)")
      .bind(session.token_hash, session.account, session.created, session.expires, session.by_token ? 1 : 0,
            session.used, session.address, session.user_agent)
      .run();
  writing->prepare("UPDATE account SET used_at = ?i WHERE id = ?i").bind(session.created, session.account).run();
  write_audit(*writing, lines);
  writing.commit();
}

std::optional<xueji::Session> SqlAccounts::session(const std::string& token_hash) {
  const Connections::Reading session(connections_);
  Question question(select_sessions);
  question.where("token_hash = ?t", std::string_view{token_hash});
  auto& row = question.prepare(*session, session_kinds);
  return row.one() ? std::optional{read_session(row)} : std::nullopt;
}

std::vector<xueji::Session> SqlAccounts::sessions_of(AccountId account, Instant now) {
  const Connections::Reading session(connections_);
  Question question(select_sessions);
  question.where("account_id = ?i", account).where("expires_at > ?i", now).add(" ORDER BY created_at DESC, token_hash");
  std::vector<xueji::Session> found;
  auto& rows = question.prepare(*session, session_kinds);
  rows.each([&] { found.push_back(read_session(rows)); });
  return found;
}

void SqlAccounts::touch_session(const std::string& token_hash, Instant used, const std::string& address) {
  change("UPDATE login_session SET used_at = ?i, address = ?t WHERE token_hash = ?t", used, address, token_hash);
}

void SqlAccounts::remove_session(const std::string& token_hash, const AuditLines& lines) {
  Connections::Writing writing(connections_);
  writing->prepare("DELETE FROM login_session WHERE token_hash = ?t").bind(token_hash).run();
  write_audit(*writing, lines);
  writing.commit();
}

void SqlAccounts::remove_expired_sessions(Instant now) {
  change("DELETE FROM login_session WHERE expires_at <= ?i", now);
}

void SqlAccounts::set_used(AccountId account, Instant used, const AuditLines& lines) {
  Connections::Writing writing(connections_);
  writing->prepare("UPDATE account SET used_at = ?i WHERE id = ?i").bind(used, account).run();
  write_audit(*writing, lines);
  writing.commit();
}

bool SqlAccounts::knows_device(AccountId account, const std::string& token_hash) {
  const Connections::Reading session(connections_);
  return session->prepare("SELECT account_id FROM known_device WHERE token_hash = ?t AND account_id = ?i", "i")
      .bind(token_hash, account)
      .one();
}

void SqlAccounts::remember_device(AccountId account, const std::string& token_hash, Instant now) {
  Connections::Writing writing(connections_);
  if (writing->prepare("UPDATE known_device SET used_at = ?i WHERE token_hash = ?t AND account_id = ?i")
          .bind(now, token_hash, account)
          .run() == 0) {
    std::vector<std::string> known;
    auto& rows = writing->prepare("SELECT token_hash FROM known_device WHERE account_id = ?i ORDER BY used_at", "t");
    rows.bind(account).each([&] { known.push_back(rows.text(0)); });
    for (std::size_t at = 0; at + devices_max <= known.size(); ++at)
      writing->prepare("DELETE FROM known_device WHERE token_hash = ?t AND account_id = ?i")
          .bind(known[at], account)
          .run();
    writing->prepare("INSERT INTO known_device (token_hash, account_id, used_at) VALUES (?t, ?i, ?i)")
        .bind(token_hash, account, now)
        .run();
  }
  writing.commit();
}

void SqlAccounts::remove_old_devices(Instant now) {
  change("DELETE FROM known_device WHERE used_at <= ?i", now - device_lifetime);
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
  auto& rows =
      session->prepare("SELECT id, code, name, level, supervisor_id, stages, school_system FROM office ORDER BY id",
                       "itt"
                       "titt");
  std::vector<Office> offices;
  rows.each([&] {
    offices.push_back({OfficeId{rows.integer(0)}, rows.text(1), rows.text(2),
                       word(parse_level(rows.text(3)), "a level"), OfficeId{rows.integer(4)},
                       word(parse_stages(rows.text(5)), "stages"),
                       word(parse_school_system(rows.text(6)), "a school system")});
  });
  return offices;
}

}  // namespace xueji::sql
