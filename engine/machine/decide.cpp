#include "engine/machine/decide.hpp"

#include <stdexcept>

#include "engine/machine/acts.hpp"
#include "engine/machine/pairs.hpp"
#include "engine/machine/subjects.hpp"

namespace xueji {
namespace {

struct Decider {
  const Situation& situation;
  const Command& command;

  void need_caller() const {
    if (!command.caller) throw std::invalid_argument("only a person can give this command");
  }

  Verdict operator()(const Open& what) const { return need_caller(), decide_open(situation, command, what); }
  Verdict operator()(const Edit& what) const { return need_caller(), decide_edit(situation, command, what); }
  Verdict operator()(const Claim& what) const { return need_caller(), decide_claim(situation, command, what); }
  Verdict operator()(const Release& what) const { return need_caller(), decide_release(situation, command, what); }
  Verdict operator()(const AnswerChecks& what) const { return decide_answer(situation, what); }
  Verdict operator()(const RetryChecks& what) const { return decide_retry(situation, command, what); }
  Verdict operator()(const FireTimer& what) const { return decide_timer(situation, what); }
  Verdict operator()(const TakeOver& what) const { return decide_take_over(situation, what); }
  Verdict operator()(const Undo&) const { return need_caller(), decide_undo(situation, command); }
  Verdict operator()(const OpenPair&) const { return decide_open_pair(situation); }
  Verdict operator()(const CloseUnfinished&) const { return decide_closing(situation); }
  Verdict operator()(const EndWait& what) const { return decide_end_wait(situation, what); }
  Verdict operator()(const CarryOut&) const { return decide_carry_out(situation); }
  Verdict operator()(const Perform& what) const {
    need_caller();
    if (what.action == set_aside_action().key) return decide_set_aside(situation, command, what);
    return what.action == reassign_action().key ? decide_reassign(situation, command, what)
                                                : decide_perform(situation, command, what);
  }
};

}  // namespace

Verdict decide(const Situation& situation, const Command& command) {
  return settled(situation, command, std::visit(Decider{situation, command}, command.what));
}

}  // namespace xueji
