// POST /students/find: a student anywhere in the nation, for whoever knows the number, the name and the birth date.
#include "engine/authority/token.hpp"
#include "engine/registry/names.hpp"
#include "engine/registry/numbers.hpp"
#include "web/json/body_reader.hpp"
#include "web/server/answers.hpp"
#include "web/server/audit_lines.hpp"
#include "web/server/resources/lookups.hpp"
#include "web/server/resources/resources.hpp"
#include "web/sessions/rate_limiter.hpp"
#include "web/shapes/json_office.hpp"

namespace xueji::web {
namespace {

struct Sought {
  std::string number;  ///< a student number, present or former, or an ID number
  std::string name;
  Date birth_date;
};

std::variant<Sought, Problem> read_sought_student(const HttpRequest& request) {
  auto body = read_body(request);
  if (const auto* problem = std::get_if<Problem>(&body)) return *problem;
  BodyReader reader(std::get<boost::json::object>(body));
  Sought sought{normalise_id_number(reader.required_text("number")), reader.required_text("name"), {}};
  const std::string birth_date = reader.required_text("birthDate");
  if (const auto date = parse_date(birth_date))
    sought.birth_date = *date;
  else if (!birth_date.empty())
    reader.complain("birthDate", {"须为日期，例如 2015-09-01", "Give a date such as 2015-09-01"});
  if (auto complaints = reader.finish(); !complaints.empty()) return invalid(std::move(complaints));
  return sought;
}

/// All three must be the record's; which of them is not is never told.
std::optional<Student> find_in_nation(const Context& context, const Sought& sought, const Rendering& rendering) {
  StudentFilter filter;
  if (kind_of_student_number(sought.number))
    filter.number = sought.number;
  else
    filter.id_number = sought.number;
  const auto offices = rendering.offices->all();
  if (offices.empty()) return std::nullopt;
  const Office* ministry = rendering.offices->at_level(offices.front().id, Level::ministry);
  if (!ministry) return std::nullopt;
  const auto found = context.services.queries.students({{ministry->id}}, filter, {1, std::nullopt});
  if (found.items.empty()) return std::nullopt;
  const Student& student = found.items.front();
  if (search_key(student.name) != search_key(sought.name) || student.birth_date != sought.birth_date)
    return std::nullopt;
  return student;
}

void note_search(Context& context, const Exchange& exchange, const std::optional<Student>& found) {
  AuditLine line = line_about(context, exchange, AuditAction::student_sought, exchange.caller->account);
  line.record = found ? "students/" + to_string(found->id) : "students";
  context.services.audit_trail.add({line});
}

}  // namespace

HttpResponse find_student(Context& context, const Exchange& exchange) {
  const auto read = read_sought_student(exchange.request);
  if (const auto* problem = std::get_if<Problem>(&read)) return answer(exchange, *problem);
  const auto rendering = rendering_for(context, exchange);
  if (queues_of(*exchange.caller, rendering.now).empty())
    return answer(exchange, not_allowed({"您没有岗位，不能查找外校学生",
                                         "Only who holds a post can look for a pupil of another school"}));
  if (const auto wait = context.finds.take(to_string(exchange.caller->account), context.services.steady.now()))
    return answer(exchange, rate_limited(*wait));
  const auto found = find_in_nation(context, std::get<Sought>(read), rendering);
  note_search(context, exchange, found);
  if (!found)
    return answer(exchange, {"not-found",
                             {"没有号码、姓名、出生日期都相符的学生，请核对后再查",
                              "No student has this number, name and birth date together; check them and look again"},
                             {},
                             {},
                             {}});
  const std::string handle = context.services.identity.new_token();
  context.services.student_handles.give(token_hash(handle), exchange.caller->account, found->id, rendering.now);
  JsonWriter json;
  json.begin_object().member("handle", handle).member("name", found->name).key("school");
  write_school(json, found->school, rendering);
  json.member("status", to_string(found->status));
  json.member("openBusiness", static_cast<bool>(found->open_request)).end_object();
  return json_response(200, std::move(json));
}

}  // namespace xueji::web
