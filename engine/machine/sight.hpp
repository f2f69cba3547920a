// What somebody sees of a request: the whole, or as much as there was of it when their part ended.
#pragma once
#include <optional>
#include <span>
#include <vector>

#include "engine/authority/caller.hpp"
#include "engine/authority/office.hpp"
#include "engine/machine/decide.hpp"

namespace xueji {

struct Sight {
  enum class Kind { nothing, part, whole };
  Kind kind = Kind::nothing;
  std::optional<PartEnd> until{};  ///< of a part: the latest end that lets the caller see it
};

/// Of an office's people, by that office and those that it stands above: the whole where one of them is in sight of it
/// (offices_in_sight()), else a part where the part of one has ended.
Sight sight_of(const Request& request, const Caller& caller, const OfficeTree& offices, Instant now);

/// The parts that have ended, but those of offices that see the whole all the same.
std::vector<PartEnd> parts_in_sight(const Request& request);

/// The request as it stood then, in nobody's hands. `pinned` is what its submission of that ordinal pinned.
Request as_it_stood(Request request, const PartEnd& until, const Submission& submission, const PinnedForm& pinned);

/// One of several students as it was then.
Subject as_it_stood(Subject subject, const PartEnd& until);

/// Ends the part of the school that is named now, where the decision brings the request back to the draft.
void end_part(const Situation& situation, Request& after);

/// Where a student of the request was when it was opened; `ordinal` is that of one of several, else 1.
OfficeId school_at_opening(const Request& request, int ordinal = 1);
/// Whether the record has gone to another school since, and out of the caller's sight: then they are told no more of it
/// than what it was when it went.
bool has_left_sight(const Student& student, OfficeId at_opening, const Caller& caller, const OfficeTree& offices,
                    Instant now);
/// Whether that is so of a record that the situation holds. Another school's draft never tells how it is now.
bool hides_record(const Situation& situation, const Caller& caller);

/// For whoever sees a part and asks for more.
Reason part_ended_reason(const PartEnd& until);

}  // namespace xueji
