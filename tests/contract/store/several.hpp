// A batch for the store's contract: a request about several students.
#pragma once
#include "tests/contract/store/fixture.hpp"

namespace xueji::store_test {

/// Adds students of `school` with the ids `first` to `last`.
void add_students(Registry& registry, std::int64_t first, std::int64_t last);

/// Opens a request of `school` about the students, whom it locks; those of `ruled_out` are set aside by the machine.
Write opening_several(RequestId id, DefinitionId definition, const std::vector<StudentId>& students,
                      const std::vector<StudentId>& ruled_out = {}, Instant when = at(0));
/// Opens it and commits it.
Request open_several(Registry& registry, const std::vector<StudentId>& students,
                     const std::vector<StudentId>& ruled_out = {});

/// The head sets one of them aside.
Write setting_aside(const Request& before, int ordinal, StudentId student, Instant when);
/// The end is decided, and from now on carried out.
Write beginning_to_end(const Request& before, Instant when);
/// Gives the students of the next slice another class, and ends where it is the last.
Write slice(const Request& before, const std::vector<Subject>& subjects, bool last, Instant when);

std::vector<StudentId> students_of(std::int64_t first, std::int64_t last);

}  // namespace xueji::store_test
