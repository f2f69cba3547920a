#include "engine/machine/each_values.hpp"

#include <algorithm>

#include "engine/base/named_values.hpp"
#include "engine/base/sha256.hpp"
#include "engine/machine/sentences.hpp"

namespace xueji {
namespace {

constexpr std::size_t complaints_max = 100;
constexpr std::size_t names_told = 3;

bool stands_in_draft(const Definition& definition, const Request& request) {
  const State* state = definition.state(request.token.state);
  return state && state->kind == StateKind::draft;
}

std::string pointer_to_fields(std::size_t position) { return "/subjects/" + std::to_string(position) + "/fields/"; }

std::string count_of(std::size_t number) { return std::to_string(number); }

Text still_empty(const Field& field, const std::vector<const Student*>& students) {
  std::vector<Text> names;
  for (const Student* each : students)
    if (names.size() < names_told) names.push_back({each->name, each->name});
  const Text first = join(names, "、", ", ");
  const bool has_more = students.size() > names.size();
  const std::string number = count_of(students.size());
  return {"“" + field.title.zh + "”还有 " + number + " 名学生未填：" + first.zh + (has_more ? "等" : ""),
          "\"" + field.title.en + "\" is empty for " + number + (students.size() == 1 ? " student: " : " students: ") +
              first.en + (has_more ? " and others" : "")};
}

}  // namespace

bool asks_for_all(const Definition& definition, const Request& request, const Command& command) {
  if (!request.several || request.outcome) return false;
  if (const auto* edit = std::get_if<Edit>(&command.what)) return !edit->each.empty();
  const auto* act = std::get_if<Perform>(&command.what);
  const bool may_submit = (act && act->subject == 0) || std::holds_alternative<CarryOut>(command.what);
  return may_submit && definition.has_each() && stands_in_draft(definition, request);
}

std::string digest_of_values(std::span<const Subject> subjects) {
  NamedValues list("xueji values 1");
  for (const Subject& each : subjects) {
    if (each.fields.empty()) continue;
    NamedValues one;
    one.add("ordinal", each.ordinal);
    for (const auto& [key, value] : each.fields)
      one.add("field", NamedValues().add("key", key).add("value", value).text());
    list.add("subject", one.text());
  }
  return sha256_hex(list.text());
}

FieldValues take_each_at(const Situation& situation, const Open& what, std::size_t position, FormFaults& faults) {
  if (position >= what.each.size() || faults.complaints.size() >= complaints_max) return {};
  return take_values(situation, what.each[position], FilledIn::for_each, pointer_to_fields(position), faults);
}

std::vector<Subject> take_each(const Situation& situation, const std::vector<ForOne>& each, Request& request,
                               FormFaults& faults) {
  std::vector<Subject> all, filled;
  for (const SubjectRecord& record : situation.subjects) all.push_back(record.subject);
  for (std::size_t position = 0; position < each.size() && faults.complaints.size() < complaints_max; ++position) {
    const auto& [ordinal, values] = each[position];
    const auto named = std::lower_bound(all.begin(), all.end(), ordinal,
                                        [](const Subject& one, int wanted) { return one.ordinal < wanted; });
    if (named == all.end() || named->ordinal != ordinal) {
      faults.complain("/subjects/" + count_of(position) + "/ordinal",
                      {"此件没有这名学生", "The request has no such student"});
      continue;
    }
    named->fields = take_values(situation, values, FilledIn::for_each, pointer_to_fields(position), faults);
    filled.push_back(*named);
  }
  if (request.several && situation.definition.has_each()) request.several->values = digest_of_values(all);
  return filled;
}

void check_each_filled(const Situation& situation, FormFaults& faults) {
  for (const Field& field : situation.definition.fields) {
    if (!field.each || !field.required) continue;
    std::vector<const Student*> empty;
    for (const SubjectRecord& record : situation.subjects)
      if (!record.subject.set_aside && !record.subject.fields.contains(field.key)) empty.push_back(record.student);
    if (!empty.empty()) faults.complain("/subjects", still_empty(field, empty));
  }
}

}  // namespace xueji
