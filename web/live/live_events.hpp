// What a history entry means to those who follow: its events, whom each concerns, and its frame. Pure.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/authority/caller.hpp"
#include "engine/ports/queries.hpp"

namespace xueji::web {

enum class LiveEventKind { task_removed, task_changed, task_added, request_changed, notification_added, resync };

/// Positions within one entry. An entry with more events ends in a `resync` for those whom the rest concerns.
inline constexpr std::int64_t positions_max = 16;
constexpr std::int64_t last_event_id(HistoryId entry) { return entry.value * positions_max + positions_max - 1; }

/// Points into its row.
struct LiveEvent {
  LiveEventKind kind = LiveEventKind::resync;
  std::int64_t id = 0;
  const Task* task = nullptr;             ///< whose queue it is about
  const OutboxRow::Told* told = nullptr;  ///< who is told
};

/// Who follows, as far as it decides what concerns them.
struct Audience {
  AccountId account;
  std::vector<Post> posts;
};

/// In the order of their ids.
std::vector<LiveEvent> events_of(const OutboxRow& row);
/// By the posts in force when it happened, so that a live follower and one that resumes hear the same.
bool concerns(const LiveEvent& event, const OutboxRow& row, const Audience& audience);
/// CloudEvents 1.0 in JSON: ids and keys only.
std::string frame_of(const LiveEvent& event, const OutboxRow& row, std::string_view workflow);
std::string resync_frame(std::int64_t id, Instant at);

}  // namespace xueji::web
