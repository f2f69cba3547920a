// Marks of records whose twins are looked for, and the twins: other records of the very same name and birth date.
#pragma once
#include <span>
#include <vector>

#include "adapters/sql/schema_steps.hpp"
#include "adapters/sql/session.hpp"
#include "engine/ports/store.hpp"

namespace xueji::sql {

/// Marks each of them, whether it has a twin or not.
void mark_for_twins(Session& session, std::span<const StudentId> students);
/// Marks those of the records from `first` to `last` that have a twin anywhere.
void mark_twins_among(Session& session, StudentId first, StudentId last);
/// The same for all records that are there.
SlicedWork fill_twin_marks();

MarkedTwins load_marked_twins(Session& session, std::size_t limit);
void delete_marks(Session& session, std::span<const std::int64_t> marks);

}  // namespace xueji::sql
