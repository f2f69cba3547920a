#include "web/wire/access_log.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace xueji::web {

namespace {

constexpr std::size_t segment_max = 64;
constexpr int digits_max = 14;

bool is_plain(std::string_view segment) {
  int digits = 0;
  for (const char c : segment) {
    const bool digit = c >= '0' && c <= '9';
    digits = digit ? digits + 1 : 0;
    if (digits > digits_max) return false;
    if (!digit && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && c != '.' && c != '_' && c != '-') return false;
  }
  return segment.size() <= segment_max;
}

}  // namespace

std::string loggable_path(std::string_view path) {
  std::string result;
  while (!path.empty()) {
    path.remove_prefix(1);
    const auto segment = path.substr(0, path.find('/'));
    result += '/';
    result += is_plain(segment) ? segment : "*";
    path.remove_prefix(segment.size());
  }
  return result;
}

AccessLog::AccessLog() : logger_(spdlog::get("access")) {
  if (!logger_) logger_ = spdlog::default_logger();
}

void AccessLog::write(std::string_view method, std::string_view path, int status, std::chrono::microseconds took,
                      std::string_view request_id) const {
  if (!logger_->should_log(spdlog::level::info)) return;
  logger_->info(R"({{"method":"{}","path":"{}","status":{},"us":{},"request":"{}"}})", method, loggable_path(path),
                status, took.count(), request_id);
}

}  // namespace xueji::web
