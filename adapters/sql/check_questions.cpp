// Jobs of the machine are tasks of its queue. A job's timer is the moment of its last move (never asked) or a later one
// (the next attempt).
#include "adapters/sql/cursor.hpp"
#include "adapters/sql/question.hpp"
#include "adapters/sql/sql_queries.hpp"
#include "adapters/sql/task_rows.hpp"

namespace xueji::sql {
namespace {

void add_conditions(Question& question, const Scope& scope, const CheckFilter& filter) {
  question.where("t.queue = ?i", queue_of(filter.queue));
  if (filter.asked) question.where(*filter.asked ? "t.timer > t.since" : "t.timer <= t.since");
  where_request_in_scope(question, "t.request_id", scope,
                         scope.offices.empty() ? ScopeWay::nothing : ScopeWay::row_by_row);
}

std::string name_of_list(const CheckFilter& filter) {
  std::string name = "checks|" + std::to_string(queue_of(filter.queue));
  if (filter.asked) name += *filter.asked ? "|asked" : "|not asked";
  return name;
}

}  // namespace

Page<CheckRow> SqlQueries::checks(const Scope& scope, const CheckFilter& filter, const PageRequest& page) {
  const Connections::Reading session(connections_);
  const std::string list = name_of_list(filter);
  Question question("SELECT " + std::string(task_key) + ", " + std::string(request_columns) +
                    ", s.name FROM task t CROSS JOIN request r ON r.id = t.request_id "
                    "CROSS JOIN student s ON s.id = t.student_id");
  add_conditions(question, scope, filter);
  if (page.after) {
    const auto after = read_cursor(list, "ii", *page.after);
    where_task_after(question, "t.since", false, after[0], after[1]);
  }
  question.add(" ORDER BY t.since, t.request_id, t.number LIMIT ?i").value(page.limit + 1);
  std::vector<CheckRow> found;
  auto& rows = question.prepare(*session, std::string(task_key_kinds) + std::string(request_kinds) + "t");
  rows.each(
      [&] { found.push_back({read_task_id(rows, 0), read_request(rows, 2), rows.text(2 + request_kinds.size())}); });
  return cut_page(std::move(found), page.limit, [&](const CheckRow& last) {
    return make_cursor(list, {micros(last.request.token.since), static_cast<long long>(last.id.value)});
  });
}

std::size_t SqlQueries::count_checks(const Scope& scope, const CheckFilter& filter, std::size_t limit) {
  const Connections::Reading session(connections_);
  Question question("SELECT 1 FROM task t");
  add_conditions(question, scope, filter);
  return count_up_to(*session, std::move(question), limit);
}

}  // namespace xueji::sql
