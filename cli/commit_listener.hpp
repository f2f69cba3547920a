// Who hears of each commit: the hub for the browsers, the watch over who can decide, and the machine room when
// something entered a check state.
#pragma once
#include <algorithm>
#include <atomic>

#include "engine/ports/event_sink.hpp"
#include "engine/runtime/directory.hpp"
#include "engine/runtime/machine_room.hpp"
#include "engine/runtime/staffing_watch.hpp"

namespace xueji {

/// Called on the committer's thread. Machine room and watch are made after the runtime, so they are named later.
class CommitListener : public EventSink {
 public:
  CommitListener(EventSink& browsers, const Directory& directory) : browsers_(browsers), directory_(directory) {}
  void set_machine_room(MachineRoom* machine_room) { machine_room_ = machine_room; }
  void set_staffing_watch(StaffingWatch* watch) { staffing_watch_ = watch; }

  void committed(std::span<const OutboxRow> rows) override {
    browsers_.committed(rows);
    if (StaffingWatch* watch = staffing_watch_) watch->committed(rows);
    MachineRoom* machine_room = machine_room_;
    if (machine_room && std::any_of(rows.begin(), rows.end(), [this](const OutboxRow& row) { return asks(row); }))
      machine_room->wake();
  }

 private:
  bool asks(const OutboxRow& row) const {
    const auto definition = directory_.catalog()->find(row.definition);
    const State* state = definition ? definition->state(row.state) : nullptr;
    return state && state->kind == StateKind::check;
  }

  EventSink& browsers_;
  const Directory& directory_;
  std::atomic<MachineRoom*> machine_room_{nullptr};
  std::atomic<StaffingWatch*> staffing_watch_{nullptr};
};

}  // namespace xueji
