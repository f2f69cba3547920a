// What the simulated national side answers, apart from sockets and time.
#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <unordered_map>

#include "adapters/central/population.hpp"

namespace xueji {

/// How badly it behaves; changed at runtime.
struct NationalSwitches {
  std::chrono::milliseconds latency{0};  ///< before each answer to a comparison
  double error_rate = 0;                 ///< share of comparisons answered by 500, 0 to 1
  bool outage = false;                   ///< comparisons get no answer at all: the connection is cut
};

/// A call and its answer, as much of HTTP as is needed.
struct NationalCall {
  std::string method;
  std::string path;
  std::string query;
  std::string idempotency_key;
  std::string body;
};
struct NationalAnswer {
  unsigned status = 200;
  std::string body;  ///< JSON
  std::chrono::milliseconds delay{0};
  bool cut = false;  ///< the connection is to be closed without an answer
};

/// Used by one thread.
class SimulatedNationalSide {
 public:
  explicit SimulatedNationalSide(Population population, NationalSwitches switches = {});
  NationalAnswer answer(const NationalCall& call);

 private:
  struct Asked {
    std::string question;
    std::string outcome;      ///< empty as long as it was never answered
    std::uint64_t times = 0;  ///< errors and cuts included
  };
  NationalAnswer compare(const NationalCall& call);
  NationalAnswer read_switches() const;
  NationalAnswer set_switches(const NationalCall& call);
  NationalAnswer statistics(const NationalCall& call) const;

  Population population_;
  NationalSwitches switches_;
  std::unordered_map<std::string, Asked> asked_;
  std::uint64_t questions_ = 0, answered_ = 0;
  std::minstd_rand random_{1};
};

}  // namespace xueji
