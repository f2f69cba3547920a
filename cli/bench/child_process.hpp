// A program that is measured from outside: started, watched in /proc, stopped.
#pragma once
#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace xueji::bench {

class ChildProcess {
 public:
  /// Output goes to `log`. Throws std::runtime_error when it can't be started.
  ChildProcess(const std::filesystem::path& program, const std::vector<std::string>& arguments,
               const std::map<std::string, std::string>& environment, const std::filesystem::path& log);
  /// Stops it by SIGTERM and waits.
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  bool running();
  /// Waits until it ends; its exit status, or 128 and the signal that ended it.
  int wait();
  std::string log_tail() const;        ///< the last lines that it wrote
  std::size_t peak_memory_kb() const;  ///< VmHWM
  std::size_t memory_kb() const;       ///< VmRSS
  double cpu_seconds() const;          ///< user and system
  std::map<std::string, double> cpu_seconds_by_thread() const;

 private:
  std::size_t status_kb(std::string_view line) const;
  pid_t pid_ = -1;
  std::filesystem::path log_;
};

/// A TCP port of 127.0.0.1 that was free a moment ago.
std::uint16_t free_port();
/// Waits until GET `path` answers 200; throws std::runtime_error when the child ends first or 60 s pass.
void wait_until_ready(ChildProcess& child, std::uint16_t port, const std::string& path);
/// User and system seconds of this process.
double own_cpu_seconds();
/// What reaches such a file system never waits for a disk.
bool is_in_memory(const std::filesystem::path& folder);
/// As many open files as the system allows; returns the limit.
std::size_t raise_open_files();

}  // namespace xueji::bench
