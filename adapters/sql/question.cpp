#include "adapters/sql/question.hpp"

namespace xueji::sql {
namespace {

std::vector<OfficeId> bounded(const Scope& scope) {
  auto offices = scope.offices;
  if (offices.size() > list_max) offices.resize(list_max);
  return offices;
}

const std::string below = "SELECT c.descendant_id FROM office_closure c WHERE c.ancestor_id IN ";

/// Of request `p`: its student is called as when the part `past` ended, and.
const std::string called_as_then =
    "NOT EXISTS (SELECT 1 FROM student_change n WHERE n.student_id = p.student_id AND n.member = 'name' AND "
    "n.recorded_at > past.until_at) AND ";
const std::string told_by_then =
    "(SELECT h.recorded_at FROM history h WHERE h.id = n.history_id) <= past.until_at AND ";

std::string condition_of(Parts parts) {
  switch (parts) {
    case Parts::called_as_then:
      return called_as_then;
    case Parts::told_by_then:
      return told_by_then;
    case Parts::left_out:
    case Parts::taken_in:
      break;
  }
  return "";
}

}  // namespace

Question& Question::offices(const std::vector<OfficeId>& offices) {
  sql_ += parameter_list(offices.size());
  for (std::size_t at = 0; at < padded(offices.size()); ++at) value(offices[std::min(at, offices.size() - 1)]);
  return *this;
}

std::size_t count_up_to(Session& session, Question question, std::size_t limit) {
  question.wrap("SELECT COUNT(*) FROM (", " LIMIT ?i) few").value(limit);
  auto& row = question.prepare(session, "i");
  row.one();
  return static_cast<std::size_t>(row.integer(0));
}

ScopeWay scope_way(Session& session, const Scope& scope, std::size_t few) {
  if (scope.offices.empty()) return ScopeWay::nothing;
  Question question("SELECT 1 FROM office_closure WHERE ancestor_id IN ");
  question.offices(bounded(scope));
  return count_up_to(session, std::move(question), few + 1) <= few ? ScopeWay::from_schools : ScopeWay::row_by_row;
}

void where_request_in_scope(Question& question, const std::string& column, const Scope& scope, ScopeWay way) {
  where_request_in_sight(question, column, scope, way, Parts::left_out);
}

Parts parts_within(Session& session, const Scope& scope, ScopeWay way, Parts wanted) {
  if (way == ScopeWay::nothing || wanted == Parts::left_out) return Parts::left_out;
  Question question("SELECT 1 FROM request_past_place past");
  where_in_scope(question, "past.office_id", scope, way);
  return count_up_to(session, std::move(question), 1) > 0 ? wanted : Parts::left_out;
}

void where_request_in_sight(Question& question, const std::string& column, const Scope& scope, ScopeWay way,
                            Parts parts) {
  const bool in_part = parts != Parts::left_out;
  const std::string as_then = condition_of(parts);
  switch (way) {
    case ScopeWay::nothing:
      question.where("1 = 0");
      return;
    case ScopeWay::from_schools:
      question
          .where(column + (in_part ? " IN (SELECT seen.id FROM (" : " IN (") + "SELECT place.request_id" +
                 (in_part ? " AS id" : "") + " FROM request_place place WHERE place.office_id IN (" + below)
          .offices(bounded(scope))
          .add(")");
      if (in_part)
        question
            .add(
                " UNION SELECT past.request_id FROM request_past_place past CROSS JOIN request p ON p.id = "
                "past.request_id WHERE " +
                as_then + "past.office_id IN (" + below)
            .offices(bounded(scope))
            .add(")) seen");
      question.add(")");
      return;
    case ScopeWay::row_by_row:
      question
          .where((in_part ? "(" : "") +
                 ("EXISTS (SELECT 1 FROM request_place place CROSS JOIN office_closure c ON c.descendant_id = "
                  "place.office_id WHERE place.request_id = " +
                  column + " AND c.ancestor_id IN "))
          .offices(bounded(scope))
          .add(")");
      if (in_part)
        question
            .add(
                " OR EXISTS (SELECT 1 FROM request_past_place past CROSS JOIN request p ON p.id = past.request_id "
                "CROSS JOIN office_closure c ON c.descendant_id = past.office_id WHERE past.request_id = " +
                column + " AND " + as_then + "c.ancestor_id IN ")
            .offices(bounded(scope))
            .add("))");
      return;
  }
}

void where_in_scope(Question& question, const std::string& column, const Scope& scope, ScopeWay way) {
  switch (way) {
    case ScopeWay::nothing:
      question.where("1 = 0");
      return;
    case ScopeWay::from_schools:
      question.where(column + " IN (SELECT c.descendant_id FROM office_closure c WHERE c.ancestor_id IN ")
          .offices(bounded(scope))
          .add(")");
      return;
    case ScopeWay::row_by_row:
      question
          .where("EXISTS (SELECT 1 FROM office_closure c WHERE c.descendant_id = " + column + " AND c.ancestor_id IN ")
          .offices(bounded(scope))
          .add(")");
      return;
  }
}

}  // namespace xueji::sql
