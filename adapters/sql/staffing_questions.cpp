// Tasks that nobody at their post can decide, and what is looked at to find them.
#include "adapters/sql/cursor.hpp"
#include "adapters/sql/question.hpp"
#include "adapters/sql/sql_queries.hpp"
#include "adapters/sql/task_rows.hpp"

namespace xueji::sql {
namespace {

const std::string list = "undecidable";

}  // namespace

Page<UndecidableRow> SqlQueries::undecidable(const Scope& scope, const PageRequest& page) {
  const Connections::Reading session(connections_);
  Question question("SELECT " + std::string(task_key) + ", t.undecidable_since, " + std::string(request_columns) +
                    " FROM task t CROSS JOIN request r ON r.id = t.request_id");
  const auto after = page.after ? read_cursor(list, "ii", *page.after) : std::vector<Value>{0LL, 0LL};
  where_task_after(question, "t.undecidable_since", false, after[0], after[1]);
  where_request_in_scope(question, "t.request_id", scope,
                         scope.offices.empty() ? ScopeWay::nothing : ScopeWay::row_by_row);
  question.add(" ORDER BY t.undecidable_since, t.request_id, t.number LIMIT ?i").value(page.limit + 1);
  std::vector<std::pair<long long, UndecidableRow>> found;
  auto& rows = question.prepare(*session, std::string(task_key_kinds) + "i" + std::string(request_kinds));
  rows.each([&] { found.push_back({rows.integer(2), {read_task_id(rows, 0), read_request(rows, 3)}}); });
  auto cut = cut_page(std::move(found), page.limit, [&](const auto& last) {
    return make_cursor(list, {last.first, static_cast<long long>(last.second.id.value)});
  });
  Page<UndecidableRow> answer{{}, std::move(cut.next)};
  for (auto& [since, row] : cut.items) answer.items.push_back(std::move(row));
  return answer;
}

std::size_t SqlQueries::count_undecidable() {
  const Connections::Reading session(connections_);
  auto& row = session->prepare("SELECT COUNT(*) FROM task t WHERE t.undecidable_since > 0", "i");
  return row.one() ? static_cast<std::size_t>(row.integer(0)) : 0;
}

std::vector<Request> SqlQueries::requests_with(const std::vector<RequestId>& ids) {
  const Connections::Reading session(connections_);
  std::vector<Request> requests;
  for (auto& stored : load_requests(*session, ids)) requests.push_back(std::move(stored.request));
  return requests;
}

/// By their tasks: an open request has one of its own, whatever its branches have; so has an ended one that has yet to
/// remind somebody.
std::vector<RequestId> SqlQueries::open_requests(RequestId after, std::size_t limit) {
  const Connections::Reading session(connections_);
  auto& rows = session->prepare(
      "SELECT t.request_id FROM task t CROSS JOIN request r ON r.id = t.request_id WHERE t.request_id > ?i AND "
      "t.branch = 0 AND t.escalated = 0 AND r.outcome = '' ORDER BY t.request_id LIMIT ?i",
      "i");
  std::vector<RequestId> ids;
  rows.bind(after, limit).each([&] { ids.push_back(RequestId{rows.integer(0)}); });
  return ids;
}

}  // namespace xueji::sql
