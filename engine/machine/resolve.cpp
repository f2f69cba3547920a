// Relative offices, who holds a state, and what a caller may see and open.
#include <algorithm>

#include "engine/machine/decide.hpp"

namespace xueji {
namespace {

const Office* named_office(const OfficeExpression& expression, OfficeId school, OfficeId initiator,
                           const OfficeTree& offices) {
  const OfficeId base = expression.base == OfficeExpression::Base::student_school ? school : initiator;
  switch (expression.step) {
    case OfficeExpression::Step::itself:
      return offices.find(base);
    case OfficeExpression::Step::authority:
      return offices.authority_of(base);
    case OfficeExpression::Step::at_level:
      return offices.at_level(base, expression.level);
  }
  return nullptr;
}

/// Whether some student's office could be this one.
bool could_be(const OfficeExpression& expression, const Office& office) {
  switch (expression.step) {
    case OfficeExpression::Step::itself:
      return office.level == Level::school;
    case OfficeExpression::Step::authority:
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

std::optional<Holder> resolve(const ActorExpression& actor, OfficeId school, OfficeId initiator,
                              const OfficeTree& offices) {
  const Office* office = named_office(actor.office, school, initiator, offices);
  if (!office) return std::nullopt;
  const Holder named{office->id, actor.role};
  return actor.office.above ? post_above(named, offices) : named;
}

std::optional<Holder> holder_of(const State& state, OfficeId school, OfficeId initiator, const OfficeTree& offices) {
  switch (state.kind) {
    case StateKind::draft:
    case StateKind::approval:
      return resolve(state.actor, school, initiator, offices);
    case StateKind::wait:
    case StateKind::parallel:
      return Holder{school, Role::system};
    case StateKind::check:
      if (const Office* ministry = offices.at_level(school, Level::ministry)) return Holder{ministry->id, Role::system};
      return std::nullopt;
    case StateKind::end:
      return std::nullopt;
  }
  return std::nullopt;
}

IsHeld held_for(const Request& request, const OfficeTree& offices) {
  return [&](const State& state) {
    return state.kind == StateKind::end ||
           holder_of(state, request.school, request.opened_as.office, offices).has_value();
  };
}

bool may_see(const Request& request, const Caller& caller, const OfficeTree& offices, Instant now) {
  return may_see_office(caller, request.school, offices, now) ||
         may_see_office(caller, request.opened_as.office, offices, now);
}

std::vector<Holder> queues_of(const Caller& caller, Instant now) {
  std::vector<Holder> queues;
  for (const Post& post : caller.posts) {
    const Holder queue{post.office, post.role};
    if (post.in_force(now) && std::find(queues.begin(), queues.end(), queue) == queues.end()) queues.push_back(queue);
  }
  return queues;
}

bool may_open(const Definition& definition, const Caller& caller, const OfficeTree& offices, OfficeId school,
              Instant now) {
  const auto holder = resolve(definition.opened_by, school, OfficeId{}, offices);
  return holder && caller.post(holder->role, holder->office, now);
}

bool may_ever_open(const Definition& definition, const Caller& caller, const OfficeTree& offices, Instant now) {
  for (const Post& post : caller.posts) {
    const Office* office = offices.find(post.office);
    if (office && post.role == definition.opened_by.role && post.in_force(now) &&
        could_be(definition.opened_by.office, *office))
      return true;
  }
  return false;
}

}  // namespace xueji
