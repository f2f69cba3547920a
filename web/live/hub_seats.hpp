// Who listens to the hub, and which of them a key might concern. Internal to it, and guarded by its lock.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "web/live/live.hpp"
#include "web/live/live_events.hpp"

namespace xueji::web {

struct Seat {
  std::shared_ptr<Follower> follower;
  Audience audience;
  std::string session;
  std::int64_t last = 0;  ///< id of the newest event it was given or does not concern it
  bool live = false;      ///< has caught up: hears what comes as it comes
};

/// Which seats a key might concern; concerns() decides.
template <class Key>
class SeatIndex {
 public:
  void add(const Key& key, Seat* seat) {
    auto& seats = seats_[key];
    if (seats.empty() || seats.back() != seat) seats.push_back(seat);
  }
  void remove(const Key& key, Seat* seat) {
    const auto found = seats_.find(key);
    if (found == seats_.end()) return;
    std::erase(found->second, seat);
    if (found->second.empty()) seats_.erase(found);
  }
  std::span<Seat* const> at(const Key& key) const {
    const auto found = seats_.find(key);
    return found == seats_.end() ? std::span<Seat* const>{} : found->second;
  }

 private:
  std::map<Key, std::vector<Seat*>> seats_;
};

}  // namespace xueji::web
