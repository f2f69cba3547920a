// Decides the commands of one batch in order, each on the state that the earlier ones left. No writing here.
#pragma once
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/runtime/runtime.hpp"

namespace xueji {

/// What every command of the batch is decided in.
struct BatchSurroundings {
  std::shared_ptr<const OfficeTree> offices;
  std::shared_ptr<const Calendar> calendar;
  std::shared_ptr<const Catalog> catalog;
  Instant now;
  std::function<void(std::string_view)> log;
};

struct DecidedBatch {
  std::vector<CommandResult> results;  ///< one for each command; true once `writes` are committed
  std::vector<Write> writes;           ///< in the order of the commands that made them
};

/// Loads what the commands refer to and decides them. A command whose decision throws is refused as `failed`, alone.
/// Throws StoreError from loading.
DecidedBatch decide_batch(WriteTransaction& transaction, std::span<const Command* const> commands,
                          const BatchSurroundings& surroundings);

}  // namespace xueji
