#include "engine/runtime/check_asker.hpp"

#include <algorithm>
#include <stdexcept>

#include "engine/registry/check_names.hpp"
#include "engine/runtime/candidate.hpp"

namespace xueji {
namespace {

bool is_clear(const Finding& finding) { return finding.outcome == CheckOutcome::clear; }

}  // namespace

CommandResult CheckAsker::ask(const DueTask& due) {
  const DefinitionPtr definition = directory_.catalog()->find(due.request.definition);
  const Token* token = token_of(due.request, due.task);
  const State* state = definition && token ? definition->state(token->state) : nullptr;
  if (!state) throw std::logic_error("a check of a state that no definition knows");
  const auto offices = directory_.offices();
  const CheckSubject subject{due.request, due.student, *definition, *offices, state->key, clock_.now()};
  AnswerChecks answer{due.request.id, state->key, token->attempts, findings(subject, *state), due.task};

  const ExclusiveNames::Held held(identities_, identities_of(candidate_of(subject)));
  if (std::all_of(answer.findings.begin(), answer.findings.end(), is_clear))
    for (Finding& finding : answer.findings)
      if (finding.check == check_names[0]) finding = ask_one(finding.check, subject);
  return runtime_.execute({std::move(answer), {}, {}, {}});
}

std::vector<Finding> CheckAsker::findings(const CheckSubject& subject, const State& state) {
  std::vector<Finding> answers;
  for (const std::string& check : state.checks) answers.push_back(ask_one(check, subject));
  return answers;
}

Finding CheckAsker::ask_one(std::string_view check, const CheckSubject& subject) {
  const auto table = checks();
  const auto found = std::find_if(table.begin(), table.end(), [&](const Check& each) { return each.name == check; });
  if (found == table.end()) throw std::logic_error("a definition names an unknown check");
  ++figures_.checks;
  Finding answer = found->ask(subject, queries_, central_);
  if (answer.outcome == CheckOutcome::unavailable) ++figures_.unavailable;
  return answer;
}

}  // namespace xueji
