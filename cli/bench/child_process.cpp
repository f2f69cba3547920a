#include "cli/bench/child_process.hpp"

#include <linux/magic.h>
#include <sys/resource.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace xueji::bench {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

bool answers(std::uint16_t port, const std::string& path) {
  try {
    asio::io_context io(1);
    tcp::socket socket(io);
    socket.connect({asio::ip::address_v4::loopback(), port});
    asio::write(socket, asio::buffer("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
    std::string answer;
    boost::system::error_code end;
    asio::read(socket, asio::dynamic_buffer(answer), end);
    return answer.find(" 200 ") == 8;
  } catch (const boost::system::system_error&) {
    return false;
  }
}

/// User and system seconds from a `stat` file of /proc.
double cpu_seconds_of(const std::filesystem::path& file) {
  std::ifstream stat(file);
  const std::string text((std::istreambuf_iterator<char>(stat)), {});
  const auto after_name = text.rfind(')');
  if (after_name == std::string::npos) return 0;
  std::istringstream fields(text.substr(after_name + 2));
  std::string skipped;
  for (int n = 0; n < 11; ++n) fields >> skipped;
  double user = 0, system = 0;
  fields >> user >> system;
  return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

std::size_t ChildProcess::status_kb(std::string_view line) const {
  std::ifstream status("/proc/" + std::to_string(pid()) + "/status");
  for (std::string word; status >> word;)
    if (word == line) {
      std::size_t value = 0;
      status >> value;
      return value;
    }
  return 0;
}

std::size_t ChildProcess::peak_memory_kb() const { return status_kb("VmHWM:"); }
std::size_t ChildProcess::memory_kb() const { return status_kb("VmRSS:"); }

double ChildProcess::cpu_seconds() const { return cpu_seconds_of("/proc/" + std::to_string(pid()) + "/stat"); }

std::map<std::string, double> ChildProcess::cpu_seconds_by_thread() const {
  std::map<std::string, double> all;
  for (const auto& thread : std::filesystem::directory_iterator("/proc/" + std::to_string(pid()) + "/task"))
    all[thread.path().filename().string()] = cpu_seconds_of(thread.path() / "stat");
  return all;
}

std::uint16_t free_port() {
  asio::io_context io(1);
  const tcp::acceptor acceptor(io, {asio::ip::address_v4::loopback(), 0});
  return acceptor.local_endpoint().port();
}

void wait_until_ready(ChildProcess& child, std::uint16_t port, const std::string& path) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{60};
  while (!answers(port, path)) {
    if (!child.running())
      throw std::runtime_error("the measured server ended before it was ready:\n" + child.log_tail());
    if (std::chrono::steady_clock::now() > end)
      throw std::runtime_error("the measured server was not ready within 60 s");
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
  }
}

double own_cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

bool is_in_memory(const std::filesystem::path& folder) {
  struct statfs about{};
  return statfs(folder.c_str(), &about) == 0 && (about.f_type == TMPFS_MAGIC || about.f_type == RAMFS_MAGIC);
}

std::size_t raise_open_files() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  getrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur;
}

}  // namespace xueji::bench
