// What decide() sends each kind of command to.
#pragma once
#include <variant>

#include "engine/machine/decide.hpp"

namespace xueji {

using Verdict = std::variant<Decision, Refusal, Nothing>;

Verdict decide_open(const Situation& situation, const Command& command, const Open& what);
Verdict decide_edit(const Situation& situation, const Command& command, const Edit& what);
Verdict decide_perform(const Situation& situation, const Command& command, const Perform& what);
Verdict decide_claim(const Situation& situation, const Command& command, const Claim& what);
Verdict decide_release(const Situation& situation, const Command& command, const Release& what);
Verdict decide_reassign(const Situation& situation, const Command& command, const Perform& what);
Verdict decide_answer(const Situation& situation, const AnswerChecks& what);
Verdict decide_retry(const Situation& situation, const Command& command, const RetryChecks& what);
Verdict decide_timer(const Situation& situation, const FireTimer& what);
Verdict decide_closing(const Situation& situation);
Verdict decide_end_wait(const Situation& situation, const EndWait& what);
Verdict decide_take_over(const Situation& situation, const TakeOver& what);
Verdict decide_undo(const Situation& situation, const Command& command);
Verdict decide_carry_out(const Situation& situation);
/// What was decided for a person, with what it means to an act that is pending: another's act ends it. One that can be
/// undone is held instead of being done.
Verdict settled(const Situation& situation, const Command& command, Verdict verdict);

/// Null where the request does not stand in that state any more.
const Token* open_token(const Situation& situation, std::string_view state);

/// Comments: clean text, at most 2,000 code points, there where it must be and absent where none is taken.
inline constexpr std::size_t comment_code_points_max = 2000;
void check_comment(CommentRule rule, const std::string& comment, struct FormFaults& faults);

}  // namespace xueji
