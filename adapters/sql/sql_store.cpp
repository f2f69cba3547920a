#include "adapters/sql/sql_store.hpp"

#include "adapters/sql/rows.hpp"
#include "adapters/sql/task_rows.hpp"
#include "adapters/sql/twin_rows.hpp"
#include "adapters/sql/write_transaction.hpp"

namespace xueji::sql {

std::unique_ptr<WriteTransaction> SqlStore::begin() { return std::make_unique<SqlWriteTransaction>(connections_); }

std::vector<DueTask> SqlStore::due_tasks(Instant now, std::size_t limit) {
  const Connections::Reading session(connections_);
  auto& rows = session->prepare("SELECT " + std::string(task_key) + ", " + std::string(request_columns) + ", " +
                                    std::string(student_columns) +
                                    " FROM task t CROSS JOIN request r ON r.id = t.request_id "
                                    "CROSS JOIN student s ON s.id = t.student_id "
                                    "WHERE t.timer <= ?i ORDER BY t.timer, t.request_id, t.number LIMIT ?i",
                                std::string(task_key_kinds) + std::string(request_kinds) + std::string(student_kinds));
  std::vector<DueTask> due;
  rows.bind(now, limit).each([&] {
    due.push_back({read_task_id(rows, 0), read_request(rows, 2), read_student(rows, 2 + request_kinds.size())});
  });
  std::vector<Student*> students;
  for (auto& one : due) students.push_back(&one.student);
  attach_numbers(*session, students);
  return due;
}

std::optional<Instant> SqlStore::next_timer() {
  const Connections::Reading session(connections_);
  auto& row = session->prepare("SELECT timer FROM task ORDER BY timer LIMIT 1", "i");
  return row.one() ? instant_or_never(row.integer(0)) : std::nullopt;
}

MarkedTwins SqlStore::marked_twins(std::size_t limit) {
  const Connections::Reading session(connections_);
  return load_marked_twins(*session, limit);
}

void SqlStore::remove_marks(std::span<const std::int64_t> marks) {
  Connections::Writing writing(connections_);
  delete_marks(*writing, marks);
  writing.commit();
}

std::vector<PendingUntil> SqlStore::due_acts(Instant now, std::size_t limit) {
  const Connections::Reading session(connections_);
  auto& rows = session->prepare(
      "SELECT request_id, until_at FROM pending_act WHERE until_at <= ?i OR until_at > ?i ORDER BY until_at LIMIT ?i",
      "ii");
  std::vector<PendingUntil> due;
  rows.bind(now, now + undo_time_max, limit).each([&] {
    due.push_back({RequestId{rows.integer(0)}, instant_of(rows.integer(1))});
  });
  return due;
}

}  // namespace xueji::sql
