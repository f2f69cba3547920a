#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>

#include "scans/sandbox.hpp"

namespace xueji::scans {
namespace {

// Landlock as of Linux 6.12 (ABI 6), written out: Debian 12's headers end at ABI 2.
constexpr std::uint64_t read_file = 1U << 2, read_folder = 1U << 3;
constexpr int rule_path_beneath = 1;
constexpr unsigned ask_version = 1;
struct [[gnu::packed]] PathBeneath {
  std::uint64_t allowed;
  std::int32_t folder;
};
struct Ruleset {
  std::uint64_t files;
  std::uint64_t network;
  std::uint64_t scopes;
};

std::string failed(const std::string& what) { return what + ": " + std::strerror(errno); }

/// A second more before the kill, so that the end tells of the processor (SIGXCPU).
bool limit(__rlimit_resource which, rlim_t most) {
  const rlimit both{most, which == RLIMIT_CPU ? most + 1 : most};
  return ::setrlimit(which, &both) == 0;
}

/// All that the running kernel can forbid.
Ruleset everything(long abi) {
  constexpr std::array<unsigned, 6> rights_of_files{13, 14, 15, 15, 16, 16};  ///< by ABI, from 1
  const auto known = static_cast<std::size_t>(abi < 6 ? abi : 6);
  return {(std::uint64_t{1} << rights_of_files[known - 1]) - 1, known >= 4 ? std::uint64_t{3} : 0,
          known >= 6 ? std::uint64_t{3} : 0};
}

std::size_t size_of_ruleset(long abi) { return abi < 4 ? 8 : abi < 6 ? 16 : 24; }

/// A folder that is missing needs no rule.
bool let_read(int ruleset, const char* path) {
  const int folder = ::open(path, O_PATH | O_CLOEXEC);
  if (folder < 0) return errno == ENOENT;
  const PathBeneath rule{read_file | read_folder, folder};
  const bool added = ::syscall(SYS_landlock_add_rule, ruleset, rule_path_beneath, &rule, 0) == 0;
  ::close(folder);
  return added;
}

std::string restrict_files(Sandbox sandbox) {
  const long abi = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, ask_version);
  if (abi < 1) return failed("Landlock can't be used here");
  const Ruleset all = everything(abi);
  const auto ruleset = static_cast<int>(::syscall(SYS_landlock_create_ruleset, &all, size_of_ruleset(abi), 0));
  if (ruleset < 0) return failed("Landlock takes no rules");
  if (sandbox == Sandbox::pages)
    for (const char* path : {"/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/poppler", "/etc/fonts",
                             "/usr/share/fontconfig", "/var/cache/fontconfig"})
      if (!let_read(ruleset, path)) return failed(std::string("Landlock takes no rule for ") + path);
  if (::syscall(SYS_landlock_restrict_self, ruleset, 0) != 0) return failed("Landlock can't be put into force");
  ::close(ruleset);
  return {};
}

}  // namespace

std::string close_files(Sandbox sandbox, const Allotment& allotment) {
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return failed("privileges can't be given up");
  constexpr rlim_t descriptors_max = 64;
#ifdef XUEJI_SANITIZED
  const bool memory = true;
#else
  const bool memory = limit(RLIMIT_AS, rlim_t{allotment.memory_mb} * 1024 * 1024);
#endif
  if (!memory || !limit(RLIMIT_CPU, allotment.seconds) || !limit(RLIMIT_FSIZE, 0) || !limit(RLIMIT_CORE, 0) ||
      !limit(RLIMIT_NPROC, 0) || !limit(RLIMIT_NOFILE, descriptors_max))
    return failed("limits can't be set");
  return restrict_files(sandbox);
}

}  // namespace xueji::scans
