// A request that waits for another one, and goes on once that has ended.
#include "engine/machine/acts.hpp"
#include "engine/machine/movement.hpp"
#include "engine/machine/outcome_titles.hpp"
#include "engine/machine/sentences.hpp"

namespace xueji {
namespace {

/// The state in which it waits for that request; null where it does not.
const State* waiting_state(const Situation& situation, const EndWait& what) {
  const Request* request = situation.request;
  if (!request || request->outcome || request->token.awaits != what.awaited) return nullptr;
  const State* state = situation.definition.state(request->token.state);
  return state && state->awaited ? state : nullptr;
}

/// For people to read: which request, and how it ended.
Text how_it_ended(const EndWait& what) {
  if (!what.outcome)
    return {"“" + what.title.zh + "”未能发起：" + what.why.zh,
            "\"" + what.title.en + "\" could not be opened: " + what.why.en};
  const Text& outcome = title_of(*what.outcome);
  const std::string number = to_string(what.awaited);
  return {"“" + what.title.zh + "”（编号 " + number + "）：" + outcome.zh,
          "\"" + what.title.en + "\" (number " + number + "): " + outcome.en};
}

}  // namespace

Verdict decide_end_wait(const Situation& situation, const EndWait& what) {
  const State* state = waiting_state(situation, what);
  if (!state || !situation.student) return Nothing{};
  Movement movement(situation, *situation.request, situation.request->version, state->key);
  const AwaitedWay* way = what.outcome ? &state->awaited->way_of(*what.outcome) : nullptr;
  const std::string event = way ? way->event : std::string(not_opened_word);
  const std::string comment = in_two_lines(how_it_ended(what));
  if (auto refusal = movement.arrive({}, std::nullopt, event, way ? way->to : state->refused, comment)) return *refusal;
  if (const auto ended = movement.request().outcome) movement.inform(std::string(to_string(*ended)), AccountId{});
  return std::move(movement).finish();
}

}  // namespace xueji
