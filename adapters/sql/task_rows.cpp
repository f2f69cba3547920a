#include "adapters/sql/task_rows.hpp"

namespace xueji::sql {
namespace {

constexpr std::int64_t older_places = 8;

/// Of the request's own token at 0, of its branches from 1 on.
std::int64_t older_number(std::int64_t place) { return place + 1; }
/// Of those to whom that one was escalated.
std::int64_t older_escalated_number(std::int64_t place) { return older_number(older_places - 1 - place); }

}  // namespace

TaskId read_task_id(const Statement& row, std::size_t first) {
  return task_id(RequestId{row.integer(first)}, row.integer(first + 1));
}

void where_task_after(Question& question, const std::string& column, bool descending, const Value& order,
                      const Value& task) {
  const std::string beyond = descending ? " < ?i" : " > ?i";
  const TaskId last{std::get<long long>(task)};
  const RequestId request = request_of(last);
  question.where(column + (descending ? " <= ?i" : " >= ?i") + " AND (" + column + beyond + " OR t.request_id" +
                     beyond + " OR (t.request_id = ?i AND t.number" + beyond + "))",
                 order, order, request, request, static_cast<long long>(number_of(last)));
}

TaskId task_in_document(RequestId request, std::int64_t id) {
  const TaskId task{id};
  if (!task || request_of(task) == request) return task;
  return task_id(request, older_number(id - request.value * older_places));
}

void number_older_tasks(Request& request) {
  const auto number = [](Token& token, std::int64_t place) {
    token.number = older_number(place);
    if (token.escalated_to) token.escalated_number = older_escalated_number(place);
  };
  number(request.token, 0);
  std::int64_t place = 0;
  for (Token& branch : request.branches)
    if (++place; !has_ended(branch)) number(branch, place);
  request.tasks_given = older_places;
}

}  // namespace xueji::sql
