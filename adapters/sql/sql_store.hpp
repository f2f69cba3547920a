#pragma once
#include "adapters/sql/connections.hpp"
#include "engine/ports/store.hpp"

namespace xueji::sql {

/// The command side.
class SqlStore final : public Store {
 public:
  explicit SqlStore(Connections& connections) : connections_(connections) {}
  std::unique_ptr<WriteTransaction> begin() override;
  std::vector<DueTask> due_tasks(Instant now, std::size_t limit) override;
  std::optional<Instant> next_timer() override;
  std::vector<PendingUntil> due_acts(Instant now, std::size_t limit) override;
  MarkedTwins marked_twins(std::size_t limit) override;
  void remove_marks(std::span<const std::int64_t> marks) override;

 private:
  Connections& connections_;
};

}  // namespace xueji::sql
