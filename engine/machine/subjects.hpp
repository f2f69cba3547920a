// Several students in one request: who they are, who is set aside, and how the end is carried out on them in slices.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/machine/acts.hpp"
#include "engine/machine/form.hpp"
#include "engine/machine/movement.hpp"

namespace xueji {

/// On no more students than that the end is carried out with the act that leads there.
inline constexpr int carried_out_at_once = 200;
/// Of more, on so many in one transaction, so that others' acts beside it need not wait long.
inline constexpr int slice_of_subjects = 50;

/// The ordinals of a slice.
struct Slice {
  int first = 0, last = 0;
  bool holds(int ordinal) const { return ordinal >= first && ordinal <= last; }
};
/// The records of `situation.subjects`, by their order; all must be known.
std::vector<Student> students_of(const Situation& situation);

/// On whom a command may carry the end out; nothing while it may on nobody.
std::optional<Slice> next_slice(const Several& several);

/// Of the student whose record an entry of the history is about: of several the one, else the request's.
StudentId subject_of(const Request& request, const HistoryDraft& entry);

/// Who they were at the opening, SHA-256 in lower-case hex: ordinals, students, and why the machine set some aside.
/// Pinned with every submission, so that nobody is slipped in.
std::string digest_of_subjects(std::span<const Subject> subjects);

/// Those of `situation.subjects` that the request will be about, each with its ordinal; who is not eligible, or has
/// another open request, is set aside. Says so in the request too, whose form is filled in. At least one takes part, or
/// there is a fault.
std::vector<Subject> take_subjects(const Situation& situation, const Open& what, Request& request, FormFaults& faults);

/// By what is filled in for `where` the students were chosen or agreed to: it stays while the request lives.
void keep_what_chose(const Situation& situation, const Request& request, FormFaults& faults);

/// `situation.subjects` is the one that is named; 404 where it is none of the request's.
Verdict decide_set_aside(const Situation& situation, const Command& command, const Perform& what);

/// Carries the end in which the request stands out on `situation.subjects`, the next slice; whether it was the last.
bool carry_out_slice(Movement& movement, const Situation& situation);
/// The same by the machine, once a timer has come due. Nothing where the request has no end under way.
Verdict decide_slice(const Situation& situation);

}  // namespace xueji
