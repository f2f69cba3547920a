#include "engine/machine/pinned_form.hpp"

#include <algorithm>
#include <set>

#include "engine/machine/submission_hash.hpp"

namespace xueji {
namespace {

/// Where the request stands; null for a state that only an older version of the definition has.
const State* state_of(const Definition& definition, const Request& request) {
  return definition.state(request.token.state);
}

bool is_draft(const State* state) { return state && state->kind == StateKind::draft; }

bool holds_the_same(const Request& one, const Request& other) {
  return one.fields == other.fields && one.before == other.before && one.evidence == other.evidence;
}

bool is_to_be_pinned(const Request* before, bool was_draft, const Request& after) {
  if (after.round == 0) return false;
  if (!before || after.round > before->round) return true;
  return !was_draft && (before->pinned.submission == 0 || !holds_the_same(*before, after));
}

Submission submission_of(const Request& request) {
  return {request.pinned.submission + 1,
          request.round,
          request.fields,
          request.before,
          request.evidence,
          request.several ? request.several->digest : std::string(),
          request.several ? request.several->values : std::string()};
}

/// The scans that were pinned and that the form has no longer. In the draft those that it still has stay among them:
/// they can be taken out of it there.
std::vector<std::string> kept_scans(const Request* before, bool was_draft, const Request& after, bool stands_in_draft) {
  std::set<std::string> kept(after.kept_evidence.begin(), after.kept_evidence.end());
  if (before && !was_draft)
    for (const EvidenceItem& item : before->evidence) kept.insert(item.sha256);
  if (!stands_in_draft)
    for (const EvidenceItem& item : after.evidence) kept.erase(item.sha256);
  return {kept.begin(), kept.end()};
}

}  // namespace

void pin_form(const Situation& situation, Decision& decision) {
  Request& request = decision.request;
  const Request* before = situation.request;
  const bool stands_in_draft = is_draft(state_of(situation.definition, request));
  const State* was = before ? state_of(situation.definition, *before) : nullptr;
  // A migration may have renamed the state: then nothing is pinned in a draft, and no scan is lost.
  if (is_to_be_pinned(before, was ? is_draft(was) : stands_in_draft, request)) {
    decision.submission = submission_of(request);
    request.pinned = pinned(*decision.submission);
  }
  if (request.round > 0) request.kept_evidence = kept_scans(before, is_draft(was), request, stands_in_draft);
  for (HistoryDraft& entry : decision.history) entry.based_on = request.pinned;
}

}  // namespace xueji
