// From a decision to what is written with it, and from what was written to what the live interface is told.
#pragma once
#include <optional>
#include <vector>

#include "engine/ports/queries.hpp"
#include "engine/ports/store.hpp"

namespace xueji {

/// `decision.request.id` must be set. `before` is null for a request just opened.
Write write_of(Decision decision, const Request* before, const std::optional<IdempotencyKey>& key,
               const OfficeTree& offices, Instant now);

/// The tasks that people have: those of role `system` are left out.
std::vector<Task> tasks_of_people(const Request& request);

/// School, initiator's office, every office that decided or holds it, before or after; sorted, each once. Of those that
/// have lost sight of it none, but of what takes it from them.
std::vector<OfficeId> concerned_offices(const Request& request, const Request* before, const OfficeTree& offices);

/// The student with the decision's changes and lock.
Student student_after(Student student, const Decision& decision, Instant now);

/// What the live interface is told of the decision: one row under the number of its last history entry, none for a
/// decision without history; and one of what became of an act that could be undone. The store tells a browser that
/// resumes the same.
std::vector<OutboxRow> outbox_rows(const Write& write, const Written& written);

}  // namespace xueji
