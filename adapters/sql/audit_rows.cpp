#include "adapters/sql/audit_rows.hpp"

#include <set>

#include "adapters/sql/bulk.hpp"
#include "adapters/sql/rows.hpp"

namespace xueji::sql {
namespace {

constexpr std::size_t address_bytes_max = 64;
constexpr std::size_t record_bytes_max = 64;

bool is_written(Session& session, const std::string& once) {
  return session.prepare("SELECT id FROM audit_line WHERE once_key = ?t", "i").bind(once).one();
}

OfficeId office_of(Session& session, AccountId account) {
  if (!account) return {};
  for (const std::string_view table : {"post", "post_proposal"}) {
    auto& row = session.prepare(
        "SELECT office_id FROM " + std::string(table) + " WHERE account_id = ?i ORDER BY id LIMIT 1", "i");
    if (row.bind(account).one()) return OfficeId{row.integer(0)};
  }
  return {};
}

}  // namespace

void write_audit(Session& session, const AuditLines& lines, PostId post) {
  if (lines.empty()) return;
  long long id = next_id(session, "SELECT MAX(id) FROM audit_line");
  Bulk rows(session,
            "INSERT INTO audit_line (id, at, action, actor_id, by_operator, account_id, office_id, post_id, role, "
            "record, address, once_key) VALUES (?i, ?i, ?t, ?i, ?i, ?i, ?i, ?i, ?t, ?t, ?t, ?t)");
  std::set<std::string_view> here;
  for (const AuditLine& line : lines) {
    if (!line.once.empty() && (!here.insert(line.once).second || is_written(session, line.once))) continue;
    const OfficeId office = line.office ? line.office : office_of(session, line.account ? line.account : line.actor);
    rows.add(id++, line.at, to_string(line.action), line.actor, line.by_operator ? 1 : 0, line.account, office,
             line.post ? line.post : post, line.role ? to_string(*line.role) : std::string_view{},
             std::string_view(line.record).substr(0, record_bytes_max),
             std::string_view(line.address).substr(0, address_bytes_max),
             line.once.empty() ? std::optional<std::string_view>{} : std::optional<std::string_view>{line.once});
  }
  if (!rows.empty()) rows.run();
}

}  // namespace xueji::sql
