// The machine's own work: timers (reminder, escalation, expiry), the checks of check states, acts that nobody has
// undone in time, records that may be one student's, and what ends when a window closes, found as rows of the store, so
// that a crash loses nothing: the next start finds them and goes on.
#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

#include "engine/ports/central_registry.hpp"
#include "engine/ports/queries.hpp"
#include "engine/runtime/runtime.hpp"

namespace xueji {

struct MachineRoomOptions {
  std::chrono::milliseconds poll{200};        ///< how long a due timer or act may wait to be seen
  unsigned check_threads = 4;                 ///< checks under way at once
  std::size_t page = 256;                     ///< new due rows taken at one look
  std::function<void(std::string_view)> log;  ///< what an operator should hear of; ids only, never personal data
};

struct MachineRoomFigures {
  std::atomic<std::uint64_t> checks{0}, unavailable{0}, timers{0}, acts{0}, failed{0};
  std::atomic<std::uint64_t> under_way{0};
};

class MachineRoom {
 public:
  MachineRoom(Store& store, Queries& queries, CentralRegistry& central, const Clock& clock, Directory& directory,
              Runtime& runtime, MachineRoomOptions options);
  /// Waits for checks under way, which are asked again after a restart if their answer was not committed.
  ~MachineRoom();
  void stop();
  /// Looks at once instead of at the next poll; for "something entered a check state".
  void wake();
  /// Whether the request's checks are being asked here, or are about to be.
  bool is_under_way(RequestId request) const;
  const MachineRoomFigures& figures() const;

 private:
  struct Rooms;
  std::unique_ptr<Rooms> rooms_;
};

}  // namespace xueji
