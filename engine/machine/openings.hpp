// What comes of a business that another one opens, at its end or to wait for it: a draft held by the post that is to
// fill it in, or a refusal, which never undoes what was decided and is told.
#pragma once
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/authority/caller.hpp"
#include "engine/base/position.hpp"
#include "engine/machine/decide.hpp"

namespace xueji {

/// The machine as it opens: with that post, and no account of its own.
Caller opener_of(const ToOpen& what);

/// The draft, as if that post had opened it; its history says from which request. `situation` is of the definition to
/// open, its student as the end leaves them. Refused like a person's opening, with nothing filled in that the form does
/// not take.
std::variant<Decision, Refusal> decide_opening(const Situation& situation, const ToOpen& what);

/// In one sentence, with what is wrong with the form.
Text why_not_opened(const Refusal& refusal);

/// Adds to the decision that ended the request what could not be opened and why, and tells whom its definition names.
/// `title` is the business's; its key where nobody knows it.
void tell_not_opened(Decision& ended, const ToOpen& what, const Text& title, const Refusal& refusal, Instant now);

/// The keys of the businesses that it opens, waits for, or offers in its rows, each once.
std::set<std::string> businesses_named(const Definition& of);

/// What of their openings, and of what their rows offer, does not fit the definitions at hand, of each key and variant
/// the newest: a business that does not exist or is retired, one about several students, another role than opens it, a
/// field that it does not have or that does not take the value; an offer of what only the system opens; of those that
/// are waited for also a named outcome with which none of its files ends, one that comes to wait for this one, more in
/// a row than may wait, and one whose end opens what this one's lock refuses. `of` is the one asked about.
std::vector<Fault> unfit_openings(const Definition& of, std::span<const Definition* const> all);

}  // namespace xueji
