#include "engine/machine/submission.hpp"

#include <algorithm>

#include "engine/machine/acts.hpp"

namespace xueji {

bool is_submission(const Definition& definition, const State& from, const Action& action) {
  const State* to = definition.state(action.to);
  return from.kind == StateKind::draft && to && to->kind != StateKind::end;
}

void check_submission(const Situation& situation, std::string_view from_key, const Action& action,
                      const Request& request, FormFaults& faults) {
  const Definition& definition = situation.definition;
  const State* from = definition.state(from_key);
  if (is_submission(definition, *from, action)) check_complete(situation, request.fields, request.evidence, faults);
  for (const std::string& key : action.fields)
    if (const Field* field = definition.field(key); field && !field->required && !request.fields.contains(key))
      faults.complain("/fields/" + key, {"请填写“" + field->title.zh + "”", "Fill in \"" + field->title.en + "\""});
  for (const std::string& key : action.evidence) {
    const EvidenceKind* kind = definition.evidence_kind(key);
    const bool present = std::any_of(request.evidence.begin(), request.evidence.end(),
                                     [&](const EvidenceItem& item) { return item.kind == key; });
    if (kind && !present)
      faults.missing_evidence.push_back(
          {"/evidence", {"请上传“" + kind->title.zh + "”", "Upload \"" + kind->title.en + "\""}});
  }
}

std::optional<Refusal> carry_out(Movement& movement, const Situation& situation, const Performance& performance) {
  const Definition& definition = situation.definition;
  Request& request = movement.request();
  const State& from = *definition.state(movement.at());
  request.acts.push_back({from.key, performance.action->key, performance.account, performance.delegated_from,
                          performance.as, situation.now, request.round});
  if (is_submission(definition, from, *performance.action)) {
    ++request.round;
    request.before = values_before(definition, request.fields, *situation.student);
  }
  if (auto refusal = movement.arrive(performance.account, performance.as, performance.action->key, performance.to,
                                     performance.comment))
    return refusal;
  movement.inform(performance.action->key, performance.account);
  if (request.outcome) movement.inform(std::string(to_string(*request.outcome)), performance.account);
  return std::nullopt;
}

void check_comment(CommentRule rule, const std::string& comment, FormFaults& faults) {
  if (rule == CommentRule::required && comment.empty())
    faults.complain("/comment", {"请填写意见", "A comment is required"});
  else if (rule == CommentRule::none && !comment.empty())
    faults.complain("/comment", {"此操作不填写意见", "This action takes no comment"});
  else if (!is_clean_utf8(comment))
    faults.complain("/comment", {"意见含有不允许的字符", "The comment holds characters that are not allowed"});
  else if (code_points(comment) > comment_code_points_max)
    faults.complain("/comment", {"意见最多 2000 个字", "A comment has at most 2,000 characters"});
}

}  // namespace xueji
