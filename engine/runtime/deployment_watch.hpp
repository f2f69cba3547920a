// Notices what other programs do to the database of a running server: versions that were deployed, and their commits.
#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string_view>
#include <thread>

#include "engine/runtime/commit_follower.hpp"
#include "engine/runtime/directory.hpp"

namespace xueji {

/// Looks by itself every `poll`, on a thread of its own, until it is destroyed.
class DeploymentWatch {
 public:
  using Log = std::function<void(std::string_view)>;
  DeploymentWatch(DefinitionStore& definitions, Directory& directory, CommitFollower& follower,
                  std::chrono::milliseconds poll, Prove prove, Log log);
  ~DeploymentWatch();
  DeploymentWatch(const DeploymentWatch&) = delete;
  DeploymentWatch& operator=(const DeploymentWatch&) = delete;

  /// Once; never throws. Safe from any thread. What was deployed is known first, so that its requests go on, and proved
  /// behind that.
  void look();

 private:
  void keep_looking();
  void prove_what_is_new();

  DefinitionStore& definitions_;
  Directory& directory_;
  CommitFollower& follower_;
  const std::chrono::milliseconds poll_;
  const Prove prove_;
  const Log log_;
  std::mutex looking_;
  DefinitionId newest_;
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace xueji
