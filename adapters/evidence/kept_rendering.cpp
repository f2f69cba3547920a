#include "adapters/evidence/kept_rendering.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <string>
#include <system_error>

#include "adapters/evidence/descriptor.hpp"
#include "adapters/evidence/durable_file.hpp"

namespace xueji::evidence {
namespace {

constexpr int version = 1;
constexpr off_t bytes_max = 32 * 1024 * 1024;

/// Of a regular file, no link; nothing of anything else.
std::optional<std::string> content_of(const std::filesystem::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  struct stat found{};
  if (file.number() < 0 || ::fstat(file.number(), &found) != 0 || !S_ISREG(found.st_mode) || found.st_size > bytes_max)
    return std::nullopt;
  std::string content(static_cast<std::size_t>(found.st_size), '\0');
  std::size_t have = 0;
  while (have < content.size()) {
    const auto got = ::read(file.number(), content.data() + have, content.size() - have);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return std::nullopt;
    have += static_cast<std::size_t>(got);
  }
  return content;
}

}  // namespace

std::filesystem::path rendering_path(const std::filesystem::path& original, int page, ScanSize size) {
  return original.string() + ".r" + std::to_string(version) + '-' + std::to_string(page) +
         (size == ScanSize::thumbnail ? "-thumbnail" : "-screen");
}

std::optional<EvidenceStore::Rendering> read_rendering(const std::filesystem::path& path) {
  const auto content = content_of(path);
  const auto end = content ? content->find('\n') : std::string::npos;
  if (end == std::string::npos) return std::nullopt;
  std::array<int, 2> numbers{};
  const char* at = content->data();
  for (int& number : numbers) {
    const auto [stop, error] = std::from_chars(at, content->data() + end, number);
    if (error != std::errc{}) return std::nullopt;
    at = stop + 1;
  }
  if (numbers[0] < 0 || numbers[0] >= static_cast<int>(ScanFault::unavailable)) return std::nullopt;
  return EvidenceStore::Rendering{static_cast<ScanFault>(numbers[0]), numbers[1], content->substr(end + 1), {}};
}

void keep_rendering(const std::filesystem::path& path, const EvidenceStore::Rendering& rendering) {
  write_durably(path, std::to_string(static_cast<int>(rendering.fault)) + ' ' + std::to_string(rendering.pages) + '\n' +
                          rendering.jpeg);
}

void remove_renderings(const std::filesystem::path& original) {
  const std::string begins = original.filename().string() + '.';
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(original.parent_path(), ignored))
    if (entry.path().filename().string().starts_with(begins)) std::filesystem::remove(entry.path(), ignored);
}

}  // namespace xueji::evidence
