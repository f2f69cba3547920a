// Names that only one thread at a time may hold.
#pragma once
#include <condition_variable>
#include <mutex>
#include <set>
#include <string>

namespace xueji {

/// Safe from any thread. All names of a holder are taken at once, so that holders can't wait for each other in a ring.
class ExclusiveNames {
 public:
  class Held {
   public:
    Held(ExclusiveNames& all, std::set<std::string> names) : all_(all), names_(std::move(names)) { all_.take(names_); }
    ~Held() { all_.give_back(names_); }
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;

   private:
    ExclusiveNames& all_;
    const std::set<std::string> names_;
  };

 private:
  void take(const std::set<std::string>& names);
  void give_back(const std::set<std::string>& names);

  std::mutex mutex_;
  std::condition_variable given_back_;
  std::set<std::string> held_;
};

}  // namespace xueji
