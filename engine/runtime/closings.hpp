// Ends what is unfinished when the windows of its business close.
#pragma once
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

#include "engine/ports/queries.hpp"
#include "engine/runtime/runtime.hpp"

namespace xueji {

/// Used by one thread. Nothing is kept: while a window is closed a start goes through the open requests of its business
/// once more, and what was ended is open no more.
class Closings {
 public:
  /// All must outlive it; the runtime's completions call back until it has stopped.
  Closings(Queries& queries, Directory& directory, Runtime& runtime);
  /// Goes on through the requests of a definition whose window has closed, at most `page` of them at a look, once those
  /// before are dealt with. Throws StoreError.
  void look(Instant now, std::size_t page);
  /// Until all that it has submitted is answered.
  void wait_until_idle();

 private:
  /// A definition that is being gone through.
  struct Round {
    DefinitionId definition;
    Instant since;
    RequestId after{};
  };
  std::optional<Round> next_round(Instant now) const;
  bool is_under_way();
  void submit(const std::vector<RequestId>& requests);
  void close(RequestId request, const CommandResult& result);

  Queries& queries_;
  Directory& directory_;
  Runtime& runtime_;
  std::optional<Round> round_;
  std::map<DefinitionId, Instant> done_;  ///< the closing that was gone through last
  std::mutex mutex_;
  std::condition_variable idle_;
  std::size_t under_way_ = 0;
  std::vector<RequestId> again_;  ///< what was busy or stale
};

}  // namespace xueji
