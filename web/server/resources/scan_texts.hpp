// What is said of a scan, to the person who uploads it and to the one who looks at it.
#pragma once
#include "engine/ports/evidence_store.hpp"
#include "web/json/problem.hpp"
#include "web/server/application.hpp"

namespace xueji::web {

/// Of any fault but `none`: what it is and what to do about it.
Problem unreadable(ScanFault fault, const ScanLimits& limits);
/// Of any fault but `none` and `unreadable`.
Problem not_taken(EvidenceStore::Fault fault, const ScanLimits& limits);

/// `warnings: [{code, page, message}]` into the open object.
void write_warnings(JsonWriter& json, const ScanFacts& facts, Language language);

}  // namespace xueji::web
