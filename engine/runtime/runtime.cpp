#include "engine/runtime/runtime.hpp"

#include <future>
#include <thread>

#include "engine/runtime/batch_committer.hpp"
#include "engine/runtime/command_queue.hpp"
#include "engine/runtime/runtime_refusals.hpp"

namespace xueji {

struct Runtime::Committer {
  Committer(Store& store, const Clock& clock, Directory& directory, EventSink& events, RuntimeOptions given)
      : options(std::move(given)),
        queue(options.queue_max, options.batch_max),
        batches(store, clock, directory, events, queue, options, figures),
        thread([this] { run(); }) {}

  void run() {
    for (auto batch = queue.take(); !batch.empty(); batch = queue.take()) {
      figures.queue -= batch.size();
      batches.process(batch);
    }
  }

  const RuntimeOptions options;
  RuntimeFigures figures;
  CommandQueue queue;
  BatchCommitter batches;
  std::mutex stopping;
  std::thread thread;
};

Runtime::Runtime(Store& store, const Clock& clock, Directory& directory, EventSink& events, RuntimeOptions options)
    : committer_(std::make_unique<Committer>(store, clock, directory, events, std::move(options))) {}

Runtime::~Runtime() { stop(); }

void Runtime::submit(Command command, Completion completion) {
  QueuedCommand queued{std::move(command), std::move(completion)};
  RuntimeFigures& figures = committer_->figures;
  ++figures.queue;
  const auto taken = committer_->queue.add(queued);
  if (taken == CommandQueue::Taken::queued) {
    ++figures.submitted;
    return;
  }
  --figures.queue;
  if (taken == CommandQueue::Taken::key_under_way) {
    ++figures.refused;
    return queued.completion(key_in_progress());
  }
  ++figures.busy;
  queued.completion(taken == CommandQueue::Taken::full ? pipeline_full() : pipeline_stopping());
}

CommandResult Runtime::execute(Command command) {
  const auto promise = std::make_shared<std::promise<CommandResult>>();  // may outlive this call by a moment
  auto future = promise->get_future();
  submit(std::move(command), [promise](CommandResult result) { promise->set_value(std::move(result)); });
  return future.get();
}

void Runtime::stop() {
  committer_->queue.stop();
  std::lock_guard lock(committer_->stopping);
  if (committer_->thread.joinable()) committer_->thread.join();
}

const RuntimeFigures& Runtime::figures() const { return committer_->figures; }

}  // namespace xueji
