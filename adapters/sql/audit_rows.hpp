// Lines of the audit trail, as rows.
#pragma once
#include "adapters/sql/session.hpp"
#include "engine/ports/audit_trail.hpp"

namespace xueji::sql {

/// Within the transaction of what they are about. A line about an account without an office gets that of one of its
/// posts. `post` stands in for the post of a line that names none.
void write_audit(Session& session, const AuditLines& lines, PostId post = {});

}  // namespace xueji::sql
