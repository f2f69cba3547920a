// Which file of a business is taken where it is opened: the national one, or a province's variant.
//
// A variant fits where all that it says under `applies` holds: the office at its place stands in one of its provinces
// and is a school that teaches one of its stages (that of the pupil, where it teaches the pupil's), and the lowest
// office above both schools stands within its level. Of those that fit the narrowest is taken. A variant is narrower
// than another of the same place where nothing that it says lets through more and something lets through less: fewer
// provinces, a lower `within`, fewer stages. What is left out lets everything through, so provinces, `within` and
// stages go before provinces and stages, and these before provinces alone. Where none fits it is the national file. A
// retired variant fits nowhere.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "engine/authority/caller.hpp"
#include "engine/machine/places.hpp"
#include "engine/registry/calendar.hpp"

namespace xueji {

/// Whom a request would be about.
struct OpenedAbout {
  // NOLINTBEGIN(google-explicit-constructor): mostly it is a pupil.
  OpenedAbout(const Student& pupil) : school(pupil.school), grade(pupil.grade) {}
  OpenedAbout(OfficeId of_school) : school(of_school) {}
  // NOLINTEND(google-explicit-constructor)
  OfficeId school;
  std::string grade{};  ///< of one pupil; empty where it is not known

  /// Where the pupil's school and grade say it.
  std::optional<Stage> stage(const OfficeTree& offices) const;
};

/// Whether both schools stand within the level that is asked for; any do where none is.
bool is_within(const Applies& applies, const Places& places, const OfficeTree& offices);
bool fits(const Applies& applies, const Places& places, const OfficeTree& offices, std::optional<Stage> of_pupil = {});
/// Whether whatever fits the one fits the other, too.
bool lets_through_no_more(const Applies& one, const Applies& other);

/// Whether the variant, retired or not, could fit some request that one of the caller's posts opens; true for a
/// national file.
bool may_ever_fit(const Definition& definition, const Caller& caller, const OfficeTree& offices, Instant now);

/// The one that the caller opens about them, of the newest versions of one business; null where
/// none fits and there is no national file.
const Definition* definition_to_open(std::span<const Definition* const> newest, const Caller& caller,
                                     const OpenedAbout& whom, const OfficeTree& offices, Instant now);

/// Files of one business that cannot stand beside each other, each pair once: variants that can fit the same offices
/// while neither is narrower, told of the later one; and a variant that is opened otherwise than the national file, by
/// any school or not, or at another place. Of several versions of a file only the newest is asked.
std::vector<Fault> clashes_of(std::span<const Definition* const> definitions);
/// The same for the pairs of this one with the others.
std::vector<Fault> clashes_beside(const Definition& definition, std::span<const Definition* const> others);

/// That the other file has the same version of the same file.
Fault same_version_twice(const Definition& definition, const std::string& other_file);

/// The variants in use that could be begun on a day on which the national file of their business can't, each told with
/// such a day and the day on which the national window opens (FAQ 9). Of several versions only the newest is asked.
std::vector<Fault> variants_beyond_the_window(std::span<const Definition* const> definitions, const Calendar& calendar);

}  // namespace xueji
