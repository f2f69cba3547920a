#include "cli/logging.hpp"

#include <fmt/format.h>
#include <spdlog/async.h>
#include <spdlog/formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "engine/base/time.hpp"

namespace xueji {
namespace {

constexpr std::size_t lines_waiting_max = 8192;

std::string_view level_name(spdlog::level::level_enum level) {
  switch (level) {
    case spdlog::level::trace:
    case spdlog::level::debug:
      return "debug";
    case spdlog::level::info:
      return "info";
    case spdlog::level::warn:
      return "warning";
    default:
      return "error";
  }
}

/// `{"time": …, "level": …, "message": "…"}`, or with an object in place of the message.
class JsonLine : public spdlog::formatter {
 public:
  explicit JsonLine(bool of_objects) : of_objects_(of_objects) {}

  void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& line) override {
    const auto at = std::chrono::time_point_cast<std::chrono::microseconds>(message.time);
    const std::string_view text{message.payload.data(), message.payload.size()};
    const std::string head = fmt::format(R"({{"time":"{}","level":"{}",)", to_rfc3339(at), level_name(message.level));
    const std::string body = of_objects_ ? fmt::format("\"access\":{}}}\n", text)
                                         : fmt::format("\"message\":\"{}\"}}\n", json_escaped(text));
    line.append(head.data(), head.data() + head.size());
    line.append(body.data(), body.data() + body.size());
  }
  std::unique_ptr<spdlog::formatter> clone() const override { return std::make_unique<JsonLine>(of_objects_); }

 private:
  bool of_objects_;
};

std::shared_ptr<spdlog::logger> make_logger(const std::string& name, bool of_objects, spdlog::level::level_enum level) {
  auto sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
  sink->set_formatter(std::make_unique<JsonLine>(of_objects));
  auto logger = std::make_shared<spdlog::async_logger>(name, std::move(sink), spdlog::thread_pool(),
                                                       spdlog::async_overflow_policy::overrun_oldest);
  logger->set_level(level);
  return logger;
}

}  // namespace

void start_logging(const std::string& level) {
  spdlog::init_thread_pool(lines_waiting_max, 1);
  const auto threshold = spdlog::level::from_str(level);
  spdlog::set_default_logger(make_logger("program", false, threshold));
  spdlog::register_logger(make_logger("access", true, threshold));
}

void stop_logging() { spdlog::shutdown(); }

std::string json_escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '"' || c == '\\')
      result += {'\\', c};
    else if (static_cast<unsigned char>(c) < 0x20)
      result += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    else
      result += c;
  }
  return result;
}

}  // namespace xueji
