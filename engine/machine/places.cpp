#include "engine/machine/places.hpp"

#include <algorithm>

#include "engine/definition/guard_paths.hpp"
#include "engine/machine/decide.hpp"

namespace xueji {

OfficeId Places::at(std::string_view word) const {
  if (word == student_school) return school;
  if (word == initiator_office) return initiator;
  return {};
}

std::vector<OfficeId> Places::offices() const {
  std::vector<OfficeId> all;
  for (const OfficeId office : {school, initiator})
    if (office && std::find(all.begin(), all.end(), office) == all.end()) all.push_back(office);
  return all;
}

Places places_of(const Request& request) { return {request.school, request.opened_as.office}; }

std::vector<OfficeId> offices_in_sight(const Request& request) {
  if (request.unfiled) return {request.opened_as.office};
  return places_of(request).offices();
}

Places places_if_opened(const Definition& definition, OfficeId school, const OfficeTree& offices, OfficeId opener) {
  Places places{school, opener};
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

std::optional<Holder> holder_of(const State& state, const Places& places, const OfficeTree& offices) {
  const auto values = [&](std::string_view path) { return office_value(path, places, offices).value_or(GuardValue{}); };
  if (state.when && !state.when->holds(values)) return std::nullopt;
  switch (state.kind) {
    case StateKind::draft:
    case StateKind::approval:
      return resolve(state.actor, places, offices);
    case StateKind::wait:
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
