// What xueji-render can't do any more once it reads a file: each attempt in a process of its own.
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <functional>

#include "scans/decoders.hpp"
#include "scans/sandbox.hpp"
#include "tests/catch.hpp"

using namespace xueji::scans;

namespace {

constexpr int refused = 42, done = 0;

/// How a process ends that tries it inside the sandbox: the signal, or 1000 and its exit status.
int ended_by(Sandbox sandbox, const std::function<int()>& attempt) {
  const pid_t process = ::fork();
  REQUIRE(process >= 0);
  if (process == 0) {
    if (!close_files(sandbox, {4096, 10}).empty()) ::_exit(99);
    if (sandbox == Sandbox::pages) prepare_fonts();
    if (!close_calls(sandbox).empty()) ::_exit(98);
    ::_exit(attempt());
  }
  int status = 0;
  REQUIRE(::waitpid(process, &status, 0) == process);
  return WIFSIGNALED(status) ? WTERMSIG(status) : 1000 + WEXITSTATUS(status);
}

}  // namespace

TEST_CASE("no socket, no program, no process, no file for writing: whoever tries is killed") {
  for (const Sandbox sandbox : {Sandbox::pictures, Sandbox::pages}) {
    CHECK(ended_by(sandbox, [] { return ::socket(AF_INET, SOCK_STREAM, 0); }) == SIGSYS);
    CHECK(ended_by(sandbox, [] { return ::socket(AF_UNIX, SOCK_STREAM, 0); }) == SIGSYS);
    CHECK(ended_by(sandbox, [] { return ::execl("/bin/true", "true", nullptr); }) == SIGSYS);
    CHECK(ended_by(sandbox, [] { return ::fork() < 0 ? refused : done; }) == SIGSYS);
    CHECK(ended_by(sandbox, [] { return ::open("/tmp/xueji-sandbox", O_WRONLY | O_CREAT, 0600); }) == SIGSYS);
    CHECK(ended_by(sandbox, [] { return ::open("/dev/null", O_RDWR); }) == SIGSYS);
    CHECK(ended_by(sandbox, [] { return ::unlink("/tmp/xueji-sandbox"); }) == SIGSYS);
    CHECK(ended_by(sandbox, [] { return ::kill(::getppid(), 0); }) == SIGSYS);
  }
}

TEST_CASE("a picture opens no file, a page only fonts") {
  CHECK(ended_by(Sandbox::pictures, [] { return ::open("/etc/passwd", O_RDONLY); }) == SIGSYS);
  CHECK(ended_by(Sandbox::pages, [] { return ::open("/etc/passwd", O_RDONLY) < 0 ? refused : done; }) ==
        1000 + refused);
  CHECK(ended_by(Sandbox::pages, [] { return ::open("/proc/self/environ", O_RDONLY) < 0 ? refused : done; }) ==
        1000 + refused);
  CHECK(ended_by(Sandbox::pages, [] { return ::open("/etc/fonts/fonts.conf", O_RDONLY) < 0 ? refused : done; }) ==
        1000 + done);
}

TEST_CASE("a process that computes for ever is ended") {
  const pid_t process = ::fork();
  if (process == 0) {
    (void)close_files(Sandbox::pictures, {4096, 1});
    volatile bool goes_on = true;
    while (goes_on) {
    }
  }
  int status = 0;
  REQUIRE(::waitpid(process, &status, 0) == process);
  CHECK(WIFSIGNALED(status));
  CHECK(WTERMSIG(status) == SIGXCPU);
}
