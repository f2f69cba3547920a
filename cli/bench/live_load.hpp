// Followers of the live events: many that are idle, some that watch acts happen at a steady pace.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace xueji::bench {

/// An act to send, and the request whose events it will make.
struct Act {
  std::string request;
  std::string bytes;
};

struct LivePlan {
  std::size_t idle = 0;
  std::vector<std::string> idle_tokens;  ///< shared by the idle connections in turn
  std::vector<std::string> tokens;       ///< one follower each
  double acts_per_second = 0;
  std::vector<Act> acts;
  std::function<void()> all_connected;  ///< called before the first act
};

struct LiveResult {
  std::size_t connections = 0;
  std::size_t events = 0;   ///< different ones
  std::size_t frames = 0;   ///< one event reaches several followers
  std::size_t wrong = 0;    ///< acts that were refused, connections that were closed
  std::size_t resyncs = 0;  ///< frames that told a follower to read everything anew
  double seconds = 0;
  double p50_ms = 0, p99_ms = 0;  ///< from sending the act to receiving the frame
  double answer_p99_ms = 0;       ///< from sending the act to its answer
};

/// Throws std::runtime_error when a connection can't be made.
LiveResult drive_live(std::uint16_t port, const LivePlan& plan);

}  // namespace xueji::bench
