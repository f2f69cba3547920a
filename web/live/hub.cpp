#include <algorithm>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <unordered_map>

#include "web/live/hub_seats.hpp"
#include "web/live/live.hpp"
#include "web/live/live_events.hpp"

namespace xueji::web {

namespace {

constexpr int policy_violation = 1008;
constexpr int going_away = 1001;
constexpr std::string_view session_ended = "the session has ended";
constexpr std::size_t rows_looked_at_max = 4096;  ///< in one page, so that others are not kept waiting

}  // namespace

/// The committer only puts rows into the inbox; one thread takes them from there to the ring and to the seats, row by
/// row under one lock, so that who joins finds a row either in the ring or still to come.
struct Hub::Room {
  Room(Directory& from, const Clock& with, HubOptions how) : directory(from), clock(with), options(how) {}

  void work() {
    std::vector<OutboxRow> rows;
    while (true) {
      {
        std::unique_lock lock(inbox_mutex);
        inbox_filled.wait(lock, [&] { return ended || !inbox.empty(); });
        if (ended) return;
        rows.swap(inbox);
      }
      for (auto& row : rows) {
        const std::lock_guard lock(mutex);
        publish(remember(std::move(row)));
      }
      rows.clear();
    }
  }

  const OutboxRow& remember(OutboxRow row) {
    if (ring.empty()) complete_after = std::max(complete_after, last_event_id(HistoryId{row.id.value - 1}));
    newest = last_event_id(row.id);
    ring.push_back(std::move(row));
    if (ring.size() > std::max<std::size_t>(options.remembered, 1)) {
      complete_after = last_event_id(ring.front().id);
      ring.pop_front();
    }
    return ring.back();
  }

  std::string workflow_of(const OutboxRow& row) const {
    const auto definition = directory.catalog()->find(row.definition);
    return definition ? definition->key : std::string{};
  }

  void publish(const OutboxRow& row) {
    for (const auto& event : events_of(row)) {
      std::shared_ptr<const std::string> frame;
      const auto offer = [&](std::span<Seat* const> candidates) {
        for (auto* seat : candidates) {
          if (!seat->live || seat->last >= event.id || !concerns(event, row, seat->audience)) continue;
          if (!frame) frame = std::make_shared<const std::string>(frame_of(event, row, workflow_of(row)));
          give(*seat, event.id, frame);
        }
      };
      if (event.task) {
        offer(by_post.at(event.task->holder));
      } else if (event.told) {
        offer(by_account.at(event.told->account));
        if (event.told->holder) offer(by_post.at(*event.told->holder));
      } else {
        for (const auto office : row.concerned) offer(by_office.at(office));
        for (const auto& task : row.before) offer(by_post.at(task.holder));
        for (const auto& task : row.after) offer(by_post.at(task.holder));
      }
    }
  }

  void give(Seat& seat, std::int64_t id, std::shared_ptr<const std::string> frame) {
    seat.last = id;
    ++figures.frames;
    seat.follower->deliver(std::move(frame));
  }

  /// One page of what came after `seat.last`; live once nothing is left.
  void catch_up(Seat& seat) {
    if (seat.last < complete_after || seat.last > newest) {
      ++figures.resyncs;
      seat.live = true;
      give(seat, newest, std::make_shared<const std::string>(resync_frame(newest, clock.now())));
      return;
    }
    const HistoryId from{seat.last / positions_max};
    auto row = std::ranges::lower_bound(ring, from, {}, &OutboxRow::id);
    std::size_t given = 0;
    for (std::size_t looked = 0; row != ring.end(); ++row, ++looked) {
      if (looked == rows_looked_at_max) return seat.follower->pause();
      for (const auto& event : events_of(*row)) {
        if (event.id <= seat.last || !concerns(event, *row, seat.audience)) continue;
        if (given++ == options.page) return seat.follower->pause();
        give(seat, event.id, std::make_shared<const std::string>(frame_of(event, *row, workflow_of(*row))));
      }
      seat.last = std::max(seat.last, last_event_id(row->id));
    }
    seat.live = true;
  }

  void add(std::unique_ptr<Seat> seat) {
    by_account.add(seat->audience.account, seat.get());
    for (const auto& post : seat->audience.posts) {
      by_office.add(post.office, seat.get());
      by_post.add({post.office, post.role}, seat.get());
    }
    ++figures.followers;
    const auto* key = seat->follower.get();
    seats.emplace(key, std::move(seat));
  }

