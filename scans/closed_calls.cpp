#include <fcntl.h>
#include <seccomp.h>
#include <sys/mman.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

#include "scans/sandbox.hpp"

namespace xueji::scans {
namespace {

struct Release {
  void operator()(void* filter) const { seccomp_release(filter); }
};
using Filter = std::unique_ptr<void, Release>;

/// Memory, the clock, what is open already, and the end.
constexpr std::array calls_of_all{
    SCMP_SYS(read),          SCMP_SYS(pread64),      SCMP_SYS(write),          SCMP_SYS(writev),
    SCMP_SYS(close),         SCMP_SYS(fstat),        SCMP_SYS(newfstatat),     SCMP_SYS(lseek),
    SCMP_SYS(munmap),        SCMP_SYS(mremap),       SCMP_SYS(madvise),        SCMP_SYS(brk),
    SCMP_SYS(futex),         SCMP_SYS(getrandom),    SCMP_SYS(rt_sigaction),   SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),  SCMP_SYS(sigaltstack),  SCMP_SYS(exit),           SCMP_SYS(exit_group),
    SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(getpid),         SCMP_SYS(gettid),
    SCMP_SYS(sched_yield),   SCMP_SYS(sysinfo),      SCMP_SYS(restart_syscall)};

/// Looking for fonts.
constexpr std::array calls_of_pages{
    SCMP_SYS(access),     SCMP_SYS(faccessat), SCMP_SYS(faccessat2),   SCMP_SYS(readlink), SCMP_SYS(readlinkat),
    SCMP_SYS(getdents64), SCMP_SYS(stat),      SCMP_SYS(lstat),        SCMP_SYS(statfs),   SCMP_SYS(fstatfs),
    SCMP_SYS(statx),      SCMP_SYS(getcwd),    SCMP_SYS(uname),        SCMP_SYS(getuid),   SCMP_SYS(geteuid),
    SCMP_SYS(getgid),     SCMP_SYS(getegid),   SCMP_SYS(clock_getres), SCMP_SYS(times),    SCMP_SYS(sched_getaffinity)};

class Rules {
 public:
  explicit Rules(scmp_filter_ctx filter) : filter_(filter) {}

  /// Calls that this machine has not are left out.
  template <class Calls>
  void allow(const Calls& calls) {
    for (const int call : calls) note(seccomp_rule_add(filter_, SCMP_ACT_ALLOW, call, 0));
  }
  /// Where none of the `bits` of the argument at `place` is set.
  void allow_without(int call, unsigned place, scmp_datum_t bits) {
    note(seccomp_rule_add(filter_, SCMP_ACT_ALLOW, call, 1, SCMP_CMP(place, SCMP_CMP_MASKED_EQ, bits, 0)));
  }
  int fault() const { return fault_; }

 private:
  void note(int result) {
    if (result != 0 && result != -EDOM) fault_ = result;
  }

  scmp_filter_ctx filter_;
  int fault_ = 0;
};

}  // namespace

std::string close_calls(Sandbox sandbox) {
  const Filter filter(seccomp_init(SCMP_ACT_KILL_PROCESS));
  if (!filter) return "seccomp can't be used here";
  Rules rules(filter.get());
  rules.allow(calls_of_all);
  rules.allow_without(SCMP_SYS(mmap), 2, PROT_EXEC);
  rules.allow_without(SCMP_SYS(mprotect), 2, PROT_EXEC);
  if (sandbox == Sandbox::pages) {
    constexpr scmp_datum_t writing = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND | (O_TMPFILE & ~O_DIRECTORY);
    rules.allow(calls_of_pages);
    rules.allow_without(SCMP_SYS(open), 1, writing);
    rules.allow_without(SCMP_SYS(openat), 2, writing);
    constexpr std::array settings{F_GETFD, F_SETFD, F_GETFL};
    for (const int setting : settings)
      seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(fcntl), 1,
                       SCMP_CMP(1, SCMP_CMP_EQ, static_cast<scmp_datum_t>(setting)));
  }
  if (rules.fault() != 0) return std::string("system calls can't be named: ") + std::strerror(-rules.fault());
  if (const int fault = seccomp_load(filter.get()); fault != 0)
    return std::string("system calls can't be forbidden: ") + std::strerror(-fault);
  return {};
}

}  // namespace xueji::scans
