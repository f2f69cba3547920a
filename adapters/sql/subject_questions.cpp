// The several students of a request.
#include "adapters/sql/cursor.hpp"
#include "adapters/sql/question.hpp"
#include "adapters/sql/sql_queries.hpp"
#include "adapters/sql/subject_rows.hpp"

namespace xueji::sql {

Page<SubjectRow> SqlQueries::subjects(RequestId id, std::optional<bool> set_aside, const PageRequest& page) {
  const Connections::Reading session(connections_);
  std::string list = "subjects|" + to_string(id);
  Question question("SELECT " + subject_row_columns() + std::string(from_subjects));
  question.where("x.request_id = ?i", id);
  if (set_aside) {
    list += *set_aside ? "|set aside" : "|taking part";
    question.where(*set_aside ? "x.set_aside_at IS NOT NULL" : "x.set_aside_at IS NULL");
  }
  if (page.after) question.where_key_after("x.ordinal", false, read_cursor(list, "i", *page.after)[0]);
  question.add(" ORDER BY x.ordinal LIMIT ?i").value(page.limit + 1);
  std::vector<SubjectRow> found;
  for (auto& [request, row] : read_subject_rows(*session, question.prepare(*session, subject_row_kinds())))
    found.push_back(std::move(row));
  return cut_page(std::move(found), page.limit,
                  [&](const SubjectRow& last) { return make_cursor(list, {last.subject.ordinal}); });
}

}  // namespace xueji::sql
