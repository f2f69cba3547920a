// The shapes Office, and the posts and holders that name one.
#pragma once
#include "engine/machine/request.hpp"
#include "web/server/rendering.hpp"

namespace xueji::web {

void write_office(JsonWriter& json, const Office& office);
/// `null` for an office that the tree does not know.
void write_office(JsonWriter& json, OfficeId office, const Rendering& rendering);
/// `{id, name}`.
void write_school(JsonWriter& json, OfficeId school, const Rendering& rendering);
/// `{office, role}`.
void write_post(JsonWriter& json, const Holder& holder, const Rendering& rendering);
/// The holders of a request as it stands: `[{office, role, since, due, claimedBy}]`; none once it has ended.
void write_holders(JsonWriter& json, const Request& request, std::string_view claimed_by, const Rendering& rendering);

}  // namespace xueji::web
