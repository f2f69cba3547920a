// A pair for the store's contract: a request about two records that may be one student's.
#pragma once
#include "tests/contract/store/several.hpp"

namespace xueji::store_test {

/// Adds records of that name and birth date, without an ID number, each with one L number.
void add_twins(Registry& registry, const std::vector<StudentId>& ids, const std::string& name, OfficeId at = school);

/// Opens a request about the two; those of `unlocked` have other business.
Write opening_pair(RequestId id, DefinitionId definition, const Student& first, const Student& second,
                   const std::vector<StudentId>& unlocked = {}, Instant when = at(0));
/// Opens it and commits it.
Request open_pair(Registry& registry, StudentId first, StudentId second, const std::vector<StudentId>& unlocked = {},
                  Instant when = at(0));

/// It ends: `goes_on` has all numbers, the other is merged.
Write merging_pair(const Request& before, const Student& goes_on, const Student& ends, Instant when);
/// Opens and merges the two.
Request merge(Registry& registry, StudentId goes_on, StudentId ends, Instant when = at(0));

}  // namespace xueji::store_test
