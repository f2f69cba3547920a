// POST /requests: about one student, by an id or a handle, or about several, who are named or chosen by the server.
#include <algorithm>
#include <set>

#include "engine/machine/guard_values.hpp"
#include "web/json/body_reader.hpp"
#include "web/server/resources/commands.hpp"
#include "web/server/resources/lookups.hpp"
#include "web/server/resources/resources.hpp"

namespace xueji::web {
namespace {

const Text nobody_of_that_id{"您管辖范围内没有此学生", "There is no such student within your jurisdiction"};

HttpResponse created(Context& context, const Exchange& exchange, const Committed& committed) {
  return request_response(context, exchange, committed, 201);
}

/// Whom a new request is about, as its body has it.
struct Named {
  std::string student;                              ///< an id or a handle; empty where `subjects` or nobody is named
  std::optional<std::vector<std::string>> several;  ///< ids
  std::vector<FieldValues> each{};                  ///< by their order; empty where nothing is filled in for anybody
};

std::string pointer_to_student(std::size_t position) { return "/subjects/" + std::to_string(position) + "/student"; }

void read_subjects(BodyReader& reader, const SubjectRule& rule, Named& named) {
  std::vector<std::string>& ids = named.several.emplace();
  std::vector<FieldValues> each;
  std::set<std::string> before;
  for (const auto& [object, pointer] : reader.objects("subjects", rule.several() ? rule.at_most : subjects_max)) {
    BodyReader item(*object, pointer);
    ids.push_back(item.required_text("student"));
    if (!ids.back().empty() && !before.insert(ids.back()).second)
      item.complain("student", {"与前面的一名学生相同", "This student stands here twice"});
    if (item.has("fields") && !rule.several())
      item.complain("fields", {"此项业务一次办理一名学生，请填在 fields 中",
                               "This business is about one student: write it under the request's `fields`"});
    each.push_back(item.fields("fields").value_or(FieldValues{}));
    reader.adopt(item.finish());
  }
  if (std::any_of(each.begin(), each.end(), [](const FieldValues& values) { return !values.empty(); }))
    named.each = std::move(each);
  if (!rule.several() && ids.size() > 1)
    reader.complain("subjects", {"此项业务一次办理一名学生", "This business is about one student at a time"});
}

Named read_named(BodyReader& reader, const SubjectRule& rule) {
  Named named;
  const bool by_list = reader.has("subjects");
  if (by_list && reader.has("student"))
    reader.complain("subjects", {"student 与 subjects 只能填一项", "Give either student or subjects, not both"});
  if (by_list) read_subjects(reader, rule, named);
  if (reader.has("student") || (!by_list && !rule.several())) named.student = reader.required_text("student");
  if (reader.has("student") && rule.several() && named.student.empty())
    reader.complain("student", {"请指明学生；由系统选出的，不要写此项",
                                "Name the student, or leave this out and the server chooses"});
  if (by_list && !rule.several() && named.several->size() == 1) {
    named.student = named.several->front();
    named.several.reset();
  }
  return named;
}

/// Whom a handle means is looked up on a thread that may block.
void open_by_handle(Context& context, const ExchangePtr& exchange, const Reply& reply,
                    const std::shared_ptr<Command>& command, const std::string& handle) {
  on_worker(context, exchange, reply, [&context, exchange, reply, command, handle] {
    const auto student = student_of_handle(context, *exchange, handle);
    if (!student) return reply(answer(*exchange, not_found()));
    auto& open = std::get<Open>(command->what);
    open.student = *student;
    open.found = true;
    submit(context, exchange, reply, *command, {}, created);
  });
}

using Students = std::variant<std::vector<StudentId>, Problem>;

Students named_students(const Context& context, const Exchange& exchange, const std::vector<std::string>& ids) {
  std::vector<StudentId> students;
  std::vector<FieldComplaint> complaints;
  for (std::size_t position = 0; position < ids.size(); ++position) {
    if (const auto student = visible_student(context, exchange, ids[position]))
      students.push_back(student->id);
    else
      complaints.push_back({pointer_to_student(position), nobody_of_that_id});
  }
  if (!complaints.empty()) return invalid(std::move(complaints));
  return students;
}

/// The caller's school that may open the business, and the file that it would open.
struct OpeningSchool {
  OfficeId school;
  const Definition* definition = nullptr;
};

std::optional<OpeningSchool> opening_school(const std::string& workflow, const Caller& caller,
                                            const Rendering& rendering) {
  const OfficeTree& offices = *rendering.offices;
  for (const OfficeId office : offices_of(caller, rendering.now)) {
    const auto* entry = rendering.catalog->to_open(workflow, caller, office, offices, rendering.now);
    const auto post = entry ? opening_post(*entry->definition, caller, offices, office, rendering.now) : std::nullopt;
    if (post && post->office == office && caller.post(post->role, office, rendering.now))
      return OpeningSchool{office, entry->definition.get()};
  }
  return std::nullopt;
}

/// All students of the caller's school for whom the business's condition holds, as the form is filled in.
Students chosen_students(const Context& context, const Exchange& exchange, const Open& open) {
  const auto rendering = rendering_for(context, exchange);
  const auto opening = opening_school(open.workflow, *exchange.caller, rendering);
  if (!opening) return not_allowed({"您没有可以发起此项业务的岗位", "You hold no post that may open this business"});
  const SubjectRule& rule = opening->definition->subject;
  if (!rule.where) return invalid({{"/subjects", {"请列出学生", "Name the students"}}});
  std::vector<StudentId> students;
  StudentFilter filter;
  filter.school = opening->school;
  PageRequest page{200, std::nullopt};
  do {
    const auto found = context.services.queries.students({{opening->school}}, filter, page);
    for (const Student& student : found.items)
      if (rule.where->holds(guard_values(*opening->definition, open.fields, {*rendering.offices, student})))
        students.push_back(student.id);
    page.after = found.next;
  } while (page.after && students.size() <= rule.at_most);
  const std::string at_most = std::to_string(rule.at_most);
  if (students.size() > rule.at_most)
    return invalid({{"/subjects",
                     {"符合条件的学生超过 " + at_most + " 名，请分批办理",
                      "More than " + at_most + " students meet the condition: do it in parts"}}});
  if (students.empty())
    return invalid({{"/subjects",
                     {"本校没有符合条件的学生，请核对所填内容",
                      "No student of your school meets the condition: look at what is filled in"}}});
  return students;
}

/// A repeated idempotency key is answered by what it did, whoever could be named or chosen by now: so the command is
/// sent even where nobody can be.
void open_about_several(Context& context, const ExchangePtr& exchange, const Reply& reply,
                        const std::shared_ptr<Command>& command, const Named& named) {
  on_worker(context, exchange, reply, [&context, exchange, reply, command, named] {
    auto& open = std::get<Open>(command->what);
    CommandNote note;
    Students students = not_found();
    if (named.several) {
      students = named_students(context, *exchange, *named.several);
    } else if (named.student.empty()) {
      open.chosen = true;
      students = chosen_students(context, *exchange, open);
    } else if (const auto handled = student_of_handle(context, *exchange, named.student)) {
      open.found = true;
      students = std::vector<StudentId>{*handled};
    } else if (const auto one = visible_student(context, *exchange, named.student)) {
      students = std::vector<StudentId>{one->id};
    }
    if (auto* problem = std::get_if<Problem>(&students)) {
      note.unnamed = std::move(*problem);
    } else {
      open.students = std::move(std::get<std::vector<StudentId>>(students));
      open.student = open.students.front();
    }
    submit(context, exchange, reply, *command, std::move(note), created);
  });
}

/// Of one student alone what is filled in for each is that student's, and may stand with the rest.
void give_to_the_one(const Definition& definition, Open& open) {
  FieldValues own;
  for (const Field& field : definition.fields)
    if (auto value = field.each ? open.fields.extract(field.key) : FieldValues::node_type())
      own.insert(std::move(value));
  if (!own.empty()) open.each.push_back(std::move(own));
}

}  // namespace

void open_request(Context& context, ExchangePtr exchange, Reply reply) {
  auto body = read_body(exchange->request);
  if (const auto* problem = std::get_if<Problem>(&body)) return reply(answer(*exchange, *problem));
  BodyReader reader(std::get<boost::json::object>(body));
  Open open;
  open.workflow = reader.required_text("workflow");
  const auto catalog = context.services.directory.catalog();
  const auto files = catalog->newest_of(open.workflow);
  if (!open.workflow.empty() && files.empty())
    reader.complain("workflow", {"没有此项业务", "There is no such business"});
  if (!files.empty() && files.front()->definition->opened_on)
    return reply(answer(*exchange, not_allowed({"此项业务由系统立案，不由人员发起",
                                                "The system opens this business, and no person does"})));
  const SubjectRule rule = files.empty() ? SubjectRule{} : files.front()->definition->subject;
  const Named named = read_named(reader, rule);
  open.each = named.each;
  open.fields = reader.fields("fields").value_or(FieldValues{});
  if (!files.empty() && !named.student.empty()) give_to_the_one(*files.front()->definition, open);
  open.evidence = reader.evidence("evidence").value_or(std::vector<EvidenceReference>{});
  open.comment = reader.nullable_text("comment").value_or("");
  open.submit = reader.truth("submit").value_or(false);
  if (auto complaints = reader.finish(); !complaints.empty())
    return reply(answer(*exchange, invalid(std::move(complaints))));
  if (named.several && named.several->empty())
    return reply(answer(*exchange, invalid({{"/subjects", {"至少一名学生", "At least one student"}}})));
  Command command = command_of(*exchange);
  command.expected_version.reset();
  const auto id = parse_id<StudentId>(named.student);
  if (id && !rule.several()) {
    open.student = *id;
    command.what = std::move(open);
    return submit(context, std::move(exchange), std::move(reply), std::move(command), {}, created);
  }
  command.what = std::move(open);
  const auto shared = std::make_shared<Command>(std::move(command));
  if (rule.several()) return open_about_several(context, exchange, reply, shared, named);
  open_by_handle(context, exchange, reply, shared, named.student);
}

}  // namespace xueji::web
