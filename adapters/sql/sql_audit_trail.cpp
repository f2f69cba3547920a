#include "adapters/sql/sql_audit_trail.hpp"

#include <algorithm>

#include "adapters/sql/audit_rows.hpp"
#include "adapters/sql/json_text.hpp"
#include "adapters/sql/question.hpp"

namespace xueji::sql {
namespace {

const std::string columns_of_lines =
    "l.id, l.at, l.action, l.actor_id, l.by_operator, l.account_id, l.office_id, l.post_id, l.role, l.record, "
    "l.address, b.username, a.username";
constexpr std::string_view kinds_of_lines = "iitiiiiittttt";

AuditTrail::Row read_line(const Statement& row) {
  AuditTrail::Row read;
  read.number = row.integer(0);
  read.line.at = instant_of(row.integer(1));
  read.line.action = word(parse_audit_action(row.text(2)), "an action of the audit trail");
  read.line.actor = AccountId{row.integer(3)};
  read.line.by_operator = row.integer(4) != 0;
  read.line.account = AccountId{row.integer(5)};
  read.line.office = OfficeId{row.integer(6)};
  read.line.post = PostId{row.integer(7)};
  read.line.role = parse_role(row.text(8));
  read.line.record = row.text(9);
  read.line.address = row.text(10);
  read.actor_username = row.text(11);
  read.account_username = row.text(12);
  return read;
}

bool holds_topmost(Session& session, const std::vector<OfficeId>& offices) {
  return std::any_of(offices.begin(), offices.end(), [&](OfficeId office) {
    auto& row = session.prepare("SELECT supervisor_id FROM office WHERE id = ?i", "i");
    return row.bind(office).one() && row.integer(0) == 0;
  });
}

Question question_of(const AuditTrail::Wanted& wanted, std::int64_t before) {
  Question question("SELECT " + columns_of_lines +
                    " FROM audit_line l LEFT JOIN account b ON b.id = l.actor_id LEFT JOIN account a ON a.id = "
                    "l.account_id");
  if (before > 0) question.where("l.id < ?i", static_cast<long long>(before));
  if (wanted.action) question.where("l.action = ?t", to_string(*wanted.action));
  if (wanted.from) question.where("l.at >= ?i", *wanted.from);
  if (wanted.until) question.where("l.at < ?i", *wanted.until);
  return question;
}

}  // namespace

void SqlAuditTrail::add(const AuditLines& lines) {
  Connections::Writing writing(connections_);
  write_audit(*writing, lines);
  writing.commit();
}

/// What was done by an account and what was done to it have an index each: a page of either, then the newest of both.
std::vector<AuditTrail::Row> SqlAuditTrail::lines(const std::vector<OfficeId>& offices, const Wanted& wanted,
                                                  std::int64_t before, std::size_t limit) {
  const Connections::Reading session(connections_);
  std::vector<Row> found;
  const auto ask = [&](Question question) {
    question.add(" ORDER BY l.id DESC LIMIT ?i").value(limit);
    auto& rows = question.prepare(*session, kinds_of_lines);
    rows.each([&] { found.push_back(read_line(rows)); });
  };
  if (wanted.account) {
    ask(question_of(wanted, before).where("l.account_id = ?i", wanted.account));
    ask(question_of(wanted, before).where("l.actor_id = ?i", wanted.account).where("l.account_id <> l.actor_id"));
  } else if (!holds_topmost(*session, offices)) {
    const Scope scope{offices};
    Question question = question_of(wanted, before);
    where_in_scope(question, "l.office_id", scope, scope_way(*session, scope));
    ask(std::move(question));
  } else {
    ask(question_of(wanted, before));
  }
  std::sort(found.begin(), found.end(), [](const Row& one, const Row& other) { return one.number > other.number; });
  if (found.size() > limit) found.resize(limit);
  return found;
}

std::size_t SqlAuditTrail::remove_before(Instant instant, std::size_t limit) {
  Connections::Writing writing(connections_);
  std::vector<long long> old;
  auto& rows = writing->prepare("SELECT id FROM audit_line WHERE at < ?i ORDER BY at LIMIT ?i", "i");
  rows.bind(instant, limit).each([&] { old.push_back(rows.integer(0)); });
  for (const long long id : old) writing->prepare("DELETE FROM audit_line WHERE id = ?i").bind(id).run();
  writing.commit();
  return old.size();
}

}  // namespace xueji::sql
