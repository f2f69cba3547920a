#include "adapters/evidence/render_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>

#include "adapters/evidence/descriptor.hpp"

namespace xueji::evidence {
namespace {

constexpr std::chrono::milliseconds between_questions{200};  ///< whether somebody waits
/// A picture of a page has a hundredth of it.
constexpr std::size_t answer_bytes_max = 32 * 1024 * 1024;

/// A file in memory, read from its beginning; -1 where there is no room.
int file_of(std::string_view bytes) {
  const int file = ::memfd_create("scan", MFD_CLOEXEC);
  while (file >= 0 && !bytes.empty()) {
    const auto written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) {
      ::close(file);
      return -1;
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  if (file >= 0) ::lseek(file, 0, SEEK_SET);
  return file;
}

class SpawnSettings {
 public:
  SpawnSettings(int input, int output) {
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~SpawnSettings() {
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;

  posix_spawn_file_actions_t files{};
  posix_spawnattr_t attributes{};
};

/// -1 where it can't be started.
pid_t start(const std::filesystem::path& program, const std::vector<std::string>& words, int input, int output) {
  std::vector<char*> arguments{const_cast<char*>(program.c_str())};
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  std::array<char*, 1> no_environment{nullptr};
  const SpawnSettings settings(input, output);
  pid_t process = -1;
  const int fault = ::posix_spawn(&process, program.c_str(), &settings.files, &settings.attributes, arguments.data(),
                                  no_environment.data());
  return fault == 0 ? process : -1;
}

enum class End { whole, late, given_up };

/// Until the writer has closed its end; late where `until` came first, or more came than is taken.
End read_all(int from, std::chrono::steady_clock::time_point until, const std::function<bool()>& given_up,
             std::string& into) {
  std::array<char, 64 * 1024> piece;
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    pollfd waiting{from, POLLIN, 0};
    if (left.count() <= 0) return End::late;
    if (given_up && given_up()) return End::given_up;
    const auto patience = given_up ? std::min(left, between_questions) : left;
    if (const int ready = ::poll(&waiting, 1, static_cast<int>(patience.count())); ready <= 0) continue;
    const auto got = ::read(from, piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return End::whole;
    if (into.size() + static_cast<std::size_t>(got) > answer_bytes_max) return End::late;
    into.append(piece.data(), static_cast<std::size_t>(got));
  }
}

int wait_for_end(pid_t process) {
  int status = 0;
  while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

}  // namespace

RenderRun run_render(const std::filesystem::path& program, const std::vector<std::string>& words,
                     std::string_view bytes, std::chrono::milliseconds longest, const std::function<bool()>& given_up) {
  const auto until = std::chrono::steady_clock::now() + longest;
  RenderRun run;
  run.given_up = given_up && given_up();
  if (run.given_up) return run;
  const Descriptor input(file_of(bytes));
  std::array<int, 2> ends{};
  if (input.number() < 0 || ::pipe2(ends.data(), O_CLOEXEC) != 0) return run;
  const Descriptor reading(ends[0]);
  auto writing = std::make_unique<Descriptor>(ends[1]);
  const pid_t process = start(program, words, input.number(), writing->number());
  writing.reset();
  if (process < 0) return run;
  run.started = true;
  const End end = read_all(reading.number(), until, given_up, run.answer);
  if (end != End::whole) ::kill(process, SIGKILL);
  const int status = wait_for_end(process);
  run.late = end == End::late;
  run.given_up = end == End::given_up;
  if (end == End::whole && WIFSIGNALED(status)) run.signal = WTERMSIG(status);
  return run;
}

}  // namespace xueji::evidence
