#include "adapters/evidence/evidence_directory.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <mutex>
#include <shared_mutex>
#include <stdexcept>
#include <system_error>

#include "adapters/evidence/durable_file.hpp"
#include "adapters/evidence/kept_rendering.hpp"
#include "adapters/evidence/recognise.hpp"
#include "adapters/evidence/stored_file.hpp"
#include "engine/base/sha256.hpp"
#include "engine/ports/store.hpp"

namespace xueji {
namespace {

std::string bytes_of(ByteSource& source) {
  std::string bytes(source.size(), '\0');
  std::size_t have = 0;
  while (const std::size_t got = source.read(std::span(bytes).subspan(have))) have += got;
  bytes.resize(have);
  return bytes;
}

class EvidenceDirectory final : public EvidenceStore {
 public:
  EvidenceDirectory(const std::filesystem::path& directory, EvidenceLedger& ledger, const Clock& clock,
                    ScanDecoder* decoder, EvidenceLimits limits)
      : directory_(std::filesystem::absolute(directory)),
        ledger_(ledger),
        clock_(clock),
        decoder_(decoder),
        limits_(limits) {
    std::error_code error;
    std::filesystem::create_directories(directory_, error);
    if (error) throw std::runtime_error(unusable("made", error));
    try {
      evidence::require_writable(directory_);
    } catch (const std::system_error& refused) {
      throw std::runtime_error(unusable("written to", refused.code()));
    }
  }

  Put put(const Uploader& uploader, std::string_view bytes, const std::string& filename,
          const GivenUp& given_up) override {
    Put put;
    put.fault = fault_before_looking(uploader, bytes);
    if (put.fault != Fault::none) return put;
    const auto media_type = evidence::recognise(bytes);
    if (!media_type) {
      put.fault = Fault::unsupported_media_type;
      return put;
    }
    if (decoder_) {
      const auto examined = decoder_->examine(bytes, *media_type, given_up);
      put.facts = examined.facts;
      put.cause = examined.fault;
      if (put.cause != ScanFault::none) {
        put.fault = put.cause == ScanFault::unavailable ? Fault::unavailable
                    : put.cause == ScanFault::given_up  ? Fault::given_up
                                                        : Fault::unreadable;
        return put;
      }
    }
    put.upload = {sha256_hex(bytes),
                  uploader.account,
                  evidence::plain_filename(filename),
                  *media_type,
                  static_cast<std::int64_t>(bytes.size()),
                  clock_.now()};

    // From the look for the file to its row nothing may be swept.
    const std::shared_lock no_sweep(sweeping_);
    if (!open(put.upload).bytes) write(put.upload.sha256, bytes);
    put.created = ledger_.add(put.upload);
    if (put.created) return put;
    if (auto earlier = ledger_.find(put.upload.sha256, uploader.account)) put.upload = std::move(*earlier);
    return put;
  }

  std::optional<Upload> find(const std::string& sha256, AccountId account) override {
    return evidence::is_sha256(sha256) ? ledger_.find(sha256, account) : std::nullopt;
  }

  std::optional<Upload> find(const std::string& sha256) override {
    return evidence::is_sha256(sha256) ? ledger_.find(sha256) : std::nullopt;
  }

  std::filesystem::path path(const std::string& sha256) const override { return evidence::file_of(directory_, sha256); }

  Opened open(const Upload& upload) const override { return evidence::open_stored(path(upload.sha256), upload); }

  std::optional<Rendering> kept_rendering(const Upload& upload, int page, ScanSize size) const override {
    return evidence::read_rendering(evidence::rendering_path(path(upload.sha256), page, size));
  }

  Rendering render(const Upload& upload, int page, ScanSize size, const GivenUp& given_up) override {
    auto opened = open(upload);
    if (!opened.bytes) return {ScanFault::none, 0, {}, std::move(opened.fault)};
    if (!decoder_) return {ScanFault::unavailable, 0, {}, {}};
    auto drawn = decoder_->draw(bytes_of(*opened.bytes), upload.media_type, page, size, given_up);
    Rendering rendering{drawn.fault, drawn.pages, std::move(drawn.jpeg), {}};
    keep(upload, page, size, rendering);
    return rendering;
  }

  std::string unavailable() const override {
    if (!decoder_) return "there is no decoder";
    if (!has_room()) return unusable("added to", std::make_error_code(std::errc::no_space_on_device));
    return decoder_->unavailable();
  }

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
        evidence::remove_renderings(path(hash));
        ++now_removed;
      }
      removed += now_removed;
      if (hashes.size() < at_once || now_removed == 0) return removed;
    }
  }

 private:
  Fault fault_before_looking(const Uploader& uploader, std::string_view bytes) const {
    if (bytes.empty()) return Fault::empty;
    if (!has_room()) return Fault::no_room;
    const Instant yesterday = clock_.now() - std::chrono::hours{24};
    const auto size = static_cast<std::int64_t>(bytes.size());
    if (ledger_.bytes_of(uploader.account, yesterday) > limits_.account_bytes_a_day - size) return Fault::account_quota;
    for (const OfficeId office : uploader.offices)
      if (ledger_.bytes_of(office, yesterday) > limits_.office_bytes_a_day - size) return Fault::office_quota;
    return Fault::none;
  }

  /// Also where the file system doesn't say.
  bool has_room() const {
    std::error_code error;
    const auto space = std::filesystem::space(directory_, error);
    return error || space.available >= limits_.bytes_kept_free;
  }

  /// What passes by itself is tried again; what is not kept is drawn anew, and shown all the same.
  void keep(const Upload& upload, int page, ScanSize size, const Rendering& rendering) {
    const bool passes = rendering.fault == ScanFault::unavailable || rendering.fault == ScanFault::too_slow ||
                        rendering.fault == ScanFault::given_up;
    const bool is_no_page = rendering.fault == ScanFault::none && rendering.jpeg.empty();
    if (passes || is_no_page || !has_room()) return;
    const std::shared_lock no_sweep(sweeping_);
    if (!ledger_.find(upload.sha256)) return;
    try {
      evidence::keep_rendering(evidence::rendering_path(path(upload.sha256), page, size), rendering);
    } catch (const std::system_error& error) {
      spdlog::warn("{}", unusable("written to", error.code()));
    }
  }

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
  ScanDecoder* decoder_;
  const EvidenceLimits limits_;
  std::shared_mutex sweeping_;
};

}  // namespace

std::unique_ptr<EvidenceStore> open_evidence_directory(const std::filesystem::path& directory, EvidenceLedger& ledger,
                                                       const Clock& clock, ScanDecoder* decoder,
                                                       EvidenceLimits limits) {
  return std::make_unique<EvidenceDirectory>(directory, ledger, clock, decoder, limits);
}

}  // namespace xueji
