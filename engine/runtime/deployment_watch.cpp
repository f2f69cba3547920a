#include "engine/runtime/deployment_watch.hpp"

namespace xueji {

DeploymentWatch::DeploymentWatch(DefinitionStore& definitions, Directory& directory, CommitFollower& follower,
                                 std::chrono::milliseconds poll, Prove prove, Log log)
    : definitions_(definitions),
      directory_(directory),
      follower_(follower),
      poll_(poll),
      prove_(std::move(prove)),
      log_(std::move(log)) {
  thread_ = std::thread([this] { keep_looking(); });
}

DeploymentWatch::~DeploymentWatch() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stopped_.notify_all();
  thread_.join();
}

void DeploymentWatch::look() {
  const std::lock_guard lock(looking_);
  try {
    if (const DefinitionId newest = definitions_.newest_definition(); newest > newest_) {
      if (auto catalog = with_newer(*directory_.catalog(), definitions_)) {
        directory_.set_catalog(std::move(*catalog));
        if (log_) log_("a version was deployed and is known from now on");
      }
      newest_ = newest;
      follower_.catch_up();
      prove_what_is_new();
    }
    follower_.catch_up();
  } catch (const ProofEnded&) {
    // The program stops.
  } catch (const std::exception&) {
    if (log_) log_("what others deployed could not be looked at");
  }
}

void DeploymentWatch::prove_what_is_new() {
  const auto catalog = directory_.catalog();
  directory_.set_catalog(Catalog{all_proved(catalog->all(), *directory_.calendar(), prove_)});
}

void DeploymentWatch::keep_looking() {
  std::unique_lock lock(mutex_);
  while (!stopped_.wait_for(lock, poll_, [this] { return stopping_; })) {
    lock.unlock();
    look();
    lock.lock();
  }
}

}  // namespace xueji
