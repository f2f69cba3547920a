// Another program, run beside this one.
#pragma once
#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace xueji {

/// It inherits the environment, and no open file but its own output.
class Subprocess {
 public:
  /// Output and errors are added to `log`. Throws std::runtime_error when it can't be started.
  Subprocess(const std::filesystem::path& program, const std::vector<std::string>& arguments,
             const std::map<std::string, std::string>& environment, const std::filesystem::path& log);
  /// Stops it by SIGTERM and waits.
  ~Subprocess();
  Subprocess(const Subprocess&) = delete;
  Subprocess& operator=(const Subprocess&) = delete;

  bool running();
  /// Waits until it ends; its exit status, or 128 and the signal that ended it.
  int wait();
  /// The same; nothing, and it is killed, where it takes longer or `stop` is requested.
  std::optional<int> wait_for(std::chrono::steady_clock::duration longest, const std::stop_token& stop = {});
  std::string log_tail() const;  ///< the last lines that it wrote

 protected:
  pid_t pid() const { return pid_; }

 private:
  pid_t pid_ = -1;
  std::filesystem::path log_;
};

}  // namespace xueji
