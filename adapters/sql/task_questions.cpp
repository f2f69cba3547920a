#include <algorithm>

#include "adapters/sql/cursor.hpp"
#include "adapters/sql/finding_questions.hpp"
#include "adapters/sql/pending_rows.hpp"
#include "adapters/sql/question.hpp"
#include "adapters/sql/request_document.hpp"
#include "adapters/sql/sql_queries.hpp"
#include "adapters/sql/task_rows.hpp"

namespace xueji::sql {
namespace {

const std::string task_columns =
    std::string(task_key) +
    ", t.queue, t.state, t.since, t.due, t.claimed_by, t.definition_id, t.student_id, t.school_id, "
    "r.version, r.subject_count, " +
    name_then + ", CASE WHEN INSTR(r.document, '\"suspect\"') > 0 THEN r.document END";
constexpr std::string_view task_kinds = "iiitiiiiiiiitt";
const std::string join_subjects =
    " CROSS JOIN request r ON r.id = t.request_id CROSS JOIN student s ON s.id = t.student_id";
const std::string join_sought = join_subjects + std::string(join_key_list);

TaskRow read_task(const Statement& row) {
  TaskRow found;
  found.task.id = read_task_id(row, 0);
  found.task.request = request_of(found.task.id);
  found.task.holder = holder_of(row.integer(2));
  found.task.state = row.text(3);
  found.task.since = instant_of(row.integer(4));
  found.task.due = instant_or_never(row.integer(5));
  found.task.claimed_by = AccountId{row.integer(6)};
  found.definition = DefinitionId{row.integer(7)};
  found.student = StudentId{row.integer(8)};
  found.school = OfficeId{row.integer(9)};
  found.request_version = row.integer(10);
  found.subjects = static_cast<int>(row.integer(11));
  found.student_name = row.text(12);
  if (!row.null(13)) found.suspect = suspect_findings(row.text(13));
  return found;
}

void add_conditions(Question& question, const TaskFilter& filter, const Holder& queue) {
  question.where("t.queue = ?i", queue_of(queue));
  if (filter.workflow)
    question.where("t.definition_id IN (SELECT d.id FROM definition d WHERE d.definition_key = ?t)",
                   std::string_view{*filter.workflow});
  if (filter.state) question.where("t.state = ?t", std::string_view{*filter.state});
  if (filter.overdue_at) question.where("t.due < ?i", *filter.overdue_at);
  if (filter.sought)
    where_found_in_sight(question, *filter.sought, [&](Question& own) {
      where_in_scope(own, "s.school_id", {{queue.office}}, ScopeWay::row_by_row);
    });
}

long long order_of(const TaskRow& row, TaskSort sort) {
  return sort == TaskSort::since ? micros(row.task.since) : micros_or_never(row.task.due);
}

std::string name_of_list(const TaskFilter& filter) {
  std::string name = filter.sort == TaskSort::since ? "tasks by since" : "tasks by due";
  if (filter.descending) name += " descending";
  for (const auto& queue : filter.queues) name += '|' + to_string(queue.office) + std::string(to_string(queue.role));
  if (filter.sought)
    for (const auto& prefix : *filter.sought) name += '|' + prefix;
  return name + '|' + filter.workflow.value_or("") + '|' + filter.state.value_or("") +
         (filter.overdue_at ? "|overdue" : "");
}

std::vector<Holder> distinct(std::vector<Holder> queues) {
  std::sort(queues.begin(), queues.end());
  queues.erase(std::unique(queues.begin(), queues.end()), queues.end());
  return queues;
}

}  // namespace

/// Each queue is read from its own index, at most one page of it, and the pages are merged.
Page<TaskRow> SqlQueries::tasks(const TaskFilter& filter, const PageRequest& page) {
  const Connections::Reading session(connections_);
  const std::string list = name_of_list(filter);
  const std::string column = filter.sort == TaskSort::since ? "t.since" : "t.due";
  const std::string direction = filter.descending ? " DESC" : "";

  std::vector<TaskRow> found;
  std::set<AccountId> claimers;
  const auto after = page.after ? read_cursor(list, "ii", *page.after) : std::vector<Value>{};
  for (const auto& queue : distinct(filter.queues)) {
    // The page is found within the queue's index first, then only its rows are read.
    Question question("SELECT " + task_columns + " FROM (SELECT " + std::string(task_key) + " FROM task t" +
                      (filter.sought ? join_sought : ""));
    add_conditions(question, filter, queue);
    if (!after.empty()) where_task_after(question, column, filter.descending, after[0], after[1]);
    question
        .add(" ORDER BY " + column + direction + ", t.request_id" + direction + ", t.number" + direction +
             " LIMIT ?i) p CROSS JOIN task t ON t.request_id = p.request_id AND t.number = p.number" + join_subjects)
        .value(page.limit + 1);
    auto& rows = question.prepare(*session, task_kinds);
    rows.each([&] {
      found.push_back(read_task(rows));
      claimers.insert(found.back().task.claimed_by);
    });
  }
  std::sort(found.begin(), found.end(), [&](const TaskRow& left, const TaskRow& right) {
    const auto a = std::pair(order_of(left, filter.sort), left.task.id.value);
    const auto b = std::pair(order_of(right, filter.sort), right.task.id.value);
    return filter.descending ? b < a : a < b;
  });
  const auto people = load_people(*session, claimers);
  std::vector<RequestId> requests;
  for (const auto& row : found) requests.push_back(row.task.request);
  const auto pending = load_pending_rows(*session, requests);
  for (auto& row : found) {
    if (const auto act = pending.find(row.task.request); act != pending.end()) row.pending = act->second;
    if (const auto claimer = people.find(row.task.claimed_by); claimer != people.end()) {
      row.claimed_by_username = claimer->second.username;
      row.claimed_by_name = claimer->second.name;
    }
  }
  return cut_page(std::move(found), page.limit, [&](const TaskRow& last) {
    return make_cursor(list, {order_of(last, filter.sort), static_cast<long long>(last.task.id.value)});
  });
}

std::size_t SqlQueries::count_tasks(const TaskFilter& filter, std::size_t limit) {
  const Connections::Reading session(connections_);
  std::size_t count = 0;
  for (const auto& queue : distinct(filter.queues)) {
    if (count >= limit) break;
    Question question("SELECT 1 FROM task t" + (filter.sought ? join_sought : ""));
    add_conditions(question, filter, queue);
    count += count_up_to(*session, std::move(question), limit - count);
  }
  return count;
}

std::vector<StateWaiting> SqlQueries::waiting(const Scope& scope, Instant now) {
  const Connections::Reading session(connections_);
  Question question(
      "SELECT t.definition_id, t.state, COUNT(*), COUNT(CASE WHEN t.due < ?i THEN 1 END), "
      "CAST(ROUND(AVG(?i - t.since)) AS INTEGER), ?i - MIN(t.since) FROM task t");
  question.value(now).value(now).value(now);
  // Without escalations, which are the same task in a second queue.
  question.where("t.escalated = 0");
  const bool nothing = scope_way(*session, scope) == ScopeWay::nothing;
  where_request_in_scope(question, "t.request_id", scope, nothing ? ScopeWay::nothing : ScopeWay::row_by_row);
  question.add(" GROUP BY t.definition_id, t.state ORDER BY t.definition_id, t.state");
  const auto seconds = [](long long micros) {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::microseconds{micros});
  };
  std::vector<StateWaiting> waiting;
  auto& rows = question.prepare(*session, "itiiii");
  rows.each([&] {
    waiting.push_back({DefinitionId{rows.integer(0)}, rows.text(1), rows.integer(2), rows.integer(3),
                       seconds(rows.integer(4)), seconds(rows.integer(5))});
  });
  return waiting;
}

}  // namespace xueji::sql
