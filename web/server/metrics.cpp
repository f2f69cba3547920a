#include "web/server/metrics.hpp"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <algorithm>

namespace xueji::web {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

MetricFamily family(std::string name, std::string help, MetricType type) {
  MetricFamily made;
  made.name = std::move(name);
  made.help = std::move(help);
  made.type = type;
  return made;
}

class Families {
 public:
  void counter(const std::string& name, const std::string& help, std::uint64_t value) {
    MetricFamily made = family(name, help, MetricType::Counter);
    made.metric.emplace_back().counter.value = static_cast<double>(value);
    all.push_back(std::move(made));
  }
  void gauge(const std::string& name, const std::string& help, std::uint64_t value) {
    MetricFamily made = family(name, help, MetricType::Gauge);
    made.metric.emplace_back().gauge.value = static_cast<double>(value);
    all.push_back(std::move(made));
  }
  std::vector<MetricFamily> all;
};

void add_pipeline(Families& families, const RuntimeFigures& figures) {
  families.counter("xueji_commands_submitted_total", "Commands taken into the pipeline", figures.submitted);
  families.counter("xueji_commands_committed_total", "Commands committed", figures.committed);
  families.counter("xueji_commands_refused_total", "Commands refused by a rule", figures.refused);
  families.counter("xueji_commands_failed_total", "Commands that failed unexpectedly", figures.failed);
  families.counter("xueji_commands_busy_total", "Commands turned away because the queue was full", figures.busy);
  families.counter("xueji_batches_total", "Transactions committed", figures.batches);
  families.counter("xueji_batches_retried_total", "Transactions tried again", figures.retried);
  families.gauge("xueji_commands_waiting", "Commands waiting in the pipeline", figures.queue);
}

void add_machine_room(Families& families, const MachineRoomFigures& figures) {
  families.counter("xueji_checks_total", "National checks answered", figures.checks);
  families.counter("xueji_checks_unavailable_total", "National checks that could not be had", figures.unavailable);
  families.counter("xueji_timers_total", "Timers that have come due", figures.timers);
  families.gauge("xueji_checks_under_way", "National checks under way", figures.under_way);
}

void add_hub(Families& families, const HubFigures& figures) {
  families.gauge("xueji_live_followers", "WebSockets that follow", figures.followers);
  families.counter("xueji_live_frames_total", "Frames given to followers", figures.frames);
  families.counter("xueji_live_resyncs_total", "Followers told to fetch anew", figures.resyncs);
  families.counter("xueji_live_too_slow_total", "Followers cut off for being too slow", figures.too_slow);
}

void add_server(Families& families, const ServerFigures& figures) {
  families.gauge("xueji_connections", "Open connections", figures.connections);
  families.counter("xueji_connections_accepted_total", "Connections accepted", figures.accepted);
  families.counter("xueji_connections_refused_total", "Connections refused", figures.refused);
  families.counter("xueji_http_read_total", "Requests read from connections", figures.requests);
  families.counter("xueji_http_malformed_total", "Requests refused before routing", figures.malformed);
}

}  // namespace

Metrics::Metrics(std::span<const Route> table)
    : table_(table), figures_(std::make_unique<OfRoute[]>(table.size() + 1)) {}

Metrics::OfRoute& Metrics::of(const Route* route) const {
  return figures_[route ? static_cast<std::size_t>(route - table_.data()) : table_.size()];
}

void Metrics::count(const Route* route, int status, std::chrono::microseconds took) {
  OfRoute& figures = of(route);
  figures.by_class[static_cast<std::size_t>(std::clamp(status / 100, 0, 5))].fetch_add(1, std::memory_order_relaxed);
  const double seconds = std::chrono::duration<double>(took).count();
  const auto slot = static_cast<std::size_t>(std::lower_bound(bounds.begin(), bounds.end(), seconds) - bounds.begin());
  figures.by_time[slot].fetch_add(1, std::memory_order_relaxed);
  figures.microseconds.fetch_add(static_cast<std::uint64_t>(took.count()), std::memory_order_relaxed);
}

std::uint64_t Metrics::connections() const {
  const Server* server = server_;
  return server ? server->figures().connections.load() : 0;
}

std::string Metrics::text(const Services& services, const WorkerPool& workers, const WorkerPool& renderers) const {
  Families families;
  MetricFamily counts =
      family("xueji_http_requests_total", "Requests answered, by operation and class of status", MetricType::Counter);
  MetricFamily times =
      family("xueji_http_request_seconds", "Time from the request's last byte to its answer", MetricType::Histogram);
  for (std::size_t i = 0; i <= table_.size(); ++i) {
    const OfRoute& figures = figures_[i];
    const std::string operation(i < table_.size() ? table_[i].operation : "unknown");
    std::uint64_t total = 0;
    for (std::size_t digit = 0; digit < figures.by_class.size(); ++digit) {
      const auto count = figures.by_class[digit].load(std::memory_order_relaxed);
      if (count == 0) continue;
      ClientMetric metric;
      metric.label = {{"operation", operation}, {"status", std::to_string(digit) + "xx"}};
      metric.counter.value = static_cast<double>(count);
      counts.metric.push_back(std::move(metric));
    }
    ClientMetric metric;
    metric.label = {{"operation", operation}};
    for (std::size_t slot = 0; slot < figures.by_time.size(); ++slot) {
      total += figures.by_time[slot].load(std::memory_order_relaxed);
      const double bound = slot < bounds.size() ? bounds[slot] : std::numeric_limits<double>::infinity();
      metric.histogram.bucket.push_back({total, bound});
    }
    if (total == 0) continue;
    metric.histogram.sample_count = total;
    metric.histogram.sample_sum = static_cast<double>(figures.microseconds.load(std::memory_order_relaxed)) / 1e6;
    times.metric.push_back(std::move(metric));
  }
  families.all.push_back(std::move(counts));
  families.all.push_back(std::move(times));
  add_pipeline(families, services.runtime.figures());
  add_machine_room(families, services.machine_room.figures());
  families.gauge("xueji_tasks_undecidable", "Tasks that nobody at their post can decide",
                 services.staffing.undecidable);
  add_hub(families, std::as_const(services.hub).figures());
  families.gauge("xueji_workers_waiting", "Jobs waiting for a thread that may block", workers.waiting());
  families.gauge("xueji_renderers_waiting", "Answers to commands waiting to be written", renderers.waiting());
  if (const Server* server = server_) add_server(families, server->figures());
  return prometheus::TextSerializer().Serialize(families.all);
}

}  // namespace xueji::web
