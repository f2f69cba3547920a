#include "adapters/evidence/evidence_directory.hpp"

#include <algorithm>
#include <mutex>
#include <shared_mutex>
#include <stdexcept>
#include <system_error>

#include "adapters/evidence/durable_file.hpp"
#include "adapters/evidence/recognise.hpp"
#include "adapters/evidence/stored_file.hpp"
#include "engine/base/sha256.hpp"
#include "engine/ports/store.hpp"

namespace xueji {
namespace {

class EvidenceDirectory final : public EvidenceStore {
 public:
  EvidenceDirectory(std::filesystem::path directory, EvidenceLedger& ledger, const Clock& clock)
      : directory_(std::filesystem::absolute(directory)), ledger_(ledger), clock_(clock) {
    std::error_code error;
    std::filesystem::create_directories(directory_, error);
    if (error) throw std::runtime_error(unusable("made", error));
    try {
      evidence::require_writable(directory_);
    } catch (const std::system_error& refused) {
      throw std::runtime_error(unusable("written to", refused.code()));
    }
  }

  Put put(AccountId account, std::string_view bytes, const std::string& filename, std::string_view declared) override {
    if (bytes.empty()) return {Fault::empty, {}, false};
    const auto media_type = evidence::recognise(bytes);
    if (!media_type || !evidence::agrees(declared, *media_type)) return {Fault::unsupported_media_type, {}, false};
    Upload upload{sha256_hex(bytes),
                  account,
                  evidence::plain_filename(filename),
                  *media_type,
                  static_cast<std::int64_t>(bytes.size()),
                  clock_.now()};

    // From the look for the file to its row nothing may be swept.
    const std::shared_lock no_sweep(sweeping_);
    if (!open(upload).bytes) write(upload.sha256, bytes);
    if (ledger_.add(upload)) return {Fault::none, std::move(upload), true};
    auto earlier = ledger_.find(upload.sha256, account);
    return {Fault::none, earlier ? std::move(*earlier) : std::move(upload), false};
  }

  std::optional<Upload> find(const std::string& sha256, AccountId account) override {
    return evidence::is_sha256(sha256) ? ledger_.find(sha256, account) : std::nullopt;
  }

  std::optional<Upload> find(const std::string& sha256) override {
    return evidence::is_sha256(sha256) ? ledger_.find(sha256) : std::nullopt;
  }

  std::filesystem::path path(const std::string& sha256) const override { return evidence::file_of(directory_, sha256); }

  Opened open(const Upload& upload) const override { return evidence::open_stored(path(upload.sha256), upload); }

  std::size_t sweep(Instant before) override {
    constexpr std::size_t at_once = 256;
    std::size_t removed = 0;
    while (true) {
      const auto hashes = ledger_.unreferenced(before, at_once);
      std::size_t now_removed = 0;
      for (const auto& hash : hashes) {
        const std::unique_lock nobody_uploads(sweeping_);
        if (!ledger_.remove_unreferenced(hash, before)) continue;
        std::error_code
            ignored;  // A file left behind holds no row and is overwritten or reused by the next such upload.
        std::filesystem::remove(path(hash), ignored);
        ++now_removed;
      }
      removed += now_removed;
      if (hashes.size() < at_once || now_removed == 0) return removed;
    }
  }

 private:
  std::string unusable(const char* what, const std::error_code& error) const {
    return "the evidence folder " + directory_.string() + " can't be " + what + ": " + error.message();
  }

  void write(const std::string& sha256, std::string_view bytes) const {
    try {
      evidence::write_durably(path(sha256), bytes);
    } catch (const std::system_error& error) {
      const bool is_full = error.code() == std::errc::no_space_on_device;
      throw StoreError(is_full ? StoreError::Kind::full : StoreError::Kind::broken,
                       unusable("written to", error.code()));
    }
  }

  std::filesystem::path directory_;
  EvidenceLedger& ledger_;
  const Clock& clock_;
  std::shared_mutex sweeping_;
};

}  // namespace

std::unique_ptr<EvidenceStore> open_evidence_directory(const std::filesystem::path& directory, EvidenceLedger& ledger,
                                                       const Clock& clock) {
  return std::make_unique<EvidenceDirectory>(directory, ledger, clock);
}

}  // namespace xueji
