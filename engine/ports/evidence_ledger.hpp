// Who uploaded which bytes: the rows behind the evidence files. Implemented by adapters/sql.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/ports/evidence_store.hpp"

namespace xueji {

/// Safe from any thread; throws StoreError.
class EvidenceLedger {
 public:
  virtual ~EvidenceLedger() = default;
  /// False when this account had recorded the same bytes before; then only the instant is renewed, so that a sweep
  /// spares them.
  virtual bool add(const Upload& upload) = 0;
  virtual std::optional<Upload> find(const std::string& sha256, AccountId account) = 0;
  virtual std::optional<Upload> find(const std::string& sha256) = 0;
  /// Bytes that the account has uploaded since `since`.
  virtual std::int64_t bytes_of(AccountId account, Instant since) = 0;
  /// The same of all accounts that have had a post at that office.
  virtual std::int64_t bytes_of(OfficeId office, Instant since) = 0;
  /// Hashes of uploads all older than `before` that no request refers to, at most `limit`.
  virtual std::vector<std::string> unreferenced(Instant before, std::size_t limit) = 0;
  /// Removes the rows of such a hash. False when it has come into use, or was uploaded anew, meanwhile.
  virtual bool remove_unreferenced(const std::string& sha256, Instant before) = 0;
};

}  // namespace xueji
