#include "engine/runtime/due_work.hpp"

#include <algorithm>

namespace xueji {
namespace {

constexpr std::uint64_t looks_rested_max = 1024;

}  // namespace

void DueWork::begin_look() {
  std::lock_guard lock(mutex_);
  finished_.clear();
  ++look_;
}

bool DueWork::start(RequestId request) {
  std::lock_guard lock(mutex_);
  const auto rest = resting_.find(request);
  if (rest != resting_.end() && look_ < rest->second.until_look) return false;
  return !stopped_ && !finished_.contains(request) && under_way_.insert(request).second;
}

void DueWork::finish(RequestId request) {
  std::lock_guard lock(mutex_);
  under_way_.erase(request);
  finished_.insert(request);
  resting_.erase(request);
  changed_.notify_all();
}

void DueWork::put_off(RequestId request) {
  std::lock_guard lock(mutex_);
  under_way_.erase(request);
  finished_.insert(request);
  Rest& rest = resting_[request];
  rest.looks = std::min(rest.looks * 2, looks_rested_max);
  rest.until_look = look_ + rest.looks;
  changed_.notify_all();
}

void DueWork::keep_resting(const std::unordered_set<RequestId>& due) {
  std::lock_guard lock(mutex_);
  std::erase_if(resting_, [&](const auto& each) { return !due.contains(each.first); });
}

std::size_t DueWork::put_off() const {
  std::lock_guard lock(mutex_);
  return resting_.size();
}

void DueWork::add_check(DueTask task) {
  std::lock_guard lock(mutex_);
  if (stopped_)
    under_way_.erase(task.request.id);
  else
    checks_.push_back(std::move(task));
  changed_.notify_all();
}

std::optional<DueTask> DueWork::next_check() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return stopped_ || !checks_.empty(); });
  if (stopped_) return std::nullopt;
  DueTask task = std::move(checks_.front());
  checks_.pop_front();
  return task;
}

bool DueWork::is_under_way(RequestId request) const {
  std::lock_guard lock(mutex_);
  return under_way_.contains(request);
}

std::size_t DueWork::under_way() const {
  std::lock_guard lock(mutex_);
  return under_way_.size();
}

void DueWork::stop() {
  std::lock_guard lock(mutex_);
  stopped_ = true;
  for (const DueTask& task : checks_) under_way_.erase(task.request.id);
  checks_.clear();
  changed_.notify_all();
}

void DueWork::wait_until_idle() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return under_way_.empty(); });
}

}  // namespace xueji
