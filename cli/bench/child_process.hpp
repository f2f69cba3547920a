// A program that is measured from outside: started, watched in /proc, stopped.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "cli/proving/subprocess.hpp"

namespace xueji::bench {

class ChildProcess : public Subprocess {
 public:
  using Subprocess::Subprocess;

  std::size_t peak_memory_kb() const;  ///< VmHWM
  std::size_t memory_kb() const;       ///< VmRSS
  double cpu_seconds() const;          ///< user and system
  std::map<std::string, double> cpu_seconds_by_thread() const;

 private:
  std::size_t status_kb(std::string_view line) const;
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
