#include "engine/machine/deciders.hpp"

#include <algorithm>
#include <utility>

#include "engine/machine/acts.hpp"
#include "engine/machine/movement.hpp"
#include "engine/machine/places.hpp"
#include "engine/machine/right.hpp"
#include "engine/machine/sentences.hpp"
#include "engine/machine/separation.hpp"

namespace xueji {
namespace {

bool is_of_people(const State* state) { return state && waits_for_people(state->kind); }

bool is_held_by(const Post& post, const Holder& holder, Instant now) {
  return post.office == holder.office && post.role == holder.role && post.in_force(now);
}

/// Whether the post lets its owner take the request further, by an action that is left to whoever holds the task.
bool can_decide(const Situation& situation, const State& state, const Token& theirs, const Post& post) {
  const Actors actors{post.account, post.delegated_from};
  const bool is_bound = stood_in_for_the_draft(situation, {post.office, post.role}) ||
                        is_own_submission(situation.definition, *situation.request, actors) ||
                        separated_act(situation.definition, *situation.request, state.key, actors);
  return std::any_of(state.actions.begin(), state.actions.end(), [&](const Action& action) {
    if (action.by || takes_back(situation.definition, action)) return false;
    const auto right = right_in_state(situation, theirs, action.key);
    return right && !(right->separated && is_bound);
  });
}

}  // namespace

std::optional<Lack> lack_of_deciders(const Situation& situation, const Token& at, const Holder& post,
                                     HeldPosts people) {
  const State* state = situation.definition.state(at.state);
  if (!is_of_people(state)) return std::nullopt;
  Token theirs = at;
  theirs.holder = post;
  theirs.escalated_to.reset();
  Lack lack = Lack::vacant;
  for (const Post& held : people) {
    if (!is_held_by(held, post, situation.now)) continue;
    if (can_decide(situation, *state, theirs, held)) return std::nullopt;
    lack = Lack::separated;
  }
  return lack;
}

std::vector<Holder> stand_ins(const Situation& situation, const Token& at) {
  std::vector<Holder> posts;
  const Request& request = *situation.request;
  const State* state = situation.definition.state(at.state);
  if (!is_of_people(state)) return posts;
  // A colleague of whoever opened it would decide for their own post.
  const bool decides = is_decided(state->kind);
  const auto add = [&](const std::optional<Holder>& post) {
    if (post && *post != at.holder && !(decides && *post == request.opened_as) &&
        std::find(posts.begin(), posts.end(), *post) == posts.end())
      posts.push_back(*post);
  };
  add(at.escalated_to);
  if (state->deadline && state->deadline->escalate)
    add(resolve(*state->deadline->escalate, places_of(request), situation.offices));
  for (auto above = post_above(at.holder, situation.offices); above; above = post_above(*above, situation.offices))
    add(above);
  return posts;
}

bool has_lost_claim(const Token& at, HeldPosts people, Instant now) {
  const auto queue = queue_of(at);
  return at.claimed_by && std::none_of(people.begin(), people.end(), [&](const Post& post) {
           return post.account == at.claimed_by && post.in_force(now) &&
                  std::find(queue.begin(), queue.end(), Holder{post.office, post.role}) != queue.end();
         });
}

std::optional<TakeOver> take_over(const Situation& situation, const Token& at, HeldPosts people) {
  TakeOver found{situation.request->id, situation.request->version, at.state, {}, {}};
  found.why = lack_of_deciders(situation, at, at.holder, people);
  if (has_lost_claim(at, people, situation.now)) found.ends_claim_of = at.claimed_by;
  if (!found.why) return at.undecidable || found.ends_claim_of ? std::optional(found) : std::nullopt;
  const auto posts = stand_ins(situation, at);
  const auto able = std::find_if(posts.begin(), posts.end(),
                                 [&](const Holder& post) { return !lack_of_deciders(situation, at, post, people); });
  if (able != posts.end()) found.to = *able;
  const bool is_said = at.undecidable && at.undecidable->why == *found.why && at.undecidable->stand_in == found.to &&
                       (!found.to || at.escalated_to == found.to);
  return is_said && !found.ends_claim_of ? std::nullopt : std::optional(found);
}

Verdict decide_take_over(const Situation& situation, const TakeOver& what) {
  const Token* at = open_token(situation, what.state);
  if (!at || situation.request->version != what.version || (!what.why && !at->undecidable && !what.ends_claim_of))
    return Nothing{};
  Movement movement(situation, *situation.request, situation.request->version, what.state);
  Token& token = movement.token();
  if (what.ends_claim_of) {
    token.claimed_by = {};
    token.claimed_at.reset();
    movement.record({}, std::nullopt, "release",
                    "认领人已不在此岗位\nWhoever had claimed it does not hold the post any more");
  }
  const auto before = std::exchange(token.undecidable, std::nullopt);
  if (!what.why) return std::move(movement).finish();
  token.undecidable = {*what.why, before ? before->since : situation.now, what.to};
  const bool is_news = !before || before->stand_in != what.to || (what.to && token.escalated_to != what.to);
  if (what.to) escalate(token, *what.to);
  if (!is_news) return std::move(movement).finish();
  const std::string event = what.to ? "stand_in" : "undecidable";
  movement.record({}, what.to, event);
  if (what.to) {
    movement.notify({event, AccountId{}, what.to});
  } else if (const auto top = situation.offices.chain(token.holder.office); !top.empty()) {
    movement.notify({event, AccountId{}, Holder{top.back(), Role::admin}});
  }
  return std::move(movement).finish();
}

Text why_undecidable(Lack why, const Holder& post, const OfficeTree& offices) {
  const Text who = describe(post, offices);
  if (why == Lack::vacant) return {who.zh + "现无人在岗", "Nobody who can sign in is " + who.en + " now"};
  return {who.zh + "均填报过此件或已在其他环节办理过，须由另一人办理",
          "Whoever is " + who.en + " submitted the request or decided it at another step; another person must decide"};
}

}  // namespace xueji
