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
  Put put(AccountId account, std::string_view bytes, const std::string& filename, std::string_view declared) override {
    const std::lock_guard lock(mutex_);
    if (bytes.empty()) return {Fault::empty, {}, false};
    const bool is_png = bytes.substr(0, 8) == std::string_view(png).substr(0, 8);
    if (!is_png || (!declared.empty() && declared != "image/png")) return {Fault::unsupported_media_type, {}, false};
    Upload upload{sha256_hex(bytes), account, filename, "image/png", static_cast<std::int64_t>(bytes.size()), {}};
    const auto [found, created] = uploads_.emplace(std::pair(upload.sha256, account), upload);
    return {Fault::none, found->second, created};
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
  std::atomic<bool> is_damaged{false};
  std::size_t sweep(Instant) override { return 0; }

 private:
  std::mutex mutex_;
  std::map<std::pair<std::string, AccountId>, Upload> uploads_;
};

}  // namespace xueji::testing
