#include "engine/machine/grounds.hpp"

#include <algorithm>
#include <set>

#include "engine/machine/right.hpp"
#include "engine/registry/check_names.hpp"

namespace xueji {
namespace {

/// The state that a return came to; null for what leads on.
const State* returned_to(const Definition& definition, const Request& request, std::size_t position) {
  const Act& act = request.acts[position];
  const State* from = definition.state(act.state);
  const Action* action = from ? from->action(act.action) : nullptr;
  if (!action) return nullptr;
  const std::string* to = &action->to;
  if (action->to_earlier)
    to = position + 1 < request.acts.size() ? &request.acts[position + 1].state : &request.token.state;
  const State* target = definition.state(*to);
  return target && definition.order(target->key) <= definition.order(from->key) ? target : nullptr;
}

/// Beginning the state anew leaves nothing of what was decided in `decided`.
bool undoes(const Definition& definition, const State& begun_anew, const State& decided) {
  const bool elsewhere =
      !begun_anew.parallel.empty() && (decided.parallel != begun_anew.parallel || decided.branch != begun_anew.branch);
  return !elsewhere && definition.order(decided.key) >= definition.order(begun_anew.key);
}

bool are_all_clear(const std::vector<Finding>& findings) {
  return std::all_of(check_names.begin(), check_names.end(), [&](std::string_view check) {
    return std::any_of(findings.begin(), findings.end(),
                       [&](const Finding& each) { return each.check == check && each.outcome == CheckOutcome::clear; });
  });
}

}  // namespace

std::vector<const Act*> standing_decisions(const Definition& definition, const Request& request) {
  std::vector<const Act*> standing;
  for (std::size_t position = 0; position < request.acts.size(); ++position) {
    const Act& act = request.acts[position];
    const State* state = definition.state(act.state);
    const Action* action = state ? state->action(act.action) : nullptr;
    if (act.round != request.round || !action) continue;
    if (const State* begun_anew = returned_to(definition, request, position))
      std::erase_if(standing, [&](const Act* decided) {
        return undoes(definition, *begun_anew, *definition.state(decided->state));
      });
    else if (decides(definition, *state, *action))
      standing.push_back(&act);
  }
  return standing;
}

bool stands_above_all(const Situation& situation, OfficeId office) {
  return std::all_of(situation.subjects.begin(), situation.subjects.end(), [&](const SubjectRecord& each) {
    return !each.student || situation.offices.contains(office, each.student->school);
  });
}

ChangeGrounds grounds_of(const Situation& situation, const Request& request,
                         const std::vector<RegistryChange>& changes) {
  ChangeGrounds grounds;
  grounds.takes_numbers_over = situation.definition.subject.kind == SubjectRule::Kind::pair;
  grounds.both_checks_clear = are_all_clear(request.findings);
  std::set<AccountId> seen;
  const auto standing = standing_decisions(situation.definition, request);
  for (const Act* act : standing) {
    const Office* office = situation.offices.find(act->as.office);
    if (!office || office->level != Level::ministry) continue;
    const AccountId owner = act->delegated_from ? act->delegated_from : act->account;
    if (!seen.contains(act->account) && !seen.contains(owner)) ++grounds.ministry_officers;
    seen.insert({act->account, owner});
  }
  for (const RegistryChange& change : changes) {
    if (change.member == "id_number" && situation.others_have.id_number)
      grounds.id_number_is_anothers = situation.others_have.id_number(change.new_value);
    if (change.member == number_state && change.new_value == to_string(NumberState::current) &&
        situation.others_have.number && !grounds.takes_numbers_over)
      grounds.number_is_anothers = situation.others_have.number(change.number);
    if (change.member == merged_into_member)
      grounds.is_merged_from_below = standing.empty() || !stands_above_all(situation, standing.back()->as.office);
    if (change.member == school_member) {
      const auto id = parse_id<OfficeId>(change.new_value);
      const Office* office = id ? situation.offices.find(*id) : nullptr;
      grounds.moves_to_no_school = !office || office->level != Level::school;
    }
  }
  return grounds;
}

}  // namespace xueji
