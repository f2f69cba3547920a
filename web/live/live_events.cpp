#include "web/live/live_events.hpp"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace xueji::web {

namespace json = boost::json;

namespace {

json::string text(std::string_view value) { return json::string{value.data(), value.size()}; }

std::string_view type_of(LiveEventKind kind) {
  switch (kind) {
    case LiveEventKind::task_removed:
      return "task.removed";
    case LiveEventKind::task_changed:
      return "task.changed";
    case LiveEventKind::task_added:
      return "task.added";
    case LiveEventKind::request_changed:
      return "request.changed";
    case LiveEventKind::notification_added:
      return "notification.added";
    case LiveEventKind::resync:
      break;
  }
  return "resync";
}

json::object envelope(std::int64_t id, LiveEventKind kind, Instant at) {
  return {{"specversion", "1.0"},
          {"id", std::to_string(id)},
          {"source", "/xueji"},
          {"type", text(type_of(kind))},
          {"time", to_rfc3339(at)}};
}

json::object data_of(const LiveEvent& event, const OutboxRow& row, std::string_view workflow) {
  switch (event.kind) {
    case LiveEventKind::task_removed:
    case LiveEventKind::task_changed:
    case LiveEventKind::task_added:
      return {{"task", to_string(event.task->id)},
              {"request", to_string(row.request)},
              {"workflow", text(workflow)},
              {"state", event.task->state},
              {"office", to_string(event.task->holder.office)},
              {"role", text(to_string(event.task->holder.role))}};
    case LiveEventKind::request_changed:
      return {{"request", to_string(row.request)}, {"version", row.version}, {"state", row.state}};
    case LiveEventKind::notification_added:
      return {{"notification", to_string(event.told->id)}, {"request", to_string(row.request)}};
    case LiveEventKind::resync:
      break;
  }
  return {};
}

bool same_queue(const Task& a, const Task& b) { return a.id == b.id && a.holder == b.holder; }

bool holds(const Audience& audience, const Holder& holder, Instant at) {
  return std::ranges::any_of(audience.posts, [&](const Post& post) {
    return post.office == holder.office && post.role == holder.role && post.in_force(at);
  });
}

bool is_at(const Audience& audience, OfficeId office, Instant at) {
  return std::ranges::any_of(audience.posts,
                             [&](const Post& post) { return post.office == office && post.in_force(at); });
}

bool request_concerns(const OutboxRow& row, const Audience& audience) {
  const auto holds_task = [&](const Task& task) { return holds(audience, task.holder, row.at); };
  return std::ranges::any_of(row.concerned, [&](OfficeId office) { return is_at(audience, office, row.at); }) ||
         std::ranges::any_of(row.before, holds_task) || std::ranges::any_of(row.after, holds_task);
}

}  // namespace

std::vector<LiveEvent> events_of(const OutboxRow& row) {
  std::vector<LiveEvent> events;
  const auto add = [&](LiveEventKind kind, const Task* task, const OutboxRow::Told* told) {
    events.push_back({kind, 0, task, told});
  };
  const auto find = [](const std::vector<Task>& tasks, const Task& task) {
    return std::ranges::any_of(tasks, [&](const Task& other) { return same_queue(other, task); });
  };
  for (const auto& task : row.before)
    if (!find(row.after, task)) add(LiveEventKind::task_removed, &task, nullptr);
  for (const auto& task : row.after)
    add(find(row.before, task) ? LiveEventKind::task_changed : LiveEventKind::task_added, &task, nullptr);
  if (!row.concerned.empty() || !events.empty()) add(LiveEventKind::request_changed, nullptr, nullptr);
  for (const auto& told : row.told) add(LiveEventKind::notification_added, nullptr, &told);

  std::int64_t position = 0;
  for (auto& event : events) {
    if (position >= positions_max - 1 && std::ssize(events) > positions_max) event.kind = LiveEventKind::resync;
    event.id = row.id.value * positions_max + std::min(position++, positions_max - 1);
  }
  return events;
}

bool concerns(const LiveEvent& event, const OutboxRow& row, const Audience& audience) {
  if (event.task) return holds(audience, event.task->holder, row.at);
  if (!event.told) return request_concerns(row, audience);
  if (event.told->account && event.told->account == audience.account) return true;
  return event.told->holder && holds(audience, *event.told->holder, row.at);
}

std::string frame_of(const LiveEvent& event, const OutboxRow& row, std::string_view workflow) {
  auto frame = envelope(event.id, event.kind, row.at);
  frame["subject"] = "requests/" + to_string(row.request);
  frame["data"] = data_of(event, row, workflow);
  return json::serialize(frame);
}

std::string resync_frame(std::int64_t id, Instant at) {
  auto frame = envelope(id, LiveEventKind::resync, at);
  frame["data"] = json::object{};
  return json::serialize(frame);
}

}  // namespace xueji::web
