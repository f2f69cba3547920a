// One of the two stores that are compared, with the real pipeline over it, run on the caller's thread.
#pragma once
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "adapters/sql/database.hpp"
#include "engine/ports/central_registry.hpp"
#include "engine/runtime/batch_committer.hpp"

namespace xueji::differential {

/// Stands still until it is set; both stores have the same.
class DrivenClock : public Clock {
 public:
  Instant now() const override { return instant; }
  Instant instant;
};

/// Where a store is, and how to reach it.
struct Location {
  std::string url;
  DatabaseOptions options;
};

struct NoCentral : CentralRegistry {
  /// Clear, suspect or unavailable, as the digits of the ID number decide.
  Finding compare_identity(const IdentityQuery& query) override;
};

class Twin {
 public:
  /// Pins the definitions of workflows/, and `more` of them as file name and text. The clock must outlive it.
  Twin(Location place, const DrivenClock& clock, std::vector<std::pair<std::string, std::string>> more = {});

  /// Runs the batch in one transaction; the results in its order.
  std::vector<CommandResult> run(std::vector<Command> batch);
  /// What a listener heard since the last call.
  std::vector<OutboxRow> take_events() { return std::exchange(sink_.rows, {}); }
  /// What the machine would answer to a request whose timer is due.
  Command answer(const DueTask& due);
  /// What the pipeline wrote into its log.
  const std::vector<std::string>& log() const { return log_; }

  const Location& place() const { return place_; }
  Database& database() { return *database_; }
  const Directory& directory() const { return *directory_; }

 private:
  struct Sink : EventSink {
    void committed(std::span<const OutboxRow> more) override { rows.insert(rows.end(), more.begin(), more.end()); }
    std::vector<OutboxRow> rows;
  };

  Location place_;
  const DrivenClock& clock_;
  std::vector<std::pair<std::string, std::string>> more_definitions_;
  NoCentral central_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<Directory> directory_;
  std::vector<std::string> log_;
  RuntimeOptions options_;
  RuntimeFigures figures_;
  CommandQueue queue_;
  Sink sink_;
  std::unique_ptr<BatchCommitter> committer_;
};

}  // namespace xueji::differential
