#include "engine/runtime/batch_keys.hpp"

namespace xueji {

const std::vector<EvidenceReference>* evidence_of(const Command& command) {
  if (const auto* open = std::get_if<Open>(&command.what)) return &open->evidence;
  if (const auto* edit = std::get_if<Edit>(&command.what)) return edit->evidence ? &*edit->evidence : nullptr;
  const auto* perform = std::get_if<Perform>(&command.what);
  return perform ? evidence_of(*perform) : nullptr;
}

const std::vector<EvidenceReference>* evidence_of(const Perform& act) {
  return act.evidence ? &*act.evidence : nullptr;
}

BatchKeys keys_of(std::span<const Command* const> commands) {
  BatchKeys keys;
  for (const Command* command : commands) {
    if (const auto* open = std::get_if<Open>(&command->what)) {
      keys.students.push_back(open->student);
      keys.students.insert(keys.students.end(), open->students.begin(), open->students.end());
    } else if (const auto* pair = std::get_if<OpenPair>(&command->what)) {
      keys.students.insert(keys.students.end(), {pair->first, pair->second});
      keys.pairs.push_back({pair->workflow, pair->first, pair->second});
    } else {
      keys.requests.push_back(request_of(*command));
    }
    if (const auto* act = std::get_if<Perform>(&command->what); act && act->subject)
      keys.subjects.emplace_back(act->request, act->subject);
    if (command->idempotency) keys.keys.push_back(*command->idempotency);
    if (const auto* evidence = evidence_of(*command); evidence && command->caller)
      for (const auto& reference : *evidence) keys.uploads.emplace_back(command->caller->account, reference.sha256);
  }
  return keys;
}

}  // namespace xueji
