#pragma once
#include "adapters/sql/connections.hpp"
#include "engine/ports/evidence_ledger.hpp"

namespace xueji::sql {

class SqlEvidenceLedger final : public EvidenceLedger {
 public:
  explicit SqlEvidenceLedger(Connections& connections) : connections_(connections) {}
  bool add(const Upload& upload) override;
  std::optional<Upload> find(const std::string& sha256, AccountId account) override;
  std::optional<Upload> find(const std::string& sha256) override;
  std::int64_t bytes_of(AccountId account, Instant since) override;
  std::int64_t bytes_of(OfficeId office, Instant since) override;
  std::vector<std::string> unreferenced(Instant before, std::size_t limit) override;
  bool remove_unreferenced(const std::string& sha256, Instant before) override;

 private:
  Connections& connections_;
};

}  // namespace xueji::sql
