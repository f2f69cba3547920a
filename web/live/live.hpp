// The live interface behind the WebSocket: who follows, what concerns them, in order and without loss.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/authority/caller.hpp"
#include "engine/ports/clock.hpp"
#include "engine/ports/event_sink.hpp"
#include "engine/runtime/directory.hpp"

namespace xueji::web {

/// One connection that follows. Implemented by the WebSocket session; the hub calls it from the committer's thread or
/// an I/O thread, so both must only push and wake.
class Follower {
 public:
  virtual ~Follower() = default;
  /// One frame, ready to send. Shared by all followers that it concerns.
  virtual void deliver(std::shared_ptr<const std::string> frame) = 0;
  /// More of what came after its id is waiting: it calls Hub::resume() once all that was delivered is sent.
  virtual void pause() = 0;
  /// Closes with this code: 1001 server stops, 1008 session ended, 1013 too slow.
  virtual void close(int code, std::string_view reason) = 0;
};

struct HubOptions {
  std::size_t remembered = 65'536;  ///< history entries that can be resumed from without `resync`
  std::size_t page = 64;            ///< frames that a resuming follower is given before it must ask for more
};

struct HubFigures {
  std::atomic<std::uint64_t> followers{0}, frames{0}, resyncs{0}, too_slow{0};
};

/// Event ids are history id * 16 + position, as decimal text: they grow for every follower.
class Hub : public EventSink {
 public:
  Hub(Directory& directory, const Clock& clock, HubOptions options);
  ~Hub() override;
  /// Before serving: what may be resumed from, oldest first, so that a restart loses nothing.
  void remember(std::vector<OutboxRow> rows);
  void committed(std::span<const OutboxRow> rows) override;

  /// Registers, and delivers first what came after `after` (or a `resync`), then live; no gap and nothing twice between
  /// the two. Nothing is delivered for an `after` that is absent; one that is no event's id closes the follower (1008).
  void join(const std::shared_ptr<Follower>& follower, const Caller& caller, const std::string& session,
            std::optional<std::string> after);
  /// The next page for a follower that was told to pause; nothing for any other.
  void resume(const Follower* follower);
  void leave(const Follower* follower);
  /// Closes the followers of a session that ended (1008).
  void end_session(const std::string& session);
  void end_account(AccountId account);
  /// Of all followers, each once.
  std::vector<std::string> sessions() const;
  /// What the sessions are now, null for one that is valid no more: closes its followers, and those whose posts were
  /// others when they joined (1008). Followers of sessions that are not named stay.
  void refresh(const std::unordered_map<std::string, std::shared_ptr<const Caller>>& callers);
  /// Closes all (1001).
  void stop();
  /// HubOptions::page: a follower must be able to hold twice as many frames.
  std::size_t page() const;
  const HubFigures& figures() const;
  HubFigures& figures();

 private:
  struct Room;
  std::unique_ptr<Room> room_;
};

}  // namespace xueji::web