  void remove(const Follower* follower) {
    const auto found = seats.find(follower);
    if (found == seats.end()) return;
    auto* seat = found->second.get();
    by_account.remove(seat->audience.account, seat);
    for (const auto& post : seat->audience.posts) {
      by_office.remove(post.office, seat);
      by_post.remove({post.office, post.role}, seat);
    }
    seats.erase(found);
    --figures.followers;
  }

  template <class Which>
  void close_where(Which which, int code, std::string_view reason) {
    const std::lock_guard lock(mutex);
    for (const auto& [follower, seat] : seats)
      if (which(*seat)) seat->follower->close(code, reason);
  }

  Directory& directory;
  const Clock& clock;
  const HubOptions options;
  HubFigures figures;

  std::mutex inbox_mutex;
  std::condition_variable inbox_filled;
  std::vector<OutboxRow> inbox;
  bool ended = false;

  std::mutex mutex;  ///< for all below
  std::deque<OutboxRow> ring;
  std::int64_t complete_after = last_event_id({});  ///< every event with a higher id is in the ring
  std::int64_t newest = last_event_id({});
  bool stopped = false;
  std::unordered_map<const Follower*, std::unique_ptr<Seat>> seats;
  SeatIndex<AccountId> by_account;
  SeatIndex<OfficeId> by_office;
  SeatIndex<Holder> by_post;

  std::thread thread;
};

Hub::Hub(Directory& directory, const Clock& clock, HubOptions options)
    : room_(std::make_unique<Room>(directory, clock, options)) {
  room_->thread = std::thread([room = room_.get()] { room->work(); });
}

Hub::~Hub() {
  {
    const std::lock_guard lock(room_->inbox_mutex);
    room_->ended = true;
  }
  room_->inbox_filled.notify_one();
  room_->thread.join();
}

void Hub::remember(std::vector<OutboxRow> rows) {
  const std::lock_guard lock(room_->mutex);
  for (auto& row : rows) room_->remember(std::move(row));
}

void Hub::committed(std::span<const OutboxRow> rows) {
  {
    const std::lock_guard lock(room_->inbox_mutex);
    room_->inbox.insert(room_->inbox.end(), rows.begin(), rows.end());
  }
  room_->inbox_filled.notify_one();
}

void Hub::join(const std::shared_ptr<Follower>& follower, const Caller& caller, const std::string& session,
               std::optional<std::string> after) {
  const auto id = after ? parse_id<HistoryId>(*after) : std::nullopt;
  if (after && !id) return follower->close(policy_violation, "after is not an event's id");
  const std::lock_guard lock(room_->mutex);
  if (room_->stopped) return follower->close(going_away, "the server stops");
  auto seat = std::make_unique<Seat>(Seat{follower, {caller.account, caller.posts}, session, room_->newest, !after});
  auto& joined = *seat;
  room_->add(std::move(seat));
  if (!id) return;
  joined.last = id->value;
  room_->catch_up(joined);
}

void Hub::resume(const Follower* follower) {
  const std::lock_guard lock(room_->mutex);
  const auto found = room_->seats.find(follower);
  if (found != room_->seats.end() && !found->second->live) room_->catch_up(*found->second);
}

void Hub::leave(const Follower* follower) {
  const std::lock_guard lock(room_->mutex);
  room_->remove(follower);
}

void Hub::end_session(const std::string& session) {
  room_->close_where([&](const Seat& seat) { return seat.session == session; }, policy_violation, session_ended);
}

void Hub::end_account(AccountId account) {
  room_->close_where([&](const Seat& seat) { return seat.audience.account == account; }, policy_violation,
                     session_ended);
}

std::vector<std::string> Hub::sessions() const {
  std::set<std::string> names;
  const std::lock_guard lock(room_->mutex);
  for (const auto& [follower, seat] : room_->seats) names.insert(seat->session);
  return {names.begin(), names.end()};
}

void Hub::refresh(const std::unordered_map<std::string, std::shared_ptr<const Caller>>& callers) {
  const auto is_other = [&](const Seat& seat) {
    const auto now = callers.find(seat.session);
    return now != callers.end() && (!now->second || now->second->posts != seat.audience.posts);
  };
  room_->close_where(is_other, policy_violation, session_ended);
}

void Hub::stop() {
  {
    const std::lock_guard lock(room_->mutex);
    room_->stopped = true;
  }
  room_->close_where([](const Seat&) { return true; }, going_away, "the server stops");
}

std::size_t Hub::page() const { return room_->options.page; }

const HubFigures& Hub::figures() const { return room_->figures; }
HubFigures& Hub::figures() { return room_->figures; }

}  // namespace xueji::web
