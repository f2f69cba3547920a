#include "web/shapes/json_subject.hpp"

#include <array>

#include "engine/machine/sentences.hpp"
#include "web/shapes/json_request.hpp"

namespace xueji::web {
namespace {

void write_set_aside(JsonWriter& json, const SubjectRow& row, const Rendering& rendering) {
  const SetAside& aside = *row.subject.set_aside;
  const bool by_machine = !aside.by;
  json.key("setAside").begin_object();
  json.member("by", by_machine ? std::string_view("system") : std::string_view(row.set_aside_by_username));
  json.member("byName", by_machine ? rendering.text(title_of(Role::system)) : row.set_aside_by_name);
  json.member("at", aside.at).member("reason", rendering.text(aside.reason)).end_object();
}

/// Of one that takes part: the request's, or while its end is carried out on one after the other, that it has been.
std::optional<Outcome> outcome_of(const Subject& subject, const Request& request) {
  if (subject.set_aside || request.outcome || !request.several)
    return subject.set_aside ? std::nullopt : request.outcome;
  const bool done = request.several->applied && subject.ordinal <= *request.several->applied;
  return done ? std::optional(Outcome::completed) : std::nullopt;
}

}  // namespace

std::string_view subject_word(SubjectRule::Kind kind) {
  constexpr std::array<std::string_view, 3> words{"student", "students", "pair"};
  return words[static_cast<std::size_t>(kind)];
}

Text name_of_students(const std::string& first, int count, SubjectRule::Kind kind) {
  if (count <= 1) return {first, first};
  if (kind == SubjectRule::Kind::pair)
    return {first + "（" + std::to_string(count) + " 条学籍）", first + " (" + std::to_string(count) + " records)"};
  const std::string others = std::to_string(count - 1);
  return {first + "等 " + std::to_string(count) + " 人",
          first + " and " + others + (count == 2 ? " other" : " others")};
}

void write_subject(JsonWriter& json, const SubjectRow& row, const Request& request,
                   const std::vector<Claimer>& claimers, const Caller& caller, const Rendering& rendering,
                   const GoesOnOf& goes_on_of) {
  const Definition& definition = rendering.definition(request.definition);
  const bool is_pair = definition.subject.kind == SubjectRule::Kind::pair;
  const Rendering shown =
      shown_to(caller, request, row.student, row.student.school, is_pair ? rendering : rendering.in_list());
  json.begin_object().member("ordinal", row.subject.ordinal).member("register", "student").key("id");
  shown.elsewhere ? json.null() : json.value(row.subject.student);
  json.key("student");
  write_student(json, shown_student(row), row.student.open_request == request.id ? &request : nullptr, claimers, shown,
                goes_on_of);
  if (definition.has_each())
    write_values(json.key("fields"), definition, row.subject.fields,
                 shown_to(caller, request, row.student, row.student.school, rendering));
  if (row.subject.set_aside) write_set_aside(json, row, rendering);
  if (const auto outcome = outcome_of(row.subject, request)) json.member("outcome", to_string(*outcome));
  json.end_object();
}

}  // namespace xueji::web
