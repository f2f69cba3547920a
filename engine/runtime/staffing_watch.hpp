// Notices tasks that nobody at their post can decide, whatever made them so: an act, an account that was shut out, a
// post that was taken or has run out, here, by another server or by the command line; and has the machine name who
// stands in. At the start it looks at every open request.
#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

#include "engine/ports/accounts.hpp"
#include "engine/ports/event_sink.hpp"
#include "engine/runtime/runtime.hpp"

namespace xueji {

struct StaffingWatchOptions {
  std::chrono::milliseconds poll{500};        ///< between two looks
  std::size_t page = 256;                     ///< requests looked at together
  std::size_t pending_max = 100'000;          ///< requests to be looked at; above it everything is looked at anew
  std::function<void(std::string_view)> log;  ///< what an operator should hear of; ids only, never personal data
};

struct StaffingFigures {
  std::atomic<std::uint64_t> undecidable{0};  ///< marked tasks of the database, as of the last look
  std::atomic<std::uint64_t> taken_over{0};   ///< marks given or taken away by this server
};

class StaffingWatch : public EventSink {
 public:
  /// Starts its thread.
  StaffingWatch(Queries& queries, Accounts& accounts, const Clock& clock, Directory& directory, Runtime& runtime,
                StaffingWatchOptions options);
  ~StaffingWatch() override;
  /// Only remembers which requests to look at.
  void committed(std::span<const OutboxRow> rows) override;
  /// Waits for the look under way; to be called before the runtime stops.
  void stop();
  const StaffingFigures& figures() const;

 private:
  struct Watch;
  std::unique_ptr<Watch> watch_;
};

}  // namespace xueji
