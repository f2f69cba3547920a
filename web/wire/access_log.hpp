// One line of JSON for each request, without personal data.
#pragma once
#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace spdlog {
class logger;
}

namespace xueji::web {

/// Writes to the logger named `access` where there is one when it is made, else to the default one, at level info.
class AccessLog {
 public:
  AccessLog();
  /// `path` is without the query; it is masked by loggable_path().
  void write(std::string_view method, std::string_view path, int status, std::chrono::microseconds took,
             std::string_view request_id) const;

 private:
  std::shared_ptr<spdlog::logger> logger_;
};

/// The path with `*` for each segment that could hold more than ids and words: other characters than letters, digits
/// and
/// `._-`, more than 64 of them, or 15 digits in a row, as in ID and student numbers.
std::string loggable_path(std::string_view path);

}  // namespace xueji::web
