// Figures of the HTTP side by route: counts by class of status and a histogram of the time taken.
#pragma once
#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "web/server/route.hpp"

namespace xueji::web {

/// Safe from any thread; counting never blocks.
class Metrics {
 public:
  explicit Metrics(std::span<const Route> table);
  /// `route` null: an unknown path.
  void count(const Route* route, int status, std::chrono::microseconds took);
  void observe(const Server& server) { server_ = &server; }
  /// Open connections; 0 while there is no listener.
  std::uint64_t connections() const;

  /// Everything in the text format of Prometheus.
  std::string text(const Services& services, const WorkerPool& workers, const WorkerPool& renderers) const;

 private:
  static constexpr std::array<double, 11> bounds{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5};
  struct OfRoute {
    std::array<std::atomic<std::uint64_t>, 6> by_class{};  ///< by the first digit of the status
    std::array<std::atomic<std::uint64_t>, bounds.size() + 1> by_time{};
    std::atomic<std::uint64_t> microseconds{0};
  };
  OfRoute& of(const Route* route) const;

  const std::span<const Route> table_;
  std::unique_ptr<OfRoute[]> figures_;
  std::atomic<const Server*> server_{nullptr};
};

}  // namespace xueji::web
