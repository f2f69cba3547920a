#include "engine/runtime/closings.hpp"

#include <utility>

#include "engine/machine/closing.hpp"

namespace xueji {

Closings::Closings(Queries& queries, Directory& directory, Runtime& runtime)
    : queries_(queries), directory_(directory), runtime_(runtime) {}

void Closings::look(Instant now, std::size_t page) {
  if (is_under_way()) return;
  std::vector<RequestId> again;
  {
    std::lock_guard lock(mutex_);
    again = std::exchange(again_, {});
  }
  if (!again.empty()) return submit(again);
  if (!round_) round_ = next_round(now);
  if (!round_) return;
  const auto requests = queries_.open_requests_on(round_->definition, round_->after, page);
  if (requests.empty()) {
    done_[round_->definition] = round_->since;
    round_.reset();
    return;
  }
  round_->after = requests.back();
  submit(requests);
}

std::optional<Closings::Round> Closings::next_round(Instant now) const {
  const auto catalog = directory_.catalog();
  const auto calendar = directory_.calendar();
  for (const Catalog::Entry& entry : catalog->all()) {
    const auto since = closed_since(*entry.definition, *calendar, now);
    const auto done = done_.find(entry.id);
    if (since && (done == done_.end() || done->second != *since)) return Round{entry.id, *since};
  }
  return std::nullopt;
}

bool Closings::is_under_way() {
  std::lock_guard lock(mutex_);
  return under_way_ > 0;
}

void Closings::submit(const std::vector<RequestId>& requests) {
  {
    std::lock_guard lock(mutex_);
    under_way_ += requests.size();
  }
  for (const RequestId id : requests)
    runtime_.submit({CloseUnfinished{id}, {}, {}, {}}, [this, id](const CommandResult& result) { close(id, result); });
}

/// What is refused for another reason would be refused again.
void Closings::close(RequestId request, const CommandResult& result) {
  const auto* refusal = std::get_if<Refusal>(&result);
  std::lock_guard lock(mutex_);
  if (refusal && (refusal->kind == RefusalKind::busy || refusal->kind == RefusalKind::stale)) again_.push_back(request);
  --under_way_;
  idle_.notify_all();
}

void Closings::wait_until_idle() {
  std::unique_lock lock(mutex_);
  idle_.wait(lock, [this] { return under_way_ == 0; });
}

}  // namespace xueji
