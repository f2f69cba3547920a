// What resources write into the audit trail.
#pragma once
#include <string_view>

#include "web/server/route.hpp"

namespace xueji::web {

/// Done by the caller, to that account.
AuditLine line_about(const Context& context, const Exchange& exchange, AuditAction action, AccountId account);
/// The same about a post of that account.
AuditLine line_about(const Context& context, const Exchange& exchange, AuditAction action, const Post& post);
/// The caller was given the detail of a record with whole numbers. Throws StoreError when that can't be noted.
void note_look(Context& context, const Exchange& exchange, std::string_view kind, std::string_view id);
/// The caller takes a table of many records with it. Blocks; throws StoreError.
void note_export(Context& context, const Exchange& exchange, std::string_view what);

}  // namespace xueji::web
