#include "engine/machine/right.hpp"

#include <algorithm>
#include <iterator>

#include "engine/machine/sight.hpp"

namespace xueji {
namespace {

std::set<OfficeId> offices_concerned(const Request& request) {
  const auto places = offices_in_sight(request);
  std::set<OfficeId> offices{places.begin(), places.end()};
  for (const Holder& holder : holders_of(request)) offices.insert(holder.office);
  for (const Act& act : request.acts) offices.insert(act.as.office);
  for (const PartEnd& part : parts_in_sight(request)) offices.erase(part.school);
  return offices;
}

/// Whether whatever leads there takes the request back: of a choice, whichever way it goes.
bool is_taken_back(const Definition& definition, const std::string& to) {
  const State* target = definition.state(to);
  if (!target) return false;
  if (target->kind == StateKind::choice)
    return std::all_of(target->ways.begin(), target->ways.end(),
                       [&](const Way& way) { return is_taken_back(definition, way.to); });
  return target->kind == StateKind::end &&
         (target->outcome == Outcome::withdrawn || target->outcome == Outcome::cancelled);
}

bool calls_back_to_draft(const Definition& definition, const Action& action) {
  const State* target = action.to_earlier ? nullptr : definition.state(action.to);
  return target && target->kind == StateKind::draft && action.by && *action.by == target->actor;
}

std::optional<Right> written_right(const Situation& situation, const Token& at, const State& state,
                                   std::string_view key) {
  const Action* action = state.action(key);
  if (!action) return std::nullopt;
  Right right{action, {}, {}, false, false, false};
  right.separated = decides(situation.definition, state, *action);
  if (action->by) {
    const Request& request = *situation.request;
    if (const auto holder = resolve(*action->by, places_of(request), situation.offices))
      right.holders.push_back(*holder);
    return right;
  }
  right.holders = queue_of(at);
  right.bound_by_claim = true;
  return right;
}

}  // namespace

bool takes_back(const Definition& definition, const Action& action) { return is_taken_back(definition, action.to); }

bool decides(const Definition& definition, const State& state, const Action& action) {
  if (!is_decided(state.kind) || takes_back(definition, action)) return false;
  return !calls_back_to_draft(definition, action);
}

bool claim_stands(const Situation& situation, const Token& token) {
  if (!token.claimed_by || !situation.claimers) return static_cast<bool>(token.claimed_by);
  const auto claimer = situation.claimers->find(token.claimed_by);
  if (claimer == situation.claimers->end()) return true;
  const auto queue = queue_of(token);
  return std::any_of(claimer->second.begin(), claimer->second.end(), [&](const Post& post) {
    return post.in_force(situation.now) &&
           std::find(queue.begin(), queue.end(), Holder{post.office, post.role}) != queue.end();
  });
}

std::vector<Holder> queue_of(const Token& token) {
  std::vector<Holder> holders{token.holder};
  if (token.escalated_to) holders.push_back(*token.escalated_to);
  return holders;
}

std::vector<Holder> holders_of(const Request& request) {
  std::vector<Holder> holders;
  for (const Token* token : active_tokens(request)) {
    const auto queue = queue_of(*token);
    holders.insert(holders.end(), queue.begin(), queue.end());
  }
  return holders;
}

bool leaves_branches(const Definition& definition, const Action& action) {
  const State* target = definition.state(action.to);
  return target && target->parallel.empty();
}

std::optional<Right> right_in_state(const Situation& situation, const Token& at, std::string_view key) {
  const Request& request = *situation.request;
  const State* state = situation.definition.state(at.state);
  if (request.outcome || !state || state->kind == StateKind::end) return std::nullopt;
  const auto queue = queue_of(at);
  const bool decided = is_decided(state->kind);
  const bool of_people = waits_for_people(state->kind);
  if (key == comment_action().key) {
    Right right{&comment_action(), {request.opened_as}, offices_concerned(request), false, false, false};
    if (of_people)
      std::copy_if(queue.begin(), queue.end(), std::back_inserter(right.holders),
                   [&](const Holder& post) { return post != request.opened_as; });
    return right;
  }
  if (key == reassign_action().key && of_people && (state->kind != StateKind::draft || at.claimed_by))
    return Right{&reassign_action(), queue, {}, false, false, false};
  const bool is_batch = request.several && request.several->schools.empty();
  if (key == set_aside_action().key && is_batch && of_people)
    return Right{&set_aside_action(), queue, {}, true, false, decided};
  if (key == "edit" && state->kind == StateKind::draft) return Right{nullptr, queue, {}, true, false, false};
  if (key == "claim" && of_people) return Right{nullptr, queue, {}, true, false, decided};
  if (key == "release" && of_people && at.claimed_by) return Right{nullptr, queue, {}, false, true, false};
  return written_right(situation, at, *state, key);
}

}  // namespace xueji
