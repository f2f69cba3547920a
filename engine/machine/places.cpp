#include "engine/machine/places.hpp"

#include <algorithm>

#include "engine/definition/branch_schools.hpp"
#include "engine/definition/guard_paths.hpp"
#include "engine/machine/decide.hpp"

namespace xueji {

OfficeId Places::at(std::string_view word) const {
  if (word == student_school) return school;
  if (word == initiator_office) return initiator;
  if (word == named_school) return named;
  if (schools.empty()) return {};
  if (word == branch_schools.front()) return schools.front();
  if (word == branch_schools.back() && schools.back() != schools.front()) return schools.back();
  return {};
}

std::vector<OfficeId> Places::offices() const {
  std::vector<OfficeId> all;
  const auto add = [&](OfficeId office) {
    if (office && std::find(all.begin(), all.end(), office) == all.end()) all.push_back(office);
  };
  add(school);
  add(initiator);
  for (const OfficeId each : schools) add(each);
  add(named);
  return all;
}

namespace {

const std::vector<OfficeId>& schools_of_pair(const Several& several) {
  return several.schools_now.empty() ? several.schools : several.schools_now;
}

}  // namespace

Places places_of(const Request& request) {
  return {request.school, request.opened_as.office,
          request.several ? schools_of_pair(*request.several) : std::vector<OfficeId>(),
          request.named_schools.empty() ? OfficeId{} : request.named_schools.back()};
}

namespace {

/// None where the form leaves it out, or no place is named by it.
OfficeId school_in_form(const Definition& definition, const Request& request) {
  const Field* field = definition.naming_field();
  const auto value = field ? request.fields.find(field->key) : request.fields.end();
  return value == request.fields.end() ? OfficeId{} : parse_id<OfficeId>(value->second).value_or(OfficeId{});
}

}  // namespace

Places places_ahead(const Definition& definition, const Request& request) {
  Places places = places_of(request);
  const State* state = definition.state(request.token.state);
  const bool is_draft = !state || state->kind == StateKind::draft;
  if (is_draft && definition.naming_field()) places.named = school_in_form(definition, request);
  return places;
}

void pin_place(const Definition& definition, Request& request) {
  const OfficeId school = school_in_form(definition, request);
  if (!school) return;
  std::erase(request.named_schools, school);
  std::erase_if(request.parts_ended, [&](const PartEnd& part) { return part.school == school; });
  request.named_schools.push_back(school);
}

bool has_part_ended(const Request& request, OfficeId school) {
  return std::any_of(request.parts_ended.begin(), request.parts_ended.end(),
                     [&](const PartEnd& part) { return part.school == school; });
}

std::vector<OfficeId> offices_in_sight(const Request& request) {
  if (request.unfiled) return {request.opened_as.office};
  Places places = places_of(request);
  places.named = {};
  std::vector<OfficeId> offices = places.offices();
  const auto add = [&](OfficeId school) {
    if (std::find(offices.begin(), offices.end(), school) == offices.end()) offices.push_back(school);
  };
  if (const auto& several = request.several)
    for (const auto* schools : {&several->schools, &several->schools_past})
      for (const OfficeId school : *schools) add(school);
  for (const OfficeId school : request.named_schools)
    if (!has_part_ended(request, school)) add(school);
  return offices;
}

Places places_if_opened(const Definition& definition, OfficeId school, const OfficeTree& offices, OfficeId opener) {
  Places places{school, opener, {}};
  const auto post = resolve(definition.opened_by, places, offices);
  places.initiator = post ? post->office : OfficeId{};
  return places;
}

std::optional<GuardValue> office_value(std::string_view path, const Places& places, const OfficeTree& offices) {
  const auto read = office_path(path);
  if (!read) return std::nullopt;
  OfficeExpression expression;
  expression.place = read->place;
  if (const auto level = parse_level(read->step)) {
    expression.step = OfficeExpression::Step::at_level;
    expression.level = *level;
  } else if (!read->step.empty()) {
    expression.step = OfficeExpression::Step::authority;
  }
  const Office* office = resolve(expression, places, offices);
  return office ? GuardValue{to_string(office->id)} : GuardValue{};
}

namespace {

/// The lowest office above the schools of a pair; null where there is none.
const Office* superior_of(const std::vector<OfficeId>& schools, const OfficeTree& offices) {
  return schools.empty() ? nullptr : offices.common_superior(schools.front(), schools.back());
}

}  // namespace

const Office* resolve(const OfficeExpression& expression, const Places& places, const OfficeTree& offices) {
  const OfficeId place = places.at(expression.place);
  switch (expression.step) {
    case OfficeExpression::Step::itself:
      return offices.find(place);
    case OfficeExpression::Step::authority:
      return offices.authority_of(place);
    case OfficeExpression::Step::at_level:
      return offices.at_level(place, expression.level);
    case OfficeExpression::Step::common_superior:
      if (expression.place == students_schools) return superior_of(places.schools, offices);
      return offices.common_superior(place, places.at(expression.other));
    case OfficeExpression::Step::any_school:
      return offices.at_level(place, Level::school);
  }
  return nullptr;
}

std::optional<Holder> resolve(const ActorExpression& actor, const Places& places, const OfficeTree& offices) {
  const Office* office = resolve(actor.office, places, offices);
  if (!office) return std::nullopt;
  const Holder named{office->id, actor.role};
  return actor.office.above ? post_above(named, offices) : named;
}

std::vector<Holder> resolve_all(const ActorExpression& actor, const Places& places, const OfficeTree& offices) {
  std::vector<Holder> all;
  if (actor.office.step == OfficeExpression::Step::itself && actor.office.place == students_schools) {
    for (const OfficeId school : places.schools)
      if (const Holder holder{school, actor.role}; std::find(all.begin(), all.end(), holder) == all.end())
        all.push_back(holder);
  } else if (const auto one = resolve(actor, places, offices)) {
    all.push_back(*one);
  }
  return all;
}

IsHeld held_at(const Places& places, const OfficeTree& offices) {
  return [places, &offices](const State& state) {
    return state.kind == StateKind::end || holder_of(state, places, offices).has_value();
  };
}

std::optional<Holder> holder_of(const State& state, const Places& places, const OfficeTree& offices) {
  const auto values = [&](std::string_view path) { return office_value(path, places, offices).value_or(GuardValue{}); };
  if (state.when && !state.when->holds(values)) return std::nullopt;
  switch (state.kind) {
    case StateKind::draft:
    case StateKind::approval:
    case StateKind::registration:
    case StateKind::work:
    case StateKind::notice:
      return resolve(state.actor, places, offices);
    case StateKind::wait:
    case StateKind::request:
    case StateKind::choice:
    case StateKind::parallel:
      return Holder{places.school, Role::system};
    case StateKind::check:
      if (const Office* ministry = offices.at_level(places.school, Level::ministry))
        return Holder{ministry->id, Role::system};
      return std::nullopt;
    case StateKind::end:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace xueji
