#include "adapters/sql/folder_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <thread>

#include "engine/ports/store.hpp"

namespace xueji::sql {
namespace {

constexpr std::chrono::milliseconds between_tries{20};

}  // namespace

FolderLock::FolderLock(const std::filesystem::path& folder, std::chrono::milliseconds wait, std::string_view doing)
    : descriptor_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  if (descriptor_ < 0)
    throw StoreError(StoreError::Kind::broken, fmt::format("the folder {} can't be opened: {}", folder.string(),
                                                           std::generic_category().message(errno)));
  const auto deadline = std::chrono::steady_clock::now() + wait;
  while (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    const bool taken = errno == EWOULDBLOCK || errno == EINTR;
    if (taken && std::chrono::steady_clock::now() < deadline) {
      std::this_thread::sleep_for(between_tries);
      continue;
    }
    ::close(descriptor_);
    throw taken ? StoreError(StoreError::Kind::busy,
                             fmt::format("another program {}: wait until it is done, then start again", doing))
                : StoreError(StoreError::Kind::broken, fmt::format("the folder {} can't be locked", folder.string()));
  }
}

FolderLock::~FolderLock() { ::close(descriptor_); }

}  // namespace xueji::sql
