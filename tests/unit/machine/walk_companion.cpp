#include "walk_companion.hpp"

#include <algorithm>
#include <stdexcept>

#include "engine/machine/movement.hpp"
#include "engine/machine/submission.hpp"

namespace xueji::test {

std::string event_of(const HistoryDraft& entry, const Request& after) {
  if (entry.action != "checks") return entry.action;
  const bool suspect = std::any_of(after.findings.begin(), after.findings.end(),
                                   [](const Finding& finding) { return finding.outcome == CheckOutcome::suspect; });
  return std::string(to_string(suspect ? CheckOutcome::suspect : CheckOutcome::clear));
}

bool is_move(const HistoryDraft& entry, const Definition& definition) {
  const State* from = definition.state(entry.from);
  if (!from || from->kind == StateKind::notice || from->kind == StateKind::choice) return false;
  return entry.from != entry.to || from->action(entry.action);
}

void WalkCompanion::take(const Decision& decision, const OfficeTree& offices) {
  if (!decision.replaces) open();
  std::vector<const HistoryDraft*> moves;
  for (const HistoryDraft& entry : decision.history)
    if (is_move(entry, exploration_.definition())) moves.push_back(&entry);
  for (const HistoryDraft* entry : moves) follow(*entry, decision.request, entry == moves.back(), offices);
}

void WalkCompanion::open() {
  nodes_.clear();
  others_decided_ = false;
  for (NodeId id = 0; id < exploration_.nodes().size() && nodes_.empty(); ++id)
    if (exploration_.nodes()[id].kind == kind_ && !exploration_.nodes()[id].came_by) nodes_.insert(id);
}

void WalkCompanion::arrive(const Request& request) {
  nodes_.clear();
  const auto where = configuration_of(request);
  for (NodeId id = 0; id < exploration_.nodes().size(); ++id)
    if (exploration_.nodes()[id].kind == kind_ && exploration_.configuration(exploration_.nodes()[id]) == where)
      nodes_.insert(id);
  if (nodes_.empty()) throw std::logic_error("the verifier brings nothing over to " + xueji::to_string(where));
}

bool WalkCompanion::is_done_by(const Move& move, const HistoryDraft& entry, const OfficeTree& offices) const {
  if (!move.post || !entry.as) return !move.post && !entry.as;
  const Office* office = offices.find(entry.as->office);
  return move.post->role == entry.as->role && office &&
         exploration_.kinds()[kind_].level_of(*move.post) == office->level;
}

void WalkCompanion::follow(const HistoryDraft& entry, const Request& after, bool last, const OfficeTree& offices) {
  const std::string event = event_of(entry, after);
  const auto where = configuration_of(after);
  std::set<NodeId> by_them, by_others;
  bool asked = false;
  for (const NodeId id : nodes_)
    for (const auto& edge : exploration_.edges(exploration_.nodes()[id])) {
      if (edge.move->state->key != entry.from || edge.move->event != event) continue;
      const bool theirs = is_done_by(*edge.move, entry, offices);
      asked = asked || theirs;
      if (!last || exploration_.configuration(exploration_.nodes()[edge.to]) == where)
        (theirs ? by_them : by_others).insert(edge.to);
    }
  if (by_them.empty() && by_others.empty())
    throw std::logic_error("the verifier knows no `" + event + "` in " + entry.from + " that leads to " +
                           xueji::to_string(where));
  others_decided_ = others_decided_ || (entry.by && !asked);
  nodes_ = asked ? std::move(by_them) : std::move(by_others);
  if (nodes_.empty()) throw std::logic_error("the verifier lets others than these do `" + event + "` in " + entry.from);
  const State& from = *exploration_.definition().state(entry.from);
  if (const Action* action = from.action(entry.action);
      action && is_submission(exploration_.definition(), from, *action))
    others_decided_ = false;
}

bool WalkCompanion::compare_deciders(const Situation& situation, HeldPosts people) const {
  const Request& request = *situation.request;
  if (request.outcome || others_decided_) return true;
  const SubjectKind& kind = exploration_.kinds()[kind_];
  bool everywhere = true;
  for (const Token* token : active_tokens(request)) {
    const State& state = *exploration_.definition().state(token->state);
    if (state.kind != StateKind::approval) continue;
    bool somebody = false;
    for (const Holder& post : deciding_posts(state, kind)) {
      const Office* office = situation.offices.at_level(request.school, kind.level_of(post));
      const bool can = office && !lack_of_deciders(situation, *token, {office->id, post.role}, people);
      const auto says = [&](NodeId id) {
        return !exploration_.people(kind_)
                    .who_may_decide(state, post, exploration_.remembered(exploration_.nodes()[id]).deciders)
                    .empty();
      };
      if (!can && std::all_of(nodes_.begin(), nodes_.end(), says))
        throw std::logic_error("the verifier lets somebody decide in " + state.key + ", and the machine nobody");
      if (can && std::none_of(nodes_.begin(), nodes_.end(), says))
        throw std::logic_error("the machine lets somebody decide in " + state.key + ", and the verifier nobody");
      somebody = somebody || can;
    }
    everywhere = everywhere && somebody;
  }
  return everywhere;
}

}  // namespace xueji::test
