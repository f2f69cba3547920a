// Evidence in memory: what begins like a PNG is one, nothing else is anything.
#pragma once
#include <atomic>
#include <map>
#include <mutex>

#include "engine/base/sha256.hpp"
#include "engine/ports/evidence_store.hpp"
#include "tests/unit/web/bytes_in_memory.hpp"

namespace xueji::testing {

inline const std::string png = std::string("\x89PNG\r\n\x1a\n", 8) + "pixels";

class FakeEvidence : public EvidenceStore {
 public:
  Put put(const Uploader& uploader, std::string_view bytes, const std::string& filename, const GivenUp&) override {
    const std::lock_guard lock(mutex_);
    Put put;
    if (bytes.empty()) put.fault = Fault::empty;
    if (bytes.substr(0, 8) != std::string_view(png).substr(0, 8)) put.fault = Fault::unsupported_media_type;
    if (put.fault != Fault::none) return put;
    const Upload upload{sha256_hex(bytes),
                        uploader.account,
                        filename,
                        "image/png",
                        static_cast<std::int64_t>(bytes.size()),
                        Instant{std::chrono::years{300}}};  // always of the last day
    const auto [found, created] = uploads_.emplace(std::pair(upload.sha256, uploader.account), upload);
    put.upload = found->second;
    put.created = created;
    put.facts.width = put.facts.height = 1000;
    return put;
  }
  std::optional<Upload> find(const std::string& sha256, AccountId account) override {
    const std::lock_guard lock(mutex_);
    const auto found = uploads_.find({sha256, account});
    return found == uploads_.end() ? std::nullopt : std::optional(found->second);
  }
  std::optional<Upload> find(const std::string& sha256) override {
    const std::lock_guard lock(mutex_);
    for (const auto& [key, upload] : uploads_)
      if (key.first == sha256) return upload;
    return std::nullopt;
  }
  std::filesystem::path path(const std::string& sha256) const override { return "/evidence/" + sha256; }
  Opened open(const Upload& upload) const override {
    if (is_damaged) return {nullptr, "the evidence file /evidence/" + upload.sha256 + " is a link"};
    return {std::make_shared<BytesInMemory>(png), {}};
  }
  std::optional<Rendering> kept_rendering(const Upload&, int page, ScanSize) const override {
    return page == 1 ? std::optional(Rendering{ScanFault::none, 2, "picture", {}}) : std::nullopt;
  }
  Rendering render(const Upload&, int page, ScanSize, const GivenUp&) override {
    return {page == 3 ? ScanFault::damaged : ScanFault::none, 2, page == 2 ? "drawn" : "", {}};
  }
  std::string unavailable() const override { return {}; }
  std::atomic<bool> is_damaged{false};
  std::size_t sweep(Instant) override { return 0; }

 private:
  std::mutex mutex_;
  std::map<std::pair<std::string, AccountId>, Upload> uploads_;
};

}  // namespace xueji::testing
