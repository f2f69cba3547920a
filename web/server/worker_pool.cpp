#include "web/server/worker_pool.hpp"

#include <spdlog/spdlog.h>

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

namespace xueji::web {

struct WorkerPool::Impl {
  explicit Impl(std::size_t max) : queue_max(max) {}

  void work() {
    std::unique_lock lock(mutex);
    while (true) {
      wake.wait(lock, [&] { return stopping || waiting > 0; });
      if (waiting == 0) return;
      auto job = next();
      lock.unlock();
      run(std::move(job));
      lock.lock();
    }
  }

  /// With the lock held, and something waiting.
  std::function<void()> next() {
    const std::string name = std::move(turns.front());
    turns.pop_front();
    const auto found = jobs.find(name);
    auto job = std::move(found->second.front());
    found->second.pop_front();
    --waiting;
    if (found->second.empty())
      jobs.erase(found);
    else
      turns.push_back(name);
    return job;
  }

  bool is_full(const std::string& name) const {
    if (waiting >= queue_max) return true;
    const auto found = jobs.find(name);
    return !name.empty() && found != jobs.end() && found->second.size() >= std::max<std::size_t>(queue_max / 4, 1);
  }

  static void run(std::function<void()> job) {
    try {
      job();
    } catch (const std::exception& error) {
      spdlog::error("a job of the worker pool failed: {}", typeid(error).name());
    }
  }

  const std::size_t queue_max;
  mutable std::mutex mutex;
  std::condition_variable wake;
  std::unordered_map<std::string, std::deque<std::function<void()>>> jobs;  ///< by name, none empty
  std::deque<std::string> turns;                                            ///< the names that have any
  std::size_t waiting = 0;
  bool stopping = false;
  std::vector<std::thread> threads;
};

WorkerPool::WorkerPool(unsigned threads, std::size_t queue_max) : impl_(std::make_unique<Impl>(queue_max)) {
  for (unsigned i = 0; i < std::max(threads, 1u); ++i)
    impl_->threads.emplace_back([impl = impl_.get()] { impl->work(); });
}

WorkerPool::~WorkerPool() { stop(); }

bool WorkerPool::post(std::function<void()> job, const std::string& name) {
  {
    const std::lock_guard lock(impl_->mutex);
    if (impl_->stopping || impl_->is_full(name)) return false;
    auto& same = impl_->jobs[name];
    if (same.empty()) impl_->turns.push_back(name);
    same.push_back(std::move(job));
    ++impl_->waiting;
  }
  impl_->wake.notify_one();
  return true;
}

void WorkerPool::stop() {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->stopping = true;
  }
  impl_->wake.notify_all();
  for (auto& thread : impl_->threads)
    if (thread.joinable()) thread.join();
}

std::size_t WorkerPool::waiting() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->waiting;
}

}  // namespace xueji::web
