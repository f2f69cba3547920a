#include "adapters/sql/sql_student_handles.hpp"

#include "adapters/sql/rows.hpp"

namespace xueji::sql {

void SqlStudentHandles::give(const std::string& hash, AccountId account, StudentId student, Instant now) {
  Connections::Writing writing(connections_);
  writing->prepare("DELETE FROM student_handle WHERE until_at <= ?i").bind(now).run();
  writing->prepare("INSERT INTO student_handle (handle_hash, account_id, student_id, until_at) VALUES (?t, ?i, ?i, ?i)")
      .bind(hash, account, student, now + student_handle_lifetime)
      .run();
  writing.commit();
}

std::optional<StudentId> SqlStudentHandles::student(const std::string& hash, AccountId account, Instant now) {
  const Connections::Reading session(connections_);
  auto& row = session->prepare(
      "SELECT student_id FROM student_handle WHERE handle_hash = ?t AND account_id = ?i AND until_at > ?i", "i");
  if (!row.bind(hash, account, now).one()) return std::nullopt;
  return StudentId{row.integer(0)};
}

}  // namespace xueji::sql
