#pragma once
#include "adapters/sql/connections.hpp"
#include "engine/ports/audit_trail.hpp"

namespace xueji::sql {

class SqlAuditTrail final : public AuditTrail {
 public:
  explicit SqlAuditTrail(Connections& connections) : connections_(connections) {}
  void add(const AuditLines& lines) override;
  std::vector<Row> lines(const std::vector<OfficeId>& offices, const Wanted& wanted, std::int64_t before,
                         std::size_t limit) override;
  std::size_t remove_before(Instant instant, std::size_t limit) override;

 private:
  Connections& connections_;
};

}  // namespace xueji::sql
