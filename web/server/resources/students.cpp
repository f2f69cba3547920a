// GET /students, POST /students/search, and what belongs to one student.
#include "engine/registry/finding.hpp"
#include "engine/registry/numbers.hpp"
#include "web/json/query_reader.hpp"
#include "web/server/answers.hpp"
#include "web/server/audit_lines.hpp"
#include "web/server/resources/lookups.hpp"
#include "web/server/resources/resources.hpp"
#include "web/shapes/json_history.hpp"

namespace xueji::web {

namespace {

/// Members of a search that the list does not take: names and numbers stand in no address.
void read_who(QueryReader& query, StudentFilter& filter) {
  filter.number = query.text("number");
  filter.id_number = query.text("idNumber");
  if (filter.id_number) filter.id_number = normalise_id_number(*filter.id_number);
  if (filter.number) filter.number = normalise_id_number(*filter.number);
  const auto name = query.text("name");
  const auto q = query.text("q");
  if (name && q) query.complain("q", {"name 与 q 只能填一项", "Give either name or q, not both"});
  if (name && !is_blank(*name)) filter.sought = sought_in_names(*name);
  if (q && !is_blank(*q)) filter.sought = sought_in_names_and_numbers(*q);
}

HttpResponse answer_students(Context& context, const Exchange& exchange, QueryReader& query, StudentFilter filter) {
  filter.school = query.id<OfficeId>("school");
  filter.status = query.parsed<StudentStatus>("status", parse_student_status);
  filter.class_name = query.text("class");
  filter.status_until_before = query.parsed<Date>("statusUntilBefore", parse_date);
  const bool counted = query.truth("count").value_or(false);
  const auto page = query.page();
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  const auto rendering = rendering_for(context, exchange).in_list();
  const Scope scope = scope_of(*exchange.caller, rendering.now);
  Queries& queries = context.services.queries;
  const auto found = queries.students(scope, filter, page);
  return list_response(
      found.items, found.next,
      [&](JsonWriter& json, const Student& student) { write_student_row(json, context, exchange, student, rendering); },
      counted_if(counted, [&](std::size_t limit) { return queries.count_students(scope, filter, limit); }));
}

}  // namespace

HttpResponse list_students(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  return answer_students(context, exchange, query, {});
}

HttpResponse search_students(Context& context, const Exchange& exchange) {
  auto query = QueryReader::of_body(exchange.request);
  if (const auto* problem = std::get_if<Problem>(&query)) return answer(exchange, *problem);
  StudentFilter filter;
  read_who(std::get<QueryReader>(query), filter);
  return answer_students(context, exchange, std::get<QueryReader>(query), std::move(filter));
}

HttpResponse show_student(Context& context, const Exchange& exchange) {
  const auto student = visible_student(context, exchange, exchange.path[0]);
  if (!student) return answer(exchange, not_found());
  note_look(context, exchange, "students", to_string(student->id));
  JsonWriter json;
  write_student_row(json, context, exchange, *student, rendering_for(context, exchange));
  HttpResponse response = json_response(200, std::move(json));
  response.headers.emplace_back("ETag", etag(student->version));
  return response;
}

HttpResponse list_student_history(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  const auto page = query.page();
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  const auto student = visible_student(context, exchange, exchange.path[0]);
  if (!student) return answer(exchange, not_found());
  note_look(context, exchange, "students", to_string(student->id));
  const auto rendering = rendering_for(context, exchange);
  const auto found = context.services.queries.student_history(student->id, page);
  return list_response(found.items, found.next, [&](JsonWriter& json, const HistoryRow& row) {
    write_history_entry(json, row, rendering, {.into = merged_into(row.entry, goes_on_of(context, exchange))});
  });
}

HttpResponse list_student_numbers(Context& context, const Exchange& exchange) {
  QueryReader query(exchange.request);
  const auto page = query.page();
  if (const auto fault = query.fault()) return answer(exchange, *fault);
  const auto student = visible_student(context, exchange, exchange.path[0]);
  if (!student) return answer(exchange, not_found());
  const auto rendering = rendering_for(context, exchange);
  note_look(context, exchange, "students", to_string(student->id));
  const auto found = page_of(student->numbers, page);
  return list_response(found.items, found.next,
                       [&](JsonWriter& json, const StudentNumber& number) { write_number(json, number, rendering); });
}

}  // namespace xueji::web
