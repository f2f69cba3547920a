#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/definition/rows.hpp"
#include "engine/machine/decide.hpp"
#include "engine/registry/check_names.hpp"
#include "engine/registry/numbers.hpp"
#include "engine/scenario/scenario_words.hpp"

namespace xueji {
namespace {

struct Reading {
  const Definition& definition;
  Scenario& scenario;
  FaultList& faults;
};

constexpr std::size_t text_max = 10'000;

std::map<std::string, std::string> read_values(const YamlNode& node, std::string_view name, FaultList& faults) {
  std::map<std::string, std::string> values;
  if (!node.is_map()) {
    faults.add(node.position, fmt::format("`{}` must be a map of values", name), "write it as {key: value}");
    return values;
  }
  for (const YamlEntry& entry : node.entries) values[entry.key.text] = entry.value.text;
  return values;
}

/// As read_values(), of rows as `findings: [{kind: untaught, note: 音乐课}, {…}]`.
std::map<std::string, std::string> read_fields(const YamlNode& node, FaultList& faults) {
  auto values = read_values(node, "fields", faults);
  for (const YamlEntry& entry : node.entries) {
    if (!entry.value.is_list()) continue;
    GuardRows rows;
    for (const YamlNode& row : entry.value.items) rows.push_back(read_values(row, entry.key.text, faults));
    values[entry.key.text] = text_of_rows(rows);
  }
  return values;
}

std::vector<std::string> read_people_list(const YamlNode& node, Reading& reading) {
  std::vector<std::string> people;
  if (!node.is_list()) {
    reading.faults.add(node.position, "the people must be a list", "write [registrar], or [] for nobody");
    return people;
  }
  for (const YamlNode& item : node.items)
    people.push_back(item.text == "system" ? item.text : read_person(item, reading.scenario, reading.faults));
  return people;
}

void read_numbers(const YamlNode& node, Student& student, Reading& reading) {
  for (const YamlNode& item : read_list(node, "numbers", reading.faults)) {
    if (const auto complaint = check_student_number(item.text))
      reading.faults.add(item.position, fmt::format("`{}` is no student number", item.text), complaint->en);
    else
      student.numbers.push_back({item.text, *kind_of_student_number(item.text), NumberState::current, {}});
  }
}

/// Sex and birth date follow where the story does not say them: said otherwise, the record's data are wrong.
void read_id_number(const YamlNode& node, Student& student, Reading& reading, Date today) {
  if (const auto complaint = check_id_number(node.text, today)) {
    reading.faults.add(node.position, fmt::format("`{}` is no ID number", node.text), complaint->en);
    return;
  }
  student.id_number = node.text;
  student.sex = sex_of_id_number(node.text);
  student.birth_date = birth_date_of_id_number(node.text);
}

void read_student(const YamlNode& node, Student& student, Reading& reading) {
  MapReader map{node, "the student", reading.faults};
  const Date any_later_day{std::chrono::year(2100), std::chrono::January, std::chrono::day(1)};
  if (const auto* name = map.need("name", "add `name: 张三`")) student.name = name->text;
  if (const auto* id_number = map.take("id_number")) read_id_number(*id_number, student, reading, any_later_day);
  if (const auto* born = map.take("birth_date")) {
    if (const auto date = parse_date(born->text))
      student.birth_date = *date;
    else
      reading.faults.add(born->position, fmt::format("`{}` is no date", born->text), "write one like 2015-03-01");
  }
  if (const auto* sex = map.take("sex")) {
    if (const auto parsed = parse_sex(sex->text))
      student.sex = *parsed;
    else
      reading.faults.add(sex->position, fmt::format("`{}` is no sex", sex->text), "write male or female");
  }
  if (const auto* numbers = map.take("numbers")) read_numbers(*numbers, student, reading);
  if (const auto* grade = map.take("grade")) student.grade = grade->text;
  if (const auto* class_name = map.take("class")) student.class_name = class_name->text;
  if (const auto* status = map.take("status")) {
    if (const auto parsed = parse_student_status(status->text))
      student.status = *parsed;
    else
      reading.faults.add(status->position, fmt::format("there is no status `{}`", status->text),
                         "write one like in_school or suspended");
  }
  if (const auto* until = map.take("status_until")) {
    student.status_until = parse_date(until->text);
    if (!student.status_until || student.status != StudentStatus::suspended)
      reading.faults.add(until->position, fmt::format("the status cannot last until `{}`", until->text),
                         "write a date like 2027-08-31, of a suspended student");
  }
  map.finish();
}

void read_students(const YamlNode& node, Reading& reading) {
  std::vector<Student> students;
  for (const YamlNode& item : read_list(node, "students", reading.faults))
    read_student(item, students.emplace_back(), reading);
  if (students.empty()) return;
  reading.scenario.student = students.front();
  reading.scenario.other_students.assign(students.begin() + 1, students.end());
}

void read_people(const YamlNode& node, Reading& reading) {
  for (const YamlEntry& entry : read_entries(node, "people", reading.faults)) {
    std::vector<PersonWord> posts;
    for (const YamlNode& item : read_list(entry.value, entry.key.text, reading.faults)) {
      if (const auto post = parse_person(item.text); post && post->which != Which::second)
        posts.push_back(*post);
      else
        reading.faults.add(item.position, fmt::format("`{}` is no post", item.text),
                           "write `county reviewer`, `head` or the like");
    }
    reading.scenario.people[entry.key.text] = posts;
  }
}

void read_given(const YamlNode& node, Reading& reading) {
  MapReader map{node, "`given`", reading.faults};
  if (const auto* school = map.need("school", "add `school: SCHOOL under COUNTY under PROVINCE`"))
    reading.scenario.offices = read_school(*school, reading.scenario.school, reading.faults);
  if (const auto* other = map.take("other_school"))
    reading.scenario.other_offices = read_school(*other, reading.scenario.other_school, reading.faults);
  if (reading.definition.subject.several()) {
    if (const auto* students = map.need("students", "add `students: [{name: 张三}, {name: 李四}]`"))
      read_students(*students, reading);
  } else if (const auto* student = map.need("student", "add `student: {name: 张三, status: in_school}`")) {
    read_student(*student, reading.scenario.student, reading);
    if (const auto* other = map.take("other_business"))
      reading.scenario.other_business = read_boolean(*other, "other_business", reading.faults).value_or(false);
  }
  if (const auto* people = map.take("people")) read_people(*people, reading);
  map.finish();
}

Expectation read_expectation(const YamlNode& node, Reading& reading) {
  Expectation expectation;
  expectation.position = node.position;
  MapReader map{node, "`expect`", reading.faults};
  if (const auto* state = map.take("state"))
    expectation.state = read_state(*state, "state", reading.definition, reading.faults);
  if (const auto* branches = map.take("branches")) {
    expectation.branches.emplace();
    for (const YamlNode& item : read_list(*branches, "branches", reading.faults)) {
      const bool ended = item.text == join_word || item.text == stop_word;
      expectation.branches->push_back(ended ? item.text
                                            : read_state(item, "branches", reading.definition, reading.faults));
    }
  }
  if (const auto* informed = map.take("informed")) expectation.informed = read_people_list(*informed, reading);
  if (const auto* holders = map.take("holders")) expectation.holders = read_people_list(*holders, reading);
  if (const auto* claimed = map.take("claimed_by"))
    expectation.claimed_by =
        claimed->text == "nobody" ? claimed->text : read_person(*claimed, reading.scenario, reading.faults);
  map.finish();
  return expectation;
}

constexpr std::string_view pair_word = "pair";

std::string read_deed(const YamlNode& node, Reading& reading) {
  const auto does = read_text(node, "does", reading.faults);
  if (!does) return {};
  std::vector<std::string_view> deeds{"open", "edit", "claim", "release", "comment", "reassign"};
  if (reading.definition.subject.kind == SubjectRule::Kind::batch) deeds.push_back(set_aside_action().key);
  for (const State& state : reading.definition.states)
    for (const Action& action : state.actions) deeds.push_back(action.key);
  if (std::find(deeds.begin(), deeds.end(), *does) == deeds.end())
    reading.faults.add(node.position, fmt::format("nobody can `{}` here", *does), suggest(*does, deeds));
  return *does;
}

/// What is done by Perform can be done to several at once.
void read_in_bulk(const YamlNode& node, ScenarioStep& step, FaultList& faults) {
  step.in_bulk = read_boolean(node, "in_bulk", faults).value_or(false);
  static constexpr std::array<std::string_view, 5> alone{"open", "edit", "claim", "release", "reassign"};
  if (!step.opened_from.empty() || std::find(alone.begin(), alone.end(), step.does) != alone.end())
    faults.add(node.position, "only actions are done in bulk", "leave out `in_bulk`");
}

/// `each: {new_class: {张三: 5班, 李四: 6班}}`, by the names of the story's students.
void read_each(const YamlNode& node, Reading& reading, ScenarioStep& step) {
  const Scenario& scenario = reading.scenario;
  std::vector<std::string_view> names{scenario.student.name};
  for (const Student& student : scenario.other_students) names.push_back(student.name);
  for (const YamlEntry& field : read_entries(node, "each", reading.faults))
    for (const YamlEntry& value : read_entries(field.value, field.key.text, reading.faults)) {
      if (std::find(names.begin(), names.end(), value.key.text) == names.end())
        reading.faults.add(value.key.position, fmt::format("no student of the story is called `{}`", value.key.text),
                           suggest(value.key.text, names));
      step.each[value.key.text][field.key.text] = value.value.text;
    }
}

void read_person_step(MapReader& map, Reading& reading, ScenarioStep& step) {
  auto& faults = reading.faults;
  if (const auto* from = map.take("opened_from"))
    step.opened_from = read_text(*from, "opened_from", faults).value_or("");
  else if (const auto* does = map.need("does", "say what the person does, like `does: approve`"))
    step.does = read_deed(*does, reading);
  if (const auto* submit = map.take("submit")) step.submit = read_boolean(*submit, "submit", faults).value_or(false);
  if (const auto* in_bulk = map.take("in_bulk")) read_in_bulk(*in_bulk, step, faults);
  if (const auto* fields = map.take("fields")) step.fields = read_fields(*fields, faults);
  if (const auto* each = map.take("each")) read_each(*each, reading, step);
  if (const auto* comment = map.take("comment"))
    step.comment = read_text(*comment, "comment", faults, text_max).value_or("");
  if (const auto* refused = map.take("refused")) step.refused = read_refusal(*refused, faults);
  if (const auto* to = map.take("to")) {
    if (step.does == "reassign")
      step.to = read_person(*to, reading.scenario, faults);
    else
      step.to = read_state(*to, "to", reading.definition, faults);
  }
  if (const auto* state = map.take("state")) step.state = read_state(*state, "state", reading.definition, faults);
  if (const auto* subject = map.take("subject"))
    step.subject = static_cast<int>(
        read_whole_number(*subject, "subject", faults, 1, static_cast<std::int64_t>(subjects_max)).value_or(0));
  if (const auto* evidence = map.take("evidence")) {
    step.evidence.emplace();
    for (const YamlEntry& entry : evidence->entries)
      (*step.evidence)[entry.key.text] =
          static_cast<std::size_t>(read_whole_number(entry.value, entry.key.text, faults, 0, 100).value_or(0));
  }
}

void read_check_step(const YamlNode& check, MapReader& map, Reading& reading, ScenarioStep& step) {
  if (std::find(check_names.begin(), check_names.end(), check.text) == check_names.end())
    reading.faults.add(check.position, fmt::format("there is no check `{}`", check.text),
                       suggest(check.text, {check_names.begin(), check_names.end()}));
  step.check = check.text;
  const auto* answers = map.need("answers", "say what it answers: clear, suspect or unavailable");
  if (!answers) return;
  step.answers = parse_check_outcome(answers->text);
  if (!step.answers)
    reading.faults.add(answers->position, fmt::format("a check cannot answer `{}`", answers->text),
                       "write clear, suspect or unavailable");
}

/// `record: {status: in_school}`
void read_record_step(const YamlNode& node, Reading& reading, ScenarioStep& step) {
  if (reading.definition.subject.several())
    reading.faults.add(node.position, "there are several records here, and this changes one",
                       "leave it to stories about one student");
  step.record = read_values(node, "record", reading.faults);
  for (const YamlEntry& entry : node.entries) {
    const Member* member = student_member(entry.key.text);
    if (!member) {
      std::vector<std::string_view> names;
      for (const Member& each : student_members()) names.push_back(each.name);
      reading.faults.add(entry.key.position, fmt::format("a record has no `{}`", entry.key.text),
                         suggest(entry.key.text, names));
      continue;
    }
    try {
      Student any;
      member->set(any, entry.value.text);
    } catch (const std::logic_error&) {
      reading.faults.add(entry.value.position, fmt::format("`{}` cannot be `{}`", entry.key.text, entry.value.text),
                         "write a value that the record can have");
    }
  }
}

constexpr std::string_view refused_word = "refused";

/// `{request: completed, retires: NUMBER}`, or `{request: refused}` where the other one could not be opened.
void read_request_step(const YamlNode& node, MapReader& map, Reading& reading, ScenarioStep& step) {
  step.ends_wait = true;
  step.other_outcome = parse_outcome(node.text);
  if (!step.other_outcome && node.text != refused_word)
    reading.faults.add(node.position, fmt::format("another request cannot end `{}`", node.text),
                       "write completed, rejected, withdrawn, cancelled or expired, or refused where it could not be "
                       "opened");
  if (const auto* retires = map.take("retires"))
    step.retires = read_text(*retires, "retires", reading.faults).value_or("");
}

ScenarioStep read_step(const YamlNode& node, Reading& reading) {
  ScenarioStep step;
  step.position = node.position;
  MapReader map{node, "a step", reading.faults};
  if (!map.usable()) return step;
  const auto* at = map.take("at");
  if (at) step.at = read_moment(*at, reading.faults);
  if (const auto* who = map.take("who")) {
    step.who = read_person(*who, reading.scenario, reading.faults);
    read_person_step(map, reading, step);
  } else if (const auto* check = map.take("check")) {
    read_check_step(*check, map, reading, step);
  } else if (const auto* request = map.take("request")) {
    read_request_step(*request, map, reading, step);
  } else if (const auto* found = map.take("found")) {
    step.finds_pair = true;
    if (found->text != pair_word || reading.definition.subject.kind != SubjectRule::Kind::pair)
      reading.faults.add(found->position, fmt::format("the machine finds no `{}` here", found->text),
                         "write `found: pair`, of a definition with `subject: {students: 2}`");
  } else if (const auto* record = map.take("record")) {
    read_record_step(*record, reading, step);
  } else if (!at) {
    reading.faults.add(node.position, "a step needs `who`, `check`, `request`, `found`, `record` or `at`",
                       "say who does it, which check answers, how another request ends, what the machine finds, what "
                       "becomes of the record, or how long it waits");
  }
  if (const auto* expect = map.take("expect")) step.expect = read_expectation(*expect, reading);
  map.finish();
  return step;
}

std::vector<RegistryChange> read_history(const YamlNode& node, FaultList& faults) {
  std::vector<RegistryChange> history;
  for (const YamlNode& item : node.items) {
    MapReader map{item, "a change", faults};
    const auto* field = map.need("field", "name the member, like `field: name`");
    const auto* old_value = map.need("old", "add the value before, `old: …`");
    const auto* new_value = map.need("new", "add the value after, `new: …`");
    map.finish();
    if (field && old_value && new_value)
      history.push_back(change_of_texts(field->text, old_value->text, new_value->text));
  }
  return history;
}

void read_then(const YamlNode& node, Reading& reading) {
  ScenarioEnd& then = reading.scenario.then;
  then.position = node.position;
  MapReader map{node, "`then`", reading.faults};
  if (const auto* student = map.take("student")) then.student = read_values(*student, "student", reading.faults);
  if (const auto* students = map.take("students"))
    for (const YamlNode& item : read_list(*students, "students", reading.faults))
      then.students.push_back(read_values(item, "students", reading.faults));
  if (const auto* aside = map.take("set_aside")) {
    then.set_aside.emplace();
    for (const YamlNode& item : read_list(*aside, "set_aside", reading.faults))
      then.set_aside->push_back(static_cast<int>(
          read_whole_number(item, "set_aside", reading.faults, 1, static_cast<std::int64_t>(subjects_max))
              .value_or(0)));
  }
  if (const auto* states = map.take("number_state"))
    then.number_state = read_values(*states, "number_state", reading.faults);
  if (const auto* history = map.take("history")) then.history = read_history(*history, reading.faults);
  if (const auto* outcome = map.take("outcome")) then.outcome = outcome->text;
  if (const auto* opened = map.take("opened")) then.opened = read_text(*opened, "opened", reading.faults);
  if (then.outcome && *then.outcome != "open" && !parse_outcome(*then.outcome))
    reading.faults.add(node.position, fmt::format("there is no outcome `{}`", *then.outcome),
                       "write completed, rejected, withdrawn, cancelled, expired or open");
  map.finish();
}

void read_scenario(const YamlDocument& document, Reading& reading) {
  MapReader map{document.root, "a scenario", reading.faults};
  if (const auto* title = map.need("scenario", "begin with `scenario: {zh: …, en: …}`"))
    reading.scenario.title = read_texts(*title, "scenario", reading.faults).value_or(Text{});
  if (const auto* given = map.need("given", "add `given:` with a school and a student")) read_given(*given, reading);
  if (const auto* steps = map.need("steps", "add `steps:`"))
    for (const YamlNode& item : read_list(*steps, "steps", reading.faults))
      reading.scenario.steps.push_back(read_step(item, reading));
  if (const auto* then = map.take("then")) read_then(*then, reading);
  map.finish();
}

}  // namespace

std::variant<Scenario, std::vector<Fault>> load_scenario(std::string_view yaml, const std::string& file,
                                                         const Definition& definition) {
  auto document = read_strict_yaml(yaml, file);
  if (auto* faults = std::get_if<std::vector<Fault>>(&document)) return std::move(*faults);
  Scenario scenario;
  scenario.file = file;
  FaultList faults{file};
  Reading reading{definition, scenario, faults};
  read_scenario(std::get<YamlDocument>(document), reading);
  if (!faults.empty()) return faults.take();
  return scenario;
}

}  // namespace xueji
