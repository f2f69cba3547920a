// The queue of an account, as its browser reads it.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace xueji::bench {

struct Waiting {
  std::string request, student, state;
  std::int64_t version;
};

/// Throws std::runtime_error.
std::vector<Waiting> queue_of(std::uint16_t port, const std::string& token);

/// The act on what waits, with a key that is made of request and version.
std::string act_on(const Waiting& waiting, const std::string& action, const std::string& token);

}  // namespace xueji::bench
