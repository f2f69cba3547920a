// The shape Notification, and the sentence that it tells.
#pragma once
#include "engine/ports/queries.hpp"
#include "web/shapes/rendering.hpp"

namespace xueji::web {

/// `李雷的「关键信息变更」被退回，请更正：户口簿不清`.
Text notification_text(const NotificationRow& row, const Definition& definition);
void write_notification(JsonWriter& json, const NotificationRow& row, const Rendering& rendering);

}  // namespace xueji::web
