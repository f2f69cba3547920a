// Where uploaded scans are kept: by the SHA-256 of their bytes.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/byte_source.hpp"
#include "engine/base/id.hpp"
#include "engine/base/time.hpp"
#include "engine/ports/scan_decoder.hpp"

namespace xueji {

struct Upload {
  std::string sha256;
  AccountId account;
  std::string filename;    ///< base name as given, at most 255 bytes
  std::string media_type;  ///< recognised by content
  std::int64_t size = 0;
  Instant at;
};

/// Who uploads; the quota of each of the offices counts.
struct Uploader {
  AccountId account;
  std::vector<OfficeId> offices;
};

/// Safe from any thread.
class EvidenceStore {
 public:
  virtual ~EvidenceStore() = default;
  enum class Fault {
    none,
    empty,
    unsupported_media_type,  ///< neither JPEG nor PNG nor PDF
    unreadable,              ///< it is one, and can't be shown whole: `cause`
    unavailable,             ///< nothing can be decoded here
    account_quota,           ///< the account has uploaded what it may within a day
    office_quota,            ///< all accounts of one of the offices together have
    no_room,                 ///< the disk has less room than is kept free
    given_up                 ///< nobody waits for it any more: nothing was kept
  };
  struct Put {
    Fault fault = Fault::none;
    ScanFault cause = ScanFault::none;
    Upload upload;
    ScanFacts facts;
    bool created = false;  ///< false when this account had uploaded the same bytes before
  };
  /// Recognises the content, decodes all of it, writes the bytes durably and atomically, then records who uploaded
  /// them. Throws StoreError where nothing can be written.
  virtual Put put(const Uploader& uploader, std::string_view bytes, const std::string& filename,
                  const GivenUp& given_up = {}) = 0;
  virtual std::optional<Upload> find(const std::string& sha256, AccountId account) = 0;
  /// Any upload of these bytes, for those who may see a request that refers to them.
  virtual std::optional<Upload> find(const std::string& sha256) = 0;
  virtual std::filesystem::path path(const std::string& sha256) const = 0;
  struct Opened {
    std::shared_ptr<ByteSource> bytes;  ///< null where the file is not what was uploaded
    std::string fault;                  ///< then a sentence for the operator, with the path
  };
  /// The bytes of an upload, once they were found to be those: a regular file, no link, of that size and SHA-256.
  virtual Opened open(const Upload& upload) const = 0;

  struct Rendering {
    ScanFault fault = ScanFault::none;
    int pages = 0;
    std::string jpeg;     ///< empty where there is no such page
    std::string damaged;  ///< as `fault` of Opened, where the file is not what was uploaded
  };
  /// Page `page`, from 1, as it was drawn before; nothing where it was not.
  virtual std::optional<Rendering> kept_rendering(const Upload& upload, int page, ScanSize size) const = 0;
  /// The same, drawn now and kept beside the file. Takes as long as decoding does, unless it is given up.
  virtual Rendering render(const Upload& upload, int page, ScanSize size, const GivenUp& given_up = {}) = 0;
  /// Why uploads are refused and what was never shown can't be, for operators; empty where all is well.
  virtual std::string unavailable() const = 0;
  /// Removes uploads older than `before` that no request refers to, with their renderings. Returns how many.
  virtual std::size_t sweep(Instant before) = 0;
};

}  // namespace xueji
