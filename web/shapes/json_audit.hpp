// The shape AuditLine, and what its words are for people.
#pragma once
#include <string>

#include "engine/ports/audit_trail.hpp"
#include "web/shapes/rendering.hpp"

namespace xueji::web {

std::string title_of(AuditAction action, Language language);
/// The user name; in words where nobody was signed in.
std::string who_did(const AuditTrail::Row& row, Language language);
void write_audit_line(JsonWriter& json, const AuditTrail::Row& row, const Rendering& rendering);

}  // namespace xueji::web
