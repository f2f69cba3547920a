// Many keep-alive connections that each send one request after the other, from one thread that does little beside.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace xueji::bench {

struct LoadResult {
  std::size_t answered = 0;
  std::size_t wrong = 0;    ///< answers of another status than wanted
  std::string first_wrong;  ///< what it said
  double seconds = 0;
  double p50_ms = 0, p99_ms = 0;
  double per_second() const { return seconds > 0 ? static_cast<double>(answered) / seconds : 0; }
};

/// Sends each of `requests` (whole, as it goes over the wire) once, spread over `connections`.
/// Throws std::runtime_error when a connection breaks.
LoadResult drive(std::uint16_t port, unsigned connections, const std::vector<std::string>& requests, int wanted_status);

/// A whole POST of the account that the token signs in; `headers` are lines that end in CRLF.
std::string post(const std::string& target, const std::string& token, const std::string& headers,
                 const std::string& body);

/// Sends one whole request over a connection of its own; the answer's body. Throws std::runtime_error for any status
/// but 200 and 201.
std::string ask(std::uint16_t port, const std::string& request);
/// The body that GET answers.
std::string fetch(std::uint16_t port, const std::string& target, const std::string& token);

}  // namespace xueji::bench
