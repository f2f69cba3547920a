// What a caller may see and open, and which queues are theirs.
#include <algorithm>

#include "engine/machine/decide.hpp"
#include "engine/machine/places.hpp"

namespace xueji {
namespace {

/// Whether some student's office could be this one.
bool could_be(const OfficeExpression& expression, const Office& office) {
  // Levels are ordered from the top.
  if (expression.above)
    return office.level < (expression.step == OfficeExpression::Step::at_level ? expression.level : Level::school);
  switch (expression.step) {
    case OfficeExpression::Step::itself:
    case OfficeExpression::Step::any_school:
      return office.level == Level::school;
    case OfficeExpression::Step::authority:
    case OfficeExpression::Step::common_superior:
      return office.level != Level::school;
    case OfficeExpression::Step::at_level:
      return office.level == expression.level;
  }
  return false;
}

}  // namespace

std::optional<Holder> post_above(const Holder& post, const OfficeTree& offices) {
  const Office* above = offices.authority_of(post.office);
  if (!above) return std::nullopt;
  return Holder{above->id, role_above(post.role)};
}

IsHeld held_for(const Request& request, const OfficeTree& offices) { return held_at(places_of(request), offices); }

bool locks_student(const Situation& situation) {
  const Request* request = situation.request;
  if (!request || !request->id) return false;
  return request->several || situation.student->open_request == request->id;
}

bool is_unfiled_draft(const Definition& definition, OfficeId opened_at, OfficeId school) {
  return definition.opened_by.office.step == OfficeExpression::Step::any_school && opened_at != school;
}

bool shares_lock(const std::optional<OpenedFrom>& opened_from, const Student& student) {
  return opened_from && opened_from->lock && student.open_request == opened_from->lock;
}

bool locks_from_opening(const Definition& definition, OfficeId opened_at, OfficeId school) {
  switch (definition.lock) {
    case Lock::none:
    case Lock::from_submission:
      return false;
    case Lock::by_opener:
    case Lock::when_free:
    case Lock::from_opening:
      break;
  }
  return !is_unfiled_draft(definition, opened_at, school);
}

bool may_begin(const Situation& situation, const Caller& caller, bool found) {
  const bool anywhere = situation.definition.opened_by.office.step == OfficeExpression::Step::any_school;
  return (anywhere && found) || may_see_office(caller, situation.student->school, situation.offices, situation.now);
}

bool may_see(const Request& request, const Caller& caller, const OfficeTree& offices, Instant now) {
  const auto places = offices_in_sight(request);
  return std::any_of(places.begin(), places.end(),
                     [&](OfficeId office) { return may_see_office(caller, office, offices, now); });
}

std::vector<Holder> queues_of(const Caller& caller, Instant now) {
  std::vector<Holder> queues;
  for (const Post& post : caller.posts) {
    const Holder queue{post.office, post.role};
    if (post.in_force(now) && std::find(queues.begin(), queues.end(), queue) == queues.end()) queues.push_back(queue);
  }
  return queues;
}

std::optional<Holder> opening_post(const Definition& definition, const Caller& caller, const OfficeTree& offices,
                                   OfficeId school, Instant now) {
  if (definition.opened_on) return std::nullopt;
  if (definition.opened_by.office.step != OfficeExpression::Step::any_school)
    return resolve(definition.opened_by, Places{school, {}, {}}, offices);
  for (const Post& post : caller.posts)
    if (post.role == definition.opened_by.role && post.in_force(now))
      if (const auto there = resolve(definition.opened_by, Places{school, post.office, {}}, offices)) return there;
  return std::nullopt;
}

bool may_ever_open(const Definition& definition, const Caller& caller, const OfficeTree& offices, Instant now) {
  if (definition.opened_on) return false;
  for (const Post& post : caller.posts) {
    const Office* office = offices.find(post.office);
    if (office && post.role == definition.opened_by.role && post.in_force(now) &&
        could_be(definition.opened_by.office, *office))
      return true;
  }
  return false;
}

}  // namespace xueji
