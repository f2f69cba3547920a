#pragma once
#include "adapters/sql/bulk_loader.hpp"
#include "adapters/sql/connections.hpp"

namespace xueji::sql {

class SqlBulkLoader final : public BulkLoader {
 public:
  explicit SqlBulkLoader(Connections& connections);
  OfficeId add(const Office& office) override;
  AccountId add(const Account& account) override;
  PostId add(const Post& post) override;
  StudentId add(const Student& student) override;
  void commit() override;

 private:
  Connections::Writing writing_;
  long long office_, account_, post_, student_;  ///< the next free ids
};

}  // namespace xueji::sql
