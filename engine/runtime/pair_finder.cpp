#include "engine/runtime/pair_finder.hpp"

#include <utility>

#include "engine/machine/pairs.hpp"

namespace xueji {

PairFinder::PairFinder(Store& store, Directory& directory, Runtime& runtime)
    : store_(store), directory_(directory), runtime_(runtime) {}

void PairFinder::look(std::size_t page) {
  const auto catalog = directory_.catalog();
  const auto businesses = catalog->opened_on_pairs();
  if (businesses.empty() || !begin_look()) return;
  const auto offices = directory_.offices();
  MarkedTwins found = store_.marked_twins(page);
  marks_ = std::move(found.marks);
  for (const Twins& twins : found.twins)
    for (const Catalog::Entry* business : businesses)
      if (is_pair(*business->definition, *offices, twins.first, twins.second)) open(business->definition->key, twins);
}

/// False while what was found last is not dealt with.
bool PairFinder::begin_look() {
  {
    std::lock_guard lock(mutex_);
    if (under_way_ > 0) return false;
    if (std::exchange(again_, false)) return true;
  }
  if (!marks_.empty()) store_.remove_marks(std::exchange(marks_, {}));
  return true;
}

void PairFinder::open(const std::string& workflow, const Twins& twins) {
  {
    std::lock_guard lock(mutex_);
    ++under_way_;
  }
  runtime_.submit({OpenPair{workflow, twins.first.id, twins.second.id}, {}, {}, {}},
                  [this](const CommandResult& result) { close(result); });
}

/// What is busy or stale is found again; what is refused for another reason would be refused again.
void PairFinder::close(const CommandResult& result) {
  const auto* refusal = std::get_if<Refusal>(&result);
  std::lock_guard lock(mutex_);
  if (refusal && (refusal->kind == RefusalKind::busy || refusal->kind == RefusalKind::stale)) again_ = true;
  --under_way_;
  idle_.notify_all();
}

void PairFinder::wait_until_idle() {
  std::unique_lock lock(mutex_);
  idle_.wait(lock, [this] { return under_way_ == 0; });
}

}  // namespace xueji
