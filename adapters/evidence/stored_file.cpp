#include "adapters/evidence/stored_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>

#include "adapters/evidence/descriptor.hpp"
#include "engine/base/sha256.hpp"

namespace xueji::evidence {
namespace {

class StoredFile final : public ByteSource {
 public:
  explicit StoredFile(const std::filesystem::path& path)
      : descriptor_(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)) {}

  /// Why it can't be read; empty where it can.
  std::string look() {
    if (descriptor_.number() < 0) return errno == ELOOP ? "is a link" : reason("can't be opened");
    struct stat found{};
    if (::fstat(descriptor_.number(), &found) != 0) return reason("can't be looked at");
    if (!S_ISREG(found.st_mode)) return "is no regular file";
    size_ = static_cast<std::size_t>(found.st_size);
    return {};
  }

  std::size_t size() const override { return size_; }

  std::size_t read(std::span<char> into) override {
    for (;;) {
      const auto got = ::read(descriptor_.number(), into.data(), into.size());
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR) return 0;
    }
  }

  bool rewind() { return ::lseek(descriptor_.number(), 0, SEEK_SET) == 0; }

 private:
  static std::string reason(const std::string& what) { return what + ": " + std::generic_category().message(errno); }

  Descriptor descriptor_;
  std::size_t size_ = 0;
};

std::string sha256_of(ByteSource& bytes) {
  Sha256 hash;
  std::array<char, 64 * 1024> piece;
  while (const std::size_t got = bytes.read(piece)) hash.add({piece.data(), got});
  return hash.finish();
}

std::string fault_of(StoredFile& file, const Upload& upload) {
  if (auto fault = file.look(); !fault.empty()) return fault;
  const auto size = static_cast<std::size_t>(upload.size);
  if (file.size() != size) return "has " + std::to_string(file.size()) + " bytes instead of " + std::to_string(size);
  return sha256_of(file) == upload.sha256 && file.rewind() ? "" : "has other bytes than were uploaded";
}

}  // namespace

bool is_sha256(std::string_view text) {
  return text.size() == 64 &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::filesystem::path file_of(const std::filesystem::path& directory, const std::string& sha256) {
  if (!is_sha256(sha256)) throw std::invalid_argument("not a SHA-256");
  return directory / sha256.substr(0, 2) / sha256.substr(2, 2) / sha256;
}

EvidenceStore::Opened open_stored(const std::filesystem::path& path, const Upload& upload) {
  auto file = std::make_shared<StoredFile>(path);
  if (const std::string fault = fault_of(*file, upload); !fault.empty())
    return {nullptr, "the evidence file " + path.string() + " " + fault};
  return {std::move(file), {}};
}

}  // namespace xueji::evidence
