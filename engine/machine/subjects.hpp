// Several students in one request: who they are, who is set aside, and how the end is carried out on them in slices.
#pragma once
#include <span>
#include <string>

#include "engine/machine/acts.hpp"

namespace xueji {

/// On so many of them the end is carried out in one transaction, so that others' acts beside it need not wait long.
inline constexpr int slice_of_subjects = 200;

/// Of the student whose record an entry of the history is about: of several the one, else the request's.
StudentId subject_of(const Request& request, const HistoryDraft& entry);

/// Who they were at the opening, SHA-256 in lower-case hex: ordinals, students, and why the machine set some aside.
/// Pinned with every submission, so that nobody is slipped in.
std::string digest_of_subjects(std::span<const Subject> subjects);

/// Open about several: `situation.subjects` are those that were named or chosen.
Verdict decide_open_several(const Situation& situation, const Command& command, const Open& what);
/// `situation.subjects` is the one that is named.
Verdict decide_set_aside(const Situation& situation, const Command& command, const Perform& what);
/// Carries the end out on `situation.subjects`, the next slice. Nothing where the request is not about to.
Verdict decide_slice(const Situation& situation);

}  // namespace xueji
