// Questions that many ask at once, and that are answered once for all of them.
#pragma once
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "web/http/http.hpp"

namespace xueji::web {

/// Safe from any thread.
class Flights {
 public:
  /// Whether the caller is to find the answer: then `reply` gives it to everybody who has boarded since. False where
  /// somebody is finding it already: then `reply` is called with theirs.
  bool board(const std::string& question, Reply& reply);

 private:
  void land(const std::string& question, const HttpResponse& response);

  std::mutex mutex_;
  std::unordered_map<std::string, std::vector<Reply>> waiting_;
};

}  // namespace xueji::web
