#include "web/live/live_watch.hpp"

#include <spdlog/spdlog.h>

#include <typeinfo>

#include "engine/ports/store.hpp"

namespace xueji::web {

LiveWatch::LiveWatch(Hub& hub, Authentication& authentication, std::chrono::milliseconds pause)
    : hub_(hub), authentication_(authentication), pause_(pause), thread_([this] { run(); }) {}

LiveWatch::~LiveWatch() { stop(); }

void LiveWatch::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void LiveWatch::run() {
  std::unique_lock lock(mutex_);
  while (!woken_.wait_for(lock, pause_, [this] { return stopping_; })) {
    lock.unlock();
    try {
      look();
    } catch (const StoreError& error) {
      spdlog::warn("looking at the sessions of WebSockets failed: {}", error.what());
    } catch (const std::exception& error) {
      spdlog::error("looking at the sessions of WebSockets failed: {}", typeid(error).name());
    }
    lock.lock();
  }
}

void LiveWatch::look() {
  std::unordered_map<std::string, CallerPtr> callers;
  for (auto& session : hub_.sessions()) {
    auto caller = authentication_.caller_of(session);
    callers.emplace(std::move(session), std::move(caller));
  }
  hub_.refresh(callers);
}

}  // namespace xueji::web
