// The simulated national side behind a socket: a small HTTP server with one thread of its own.
#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include "adapters/central/simulated_national_side.hpp"

namespace xueji {

class NationalSimulator {
 public:
  /// Listens and serves at once; port 0 takes a free one. Throws std::runtime_error when it can't listen.
  NationalSimulator(Population population, NationalSwitches switches, const std::string& address, std::uint16_t port);
  /// Cuts what is open.
  ~NationalSimulator();
  std::uint16_t port() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace xueji
