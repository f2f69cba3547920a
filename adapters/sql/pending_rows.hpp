// Acts that are pending, as rows.
#pragma once
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "adapters/sql/session.hpp"
#include "engine/ports/queries.hpp"

namespace xueji::sql {

/// How long the key of an act that could be undone is known, and what became of it told to browsers that resume.
inline constexpr std::chrono::days undo_remembered{30};

/// Those that the requests have, in no order.
std::vector<PendingAct> load_pending(Session& session, std::span<const RequestId> requests);
/// The same for people.
std::unordered_map<RequestId, PendingRow> load_pending_rows(Session& session, std::span<const RequestId> requests);

/// What was asked for, but for the action, as one JSON text in its row.
std::string act_to_document(const Perform& act);

}  // namespace xueji::sql
