// Where uploaded scans are kept: by the SHA-256 of their bytes.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/byte_source.hpp"
#include "engine/base/id.hpp"
#include "engine/base/time.hpp"

namespace xueji {

struct Upload {
  std::string sha256;
  AccountId account;
  std::string filename;    ///< base name as given, at most 255 bytes
  std::string media_type;  ///< recognised by content
  std::int64_t size = 0;
  Instant at;
};

/// Safe from any thread.
class EvidenceStore {
 public:
  virtual ~EvidenceStore() = default;
  enum class Fault { none, unsupported_media_type, empty };
  struct Put {
    Fault fault = Fault::none;
    Upload upload;
    bool created = false;  ///< false when this account had uploaded the same bytes before
  };
  /// Recognises the content, writes the bytes durably and atomically, then records who uploaded them.
  /// `declared` is the Content-Type sent, which must agree with the content; empty accepts any. Throws StoreError where
  /// nothing can be written.
  virtual Put put(AccountId account, std::string_view bytes, const std::string& filename,
                  std::string_view declared) = 0;
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
  /// Removes uploads older than `before` that no request refers to. Returns how many.
  virtual std::size_t sweep(Instant before) = 0;
};

}  // namespace xueji
