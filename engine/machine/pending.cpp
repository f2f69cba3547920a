// Acts that can be undone for a while: held back, undone, dropped because somebody else acted, done at the end.
#include "engine/machine/act_titles.hpp"
#include "engine/machine/acts.hpp"
#include "engine/machine/movement.hpp"
#include "engine/machine/permission.hpp"

namespace xueji {
namespace {

Decision unchanged(const Situation& situation) {
  Decision decision;
  decision.request = *situation.request;
  decision.replaces = situation.request->version;
  return decision;
}

Text not_done(const Situation& situation, const Text& why) {
  const Text title = title_of(situation.definition, *situation.pending);
  return {"“" + title.zh + "”未办理：" + why.zh, "\"" + title.en + "\" was not done: " + why.en};
}

/// What may be undone in turn has not been done yet.
Text somebody_else_did(const Situation& situation, const HistoryDraft& act, bool undoable) {
  const Text title = title_of_act(situation.definition, act);
  if (undoable)
    return {"他人随后办理（" + title.zh + "）；如果对方撤销，此件仍在待办中，请重新办理",
            "somebody else acted after you (" + title.en +
                "); should they undo it, the request is in your queue as before, and is yours to decide again"};
  return {"他人已先行办理（" + title.zh + "）", "somebody else acted first (" + title.en + ")"};
}

Verdict dropped(const Situation& situation, const Text& why) {
  Decision decision = unchanged(situation);
  decision.ends_pending = true;
  decision.undone = Undone{situation.pending->by, not_done(situation, why)};
  return decision;
}

/// The officer with the posts of this moment: none where the account is shut out.
Caller officer_of(const Situation& situation, AccountId account) {
  Caller officer;
  officer.account = account;
  if (!situation.claimers) return officer;
  const auto posts = situation.claimers->find(account);
  if (posts != situation.claimers->end()) officer.posts = posts->second;
  return officer;
}

Verdict decided_anew(const Situation& situation) {
  const PendingAct& pending = *situation.pending;
  Situation then = situation;
  then.pending = nullptr;
  Perform what = pending.what;
  if (what.reassign_to) what.reassign_posts = officer_of(situation, what.reassign_to).posts;
  Command command;
  command.caller = officer_of(situation, pending.by);
  command.what = std::move(what);
  try {
    return decide(then, command);
  } catch (const ImpossibleMove&) {
    Refusal refusal;
    refusal.detail = {"没有单位可以接办下一环节", "no office can hold the state that this leads to"};
    return refusal;
  }
}

}  // namespace

std::string_view undo_word(const Decision& decision) {
  if (decision.holds) return "pending";
  return decision.undone ? "undone" : "undo";
}

Text title_of(const Definition& definition, const PendingAct& pending) {
  HistoryDraft entry;
  entry.action = pending.what.action;
  entry.from = entry.to = pending.from;
  return title_of_act(definition, entry);
}

Reason pending_reason(const Situation& situation) {
  const PendingAct& pending = *situation.pending;
  const Text title = title_of(situation.definition, pending);
  return {"pending",
          {"您已办理“" + title.zh + "”，即将生效；如要改办，请先撤销",
           "Your \"" + title.en + "\" takes effect in a moment; undo it first to do something else"},
          std::nullopt,
          pending.until};
}

Verdict settled(const Situation& situation, const Command& command, Verdict verdict) {
  auto* decision = std::get_if<Decision>(&verdict);
  const auto* perform = std::get_if<Perform>(&command.what);
  if (!decision || !command.caller || decision->history.empty()) return verdict;
  if (situation.pending && situation.pending->by != command.caller->account) {
    decision->ends_pending = true;
    decision->undone = Undone{
        situation.pending->by,
        not_done(situation, somebody_else_did(situation, decision->history.back(), command.undoable_for.has_value()))};
  }
  if (!perform || !command.undoable_for) return verdict;
  Decision held = unchanged(situation);
  held.holds = PendingAct{situation.request->id, command.caller->account, *perform, decision->history.front().from,
                          situation.now + *command.undoable_for};
  held.ends_pending = decision->ends_pending;
  held.undone = std::move(decision->undone);
  return held;
}

Verdict decide_undo(const Situation& situation, const Command& command) {
  if (auto refusal = refusal_before_all(situation, command)) return *refusal;
  Refusal refusal;
  if (!situation.pending) {
    refusal.kind = RefusalKind::not_in_this_state;
    refusal.detail = {"此件没有待生效的操作；已经办理的不能再撤销",
                      "Nothing is pending on this request; what is done can't be undone any more"};
    return refusal;
  }
  if (situation.pending->by != command.caller->account) {
    refusal.kind = RefusalKind::not_allowed;
    refusal.detail = {"只有办理人本人可以撤销", "Only whoever did it can undo it"};
    return refusal;
  }
  Decision decision = unchanged(situation);
  decision.ends_pending = true;
  return decision;
}

Verdict decide_carry_out(const Situation& situation) {
  if (!situation.pending || !situation.request || !situation.student ||
      !is_due(situation.pending->until, situation.now))
    return Nothing{};
  Verdict verdict = decided_anew(situation);
  if (const auto* refusal = std::get_if<Refusal>(&verdict)) return dropped(situation, refusal->detail);
  auto& decision = std::get<Decision>(verdict);
  if (decision.history.front().from != situation.pending->from)
    return dropped(situation, {"此件已不在当时的环节", "the request has moved on since"});
  decision.ends_pending = true;
  return verdict;
}

}  // namespace xueji
