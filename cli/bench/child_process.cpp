#include "cli/bench/child_process.hpp"

#include <fcntl.h>
#include <linux/magic.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/vfs.h>
#include <sys/wait.h>
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

std::vector<std::string> environment_with(const std::map<std::string, std::string>& more) {
  std::vector<std::string> all;
  for (char** entry = environ; *entry; ++entry) {
    const std::string text = *entry;
    if (!more.contains(text.substr(0, text.find('=')))) all.push_back(text);
  }
  for (const auto& [name, value] : more) all.push_back(name + "=" + value);
  return all;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

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

ChildProcess::ChildProcess(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                           const std::map<std::string, std::string>& environment, const std::filesystem::path& log)
    : log_(log) {
  std::vector<std::string> words{program.string()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<std::string> variables = environment_with(environment);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, 1, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  posix_spawn_file_actions_adddup2(&files, 1, 2);
  const int failed =
      posix_spawn(&pid_, program.c_str(), &files, nullptr, pointers(words).data(), pointers(variables).data());
  posix_spawn_file_actions_destroy(&files);
  if (failed != 0) throw std::runtime_error("cannot start " + program.string());
}

ChildProcess::~ChildProcess() {
  if (!running()) return;
  kill(pid_, SIGTERM);
  waitpid(pid_, nullptr, 0);
}

bool ChildProcess::running() {
  if (pid_ < 0) return false;
  if (waitpid(pid_, nullptr, WNOHANG) == pid_) pid_ = -1;
  return pid_ > 0;
}

int ChildProcess::wait() {
  int status = 0;
  if (pid_ < 0 || waitpid(pid_, &status, 0) != pid_) return -1;
  pid_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::string ChildProcess::log_tail() const {
  std::ifstream file(log_, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  return text.size() < 2000 ? text : text.substr(text.size() - 2000);
}

std::size_t ChildProcess::status_kb(std::string_view line) const {
  std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
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

double ChildProcess::cpu_seconds() const { return cpu_seconds_of("/proc/" + std::to_string(pid_) + "/stat"); }

std::map<std::string, double> ChildProcess::cpu_seconds_by_thread() const {
  std::map<std::string, double> all;
  for (const auto& thread : std::filesystem::directory_iterator("/proc/" + std::to_string(pid_) + "/task"))
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
