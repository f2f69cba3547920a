#include "engine/machine/subjects.hpp"

#include <algorithm>
#include <set>

#include "engine/base/named_values.hpp"
#include "engine/base/sha256.hpp"
#include "engine/machine/each_values.hpp"
#include "engine/machine/guard_values.hpp"
#include "engine/machine/permission.hpp"
#include "engine/machine/places.hpp"

namespace xueji {
namespace {

std::string pointer_to(std::size_t position) { return "/subjects/" + std::to_string(position) + "/student"; }

Text holds_another(const Student& student) {
  const std::string number = to_string(student.open_request);
  return {"该生已有未办结的业务（编号 " + number + "）",
          "The student has an open request already (number " + number + ")"};
}

/// Why the student can't take part; nothing where they can.
std::optional<Text> why_not(const Situation& situation, const Request& request, const Student& student) {
  if (student.merged_into) return Text{"该学籍已合并到另一条学籍", "The record was merged into another one"};
  if (student.open_request) return holds_another(student);
  const auto values = opening_guard_values(places_of(request), {situation.offices, student}, {});
  for (const Rule& rule : situation.definition.subject.eligible)
    if (!rule.guard.holds(values)) return rule.otherwise;
  return std::nullopt;
}

/// The fields that `where` reads.
std::vector<const Field*> fields_that_choose(const Definition& definition) {
  std::vector<const Field*> fields;
  if (const auto& where = definition.subject.where)
    for (const std::string& path : where->paths())
      if (const Field* field = definition.field(path)) fields.push_back(field);
  return fields;
}

/// Of students who are named it is asked where something is filled in for it.
bool is_where_asked(const Situation& situation, const Open& what, const FieldValues& fields) {
  if (!situation.definition.subject.where) return false;
  const auto choosing = fields_that_choose(situation.definition);
  return what.chosen ||
         std::any_of(choosing.begin(), choosing.end(), [&](const Field* field) { return fields.contains(field->key); });
}

bool is_at_that_school(const SubjectRecord& record, OfficeId school) {
  return record.student && record.student->school == school;
}

void complain_about_number(const Situation& situation, const std::vector<Subject>& subjects, FormFaults& faults) {
  const std::size_t at_most = situation.definition.subject.at_most;
  if (subjects.empty() && faults.complaints.empty())
    faults.complain("/subjects", {"没有符合条件的学生，请指明学生", "There is no such student; name the students"});
  if (subjects.size() > at_most)
    faults.complain("/subjects", {"一件最多 " + std::to_string(at_most) + " 名学生",
                                  "One request has at most " + std::to_string(at_most) + " students"});
}

/// The first who takes part; null where none does, and then that is a fault.
const Subject* first_of(const std::vector<Subject>& subjects, FormFaults& faults) {
  const auto first =
      std::find_if(subjects.begin(), subjects.end(), [](const Subject& each) { return !each.set_aside; });
  if (first != subjects.end()) return &*first;
  if (!subjects.empty()) {
    const Text& why = subjects.front().set_aside->reason;
    faults.complain("/subjects", {"没有学生可以列入：" + why.zh, "None of the students can take part: " + why.en});
  }
  return nullptr;
}

Refusal cannot_be_set_aside(Text why) {
  Refusal refusal;
  refusal.kind = RefusalKind::not_in_this_state;
  refusal.detail = std::move(why);
  return refusal;
}

void record_applied(Movement& movement, std::vector<RegistryChange> changes, StudentId about) {
  movement.record({}, std::nullopt, "applied");
  HistoryDraft& entry = movement.decision().history.back();
  entry.changes = std::move(changes);
  entry.about = about;
}

/// One entry for each student who takes part, as the end leaves the record; who can't have it is set aside.
void carry_out_on(Movement& movement, const Situation& situation, const State& end, const SubjectRecord& record) {
  if (record.subject.set_aside) return;
  Decision& decision = movement.decision();
  auto made = movement.made_by(end, {*record.student}, record.subject.fields);
  if (auto* one = std::get_if<std::vector<MadeByEnd>>(&made))
    return record_applied(movement, std::move(one->front().changes), record.subject.student);
  const Text& why = std::get<Refusal>(made).detail;
  movement.record({}, std::nullopt, "not_applied", in_two_lines(why));
  decision.subjects.set_aside.push_back(record.subject);
  decision.subjects.set_aside.back().set_aside = SetAside{{}, situation.now, why};
  ++decision.request.several->set_aside;
  decision.history.back().about = record.subject.student;
}

/// It was not refused on arrival, in the same decision.
void carry_out_on_pair(Movement& movement, const Situation& situation, const State& end) {
  auto made = movement.made_by(end, students_of(situation));
  auto& both = std::get<std::vector<MadeByEnd>>(made);
  for (std::size_t at = 0; at < both.size(); ++at)
    record_applied(movement, std::move(both[at].changes), situation.subjects[at].subject.student);
}

}  // namespace

StudentId subject_of(const Request& request, const HistoryDraft& entry) {
  return entry.about ? entry.about : request.student;
}

std::string digest_of_subjects(std::span<const Subject> subjects) {
  NamedValues list("xueji subjects 1");
  for (const Subject& each : subjects) {
    NamedValues one;
    one.add("ordinal", each.ordinal).add("student", each.student.value);
    if (each.set_aside) one.add("set_aside", in_two_lines(each.set_aside->reason));
    list.add("subject", one.text());
  }
  return sha256_hex(list.text());
}

std::vector<Subject> take_subjects(const Situation& situation, const Open& what, Request& request, FormFaults& faults) {
  std::vector<Subject> subjects;
  std::set<StudentId> named;
  const bool asks_where = is_where_asked(situation, what, request.fields);
  for (std::size_t position = 0; position < situation.subjects.size(); ++position) {
    const SubjectRecord& record = situation.subjects[position];
    if (!is_at_that_school(record, request.school)) {
      faults.complain(pointer_to(position), {"本校没有这名学生", "There is no such student at the school"});
      continue;
    }
    if (asks_where && !situation.definition.subject.where->holds(
                          guard_values(situation.definition, request.fields, {situation.offices, *record.student}))) {
      if (!what.chosen)
        faults.complain(pointer_to(position), {"该生与所填的条件不符，请核对；逐个指明学生的，可不填条件",
                                               "What is filled in does not hold of this student; look at it again, or "
                                               "leave it empty where you name the students"});
      continue;
    }
    if (!named.insert(record.student->id).second) {
      faults.complain(pointer_to(position), {"同一名学生列了两次", "The same student stands here twice"});
      continue;
    }
    Subject subject{static_cast<int>(subjects.size()) + 1, record.student->id, std::nullopt, true,
                    take_each_at(situation, what, position, faults)};
    if (auto why = why_not(situation, request, *record.student))
      subject.set_aside = SetAside{{}, situation.now, *std::move(why)};
    subjects.push_back(std::move(subject));
  }
  complain_about_number(situation, subjects, faults);
  const Subject* first = first_of(subjects, faults);
  if (!first) return subjects;
  request.student = first->student;
  const auto aside =
      std::count_if(subjects.begin(), subjects.end(), [](const Subject& each) { return each.set_aside; });
  request.several =
      Several{static_cast<int>(subjects.size()), static_cast<int>(aside), digest_of_subjects(subjects), {}, 0, {}};
  if (situation.definition.has_each()) request.several->values = digest_of_values(subjects);
  return subjects;
}

void keep_what_chose(const Situation& situation, const Request& request, FormFaults& faults) {
  if (!request.several || !situation.request) return;
  const auto value_in = [](const FieldValues& fields, const std::string& key) {
    const auto found = fields.find(key);
    return found == fields.end() ? std::string() : found->second;
  };
  for (const Field* field : fields_that_choose(situation.definition))
    if (value_in(request.fields, field->key) != value_in(situation.request->fields, field->key))
      faults.complain("/fields/" + field->key, {"学生已按此项选定，不能再改；请撤回此件后重新发起",
                                                "The students were chosen by this, so it stays; take the request back "
                                                "and open it anew"});
}

Verdict decide_set_aside(const Situation& situation, const Command& command, const Perform& what) {
  if (auto refusal = refusal_before_all(situation, command)) return *refusal;
  const Caller& caller = *command.caller;
  const bool is_pair = situation.definition.subject.kind == SubjectRule::Kind::pair;
  if (!situation.request->several || situation.subjects.empty() || is_pair) return not_found();
  const Permission permission = permission_to_act(situation, caller, {what.action, what.task, &what});
  if (!permission.granted()) return refusal_of(situation, permission, what.action);
  FormFaults faults;
  check_comment(set_aside_action().comment, what.comment, faults);
  if (auto refusal = refusal_of(faults)) return *refusal;
  Subject subject = situation.subjects.front().subject;
  const Several& several = *situation.request->several;
  if (subject.set_aside) return cannot_be_set_aside({"该生已移出", "The student is set aside already"});
  if (several.count - several.set_aside <= 1)
    return cannot_be_set_aside({"只剩一名学生，不能再移出；如不办理，请退回、不予办理或撤回此件",
                                "Only one student is left, who can't be set aside; return, reject or withdraw the "
                                "request instead"});

  Movement movement(situation, *situation.request, situation.request->version, permission.state);
  subject.set_aside = SetAside{caller.account, situation.now, {what.comment, what.comment}};
  ++movement.request().several->set_aside;
  movement.record(caller.account, permission.as, what.action, what.comment);
  movement.decision().history.back().about = subject.student;
  movement.decision().subjects.set_aside.push_back(std::move(subject));
  if (situation.request->opened_by != caller.account)
    movement.notify({what.action, situation.request->opened_by, std::nullopt});
  return std::move(movement).finish();
}

std::vector<Student> students_of(const Situation& situation) {
  std::vector<Student> students;
  for (const SubjectRecord& record : situation.subjects) students.push_back(*record.student);
  return students;
}

std::optional<Slice> next_slice(const Several& several) {
  if (several.applied) return Slice{*several.applied + 1, *several.applied + slice_of_subjects};
  return several.count <= carried_out_at_once ? std::optional(Slice{1, several.count}) : std::nullopt;
}

bool carry_out_slice(Movement& movement, const Situation& situation) {
  const State& end = *situation.definition.state(movement.at());
  if (situation.definition.subject.kind == SubjectRule::Kind::pair)
    carry_out_on_pair(movement, situation, end);
  else
    for (const SubjectRecord& record : situation.subjects) carry_out_on(movement, situation, end, record);
  Request& request = movement.request();
  Several& several = *request.several;
  several.applied = situation.subjects.back().subject.ordinal;
  if (several.applied < several.count) {
    movement.token().timer = situation.now;
    return false;
  }
  several.applied.reset();
  request.outcome = end.outcome;
  request.token.holder = {};
  request.token.timer.reset();
  movement.decision().subjects.releases_all = true;
  movement.record({}, std::nullopt, "finished");
  return true;
}

Verdict decide_slice(const Situation& situation) {
  const Request& before = *situation.request;
  if (!before.several || !before.several->applied || situation.subjects.empty()) return Nothing{};
  Movement movement(situation, before, before.version, before.token.state);
  if (carry_out_slice(movement, situation))
    movement.inform(std::string(to_string(*movement.request().outcome)), AccountId{});
  return std::move(movement).finish();
}

}  // namespace xueji
