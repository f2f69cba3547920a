#include "engine/machine/movement.hpp"

#include <algorithm>
#include <stdexcept>

namespace xueji {
namespace {

Refusal no_longer_applies() {
  Refusal refusal;
  refusal.kind = RefusalKind::status_not_eligible;
  refusal.detail = {
      "学籍数据已变动，此项变更不再适用；请退回更正或不予办理",
      "The registry has changed and this no longer applies; return the request for correction, or reject it"};
  return refusal;
}

}  // namespace

Movement::Movement(const Situation& situation, Request request, std::optional<std::int64_t> replaces)
    : situation_(situation) {
  decision_.request = std::move(request);
  decision_.replaces = replaces;
}

HistoryDraft Movement::entry(AccountId by, std::optional<Holder> as, std::string action, std::string comment) const {
  const std::string& state = decision_.request.token.state;
  return {by, as, std::move(action), state, state, std::move(comment), situation_.now, situation_.now, {}};
}

void Movement::record(AccountId by, std::optional<Holder> as, std::string action, std::string comment) {
  decision_.history.push_back(entry(by, as, std::move(action), std::move(comment)));
}

std::optional<Refusal> Movement::arrive(AccountId by, std::optional<Holder> as, const std::string& action,
                                        const std::string& to, const std::string& comment) {
  const State* state = situation_.definition.state(to);
  if (!state) throw std::logic_error("the definition has no state '" + to + "'");
  HistoryDraft made = entry(by, as, action, comment);
  made.to = to;
  Token& token = decision_.request.token;
  token = Token{};
  token.state = to;
  token.since = situation_.now;
  if (state->kind != StateKind::end)
    queue(*state);
  else if (auto refusal = end(*state, made))
    return refusal;
  decision_.history.push_back(std::move(made));
  return std::nullopt;
}

void Movement::queue(const State& state) {
  Request& changed = decision_.request;
  const auto holder = holder_of(state, changed.school, changed.opened_as.office, situation_.offices);
  if (!holder) throw std::logic_error("no office of this tree can hold the state '" + state.key + "'");
  changed.token.holder = *holder;
  if (state.kind == StateKind::check) {
    changed.findings.clear();
    changed.token.timer = situation_.now;
  } else if (state.deadline) {
    const Deadline& deadline = *state.deadline;
    const Instant due = situation_.calendar.add_working_days(situation_.now, deadline.working_days);
    changed.token.due = due;
    changed.token.timer = due;
    if (deadline.remind_before)
      changed.token.timer =
          std::min(due, situation_.calendar.working_days_before(due, *deadline.remind_before, situation_.now));
  }
}

std::optional<Refusal> Movement::end(const State& state, HistoryDraft& made) {
  Student student = *situation_.student;
  for (const std::string& effect : state.effects) {
    const auto changes = changes_of_effect(effect, situation_.definition, decision_.request.fields, student);
    if (changes.empty() && effect == "retire_number") return no_longer_applies();
    student = apply(std::move(student), changes, situation_.now);
    made.changes.insert(made.changes.end(), changes.begin(), changes.end());
  }
  decision_.request.outcome = state.outcome;
  decision_.changes = made.changes;
  decision_.unlocks_student = true;
  return std::nullopt;
}

void Movement::inform(const std::string& on, AccountId actor) {
  const Request& request = decision_.request;
  for (const Inform& rule : situation_.definition.inform) {
    if (rule.on != on) continue;
    if (rule.initiator && request.opened_by != actor) notify({on, request.opened_by, std::nullopt});
    for (const ActorExpression& who : rule.who)
      if (const auto holder = resolve(who, request.school, request.opened_as.office, situation_.offices))
        notify({on, AccountId{}, *holder});
  }
}

void Movement::notify(Notice notice) {
  auto& notices = decision_.notices;
  if (std::find(notices.begin(), notices.end(), notice) == notices.end()) notices.push_back(std::move(notice));
}

Decision Movement::finish() && {
  if (!decision_.history.empty()) ++decision_.request.version;
  return std::move(decision_);
}

}  // namespace xueji
