// Threads for work that blocks: database reads, files, password hashing.
#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace xueji::web {

class WorkerPool {
 public:
  /// `queue_max` jobs may wait; more are refused.
  WorkerPool(unsigned threads, std::size_t queue_max);
  ~WorkerPool();
  /// False when the queue is full or the pool has stopped; the job is then not run. A job's exception is logged, by
  /// type only.
  /// Jobs of different names take turns, those of one name come in their order; a name may have a quarter of the queue
  /// waiting, but for the empty one.
  bool post(std::function<void()> job, const std::string& name = {});
  /// Takes no more jobs, and returns when those that wait are done. Not to be called from a job.
  void stop();
  std::size_t waiting() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace xueji::web
