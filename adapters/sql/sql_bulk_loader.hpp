#pragma once
#include "adapters/sql/bulk_loader.hpp"
#include "adapters/sql/connections.hpp"
#include "adapters/sql/registry_rows.hpp"

namespace xueji::sql {

class SqlBulkLoader final : public BulkLoader {
 public:
  explicit SqlBulkLoader(Connections& connections);
  OfficeId add(const Office& office) override;
  void amend(const Office& office) override;
  AccountId add(const Account& account) override;
  PostId add(const Post& post) override;
  StudentId add(const Student& student) override;
  void commit() override;

 private:
  template <class Row>
  auto add_row(const Row& row, long long& next);

  Connections::Writing writing_;
  RegistryRows rows_;
  long long office_, account_, post_, student_;  ///< the next free ids
  StudentId first_added_, last_added_;           ///< among the students; none before one was
};

}  // namespace xueji::sql
