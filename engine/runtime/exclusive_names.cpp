#include "engine/runtime/exclusive_names.hpp"

#include <algorithm>

namespace xueji {

void ExclusiveNames::take(const std::set<std::string>& names) {
  std::unique_lock lock(mutex_);
  given_back_.wait(lock, [&] {
    return std::none_of(names.begin(), names.end(), [&](const std::string& name) { return held_.contains(name); });
  });
  held_.insert(names.begin(), names.end());
}

void ExclusiveNames::give_back(const std::set<std::string>& names) {
  std::lock_guard lock(mutex_);
  for (const std::string& name : names) held_.erase(name);
  given_back_.notify_all();
}

}  // namespace xueji
