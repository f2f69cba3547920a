// Whether somebody can decide a task now, as the posts are held; if not, why, and who stands in.
#pragma once
#include <optional>
#include <span>
#include <vector>

#include "engine/machine/decide.hpp"

namespace xueji {

/// Posts as they are held: in force, of accounts that are not shut out, in any order.
using HeldPosts = std::span<const Post>;

/// Why nobody who holds `post` could decide the task `at`, a token of `situation.request`, if it were that post's;
/// nothing where somebody could. It is asked of rights and of the separation of duties; what depends on the form or on
/// the day is left out. Nobody lacks where no person is waited for.
std::optional<Lack> lack_of_deciders(const Situation& situation, const Token& at, const Holder& post, HeldPosts people);

/// The posts that may stand in for the task's own, in the order in which they are asked: the one that may act already,
/// the one that the definition names for when it is overdue, then those above, up to the ministry. An approval is never
/// handed to the post that opened the request.
std::vector<Holder> stand_ins(const Situation& situation, const Token& at);

/// Whether somebody claimed it who holds none of its posts any more. `people` are those of its queue_of().
bool has_lost_claim(const Token& at, HeldPosts people, Instant now);

/// What is to be done about the task as the posts are held; nothing where its mark says it already and its claim
/// stands. `people` are those of its queue_of() and of all stand_ins().
std::optional<TakeOver> take_over(const Situation& situation, const Token& at, HeldPosts people);

/// For people: `「东城区教育局」经办人现无人在岗`.
Text why_undecidable(Lack why, const Holder& post, const OfficeTree& offices);

}  // namespace xueji
