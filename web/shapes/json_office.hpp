// The shapes Office, and the posts and holders that name one.
#pragma once
#include "engine/machine/request.hpp"
#include "engine/ports/queries.hpp"
#include "web/shapes/rendering.hpp"

namespace xueji::web {

void write_office(JsonWriter& json, const Office& office);
/// The members of an Office into an open object.
void write_office_members(JsonWriter& json, const Office& office);
/// `null` for an office that the tree does not know.
void write_office(JsonWriter& json, OfficeId office, const Rendering& rendering);
/// `{id, name}`.
void write_school(JsonWriter& json, OfficeId school, const Rendering& rendering);
/// `{office, role}`.
void write_post(JsonWriter& json, const Holder& holder, const Rendering& rendering);
void write_post_or_null(JsonWriter& json, const std::optional<Holder>& holder, const Rendering& rendering);
/// The members `due` and `dueInWorkingDays` into an open object.
void write_due(JsonWriter& json, const std::optional<Instant>& due, const Rendering& rendering);
/// The members `claimedBy` and `claimedByName` into an open object; `null` for nobody.
void write_claimer(JsonWriter& json, const Claimer& claimer);
/// The holders of a request as it stands, of all branches; none once it has ended.
void write_holders(JsonWriter& json, const Request& request, const std::vector<Claimer>& claimers,
                   const Rendering& rendering);

}  // namespace xueji::web
