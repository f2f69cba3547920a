// New offices, accounts, posts and students, and offices that are amended, for the administration and the bulk loader.
#pragma once
#include "adapters/sql/bulk.hpp"
#include "adapters/sql/finding_rows.hpp"
#include "engine/authority/office.hpp"
#include "engine/ports/accounts.hpp"
#include "engine/registry/student.hpp"

namespace xueji::sql {

/// Collects rows; every id is given by the caller.
class RegistryRows {
 public:
  explicit RegistryRows(Session& session);
  /// The supervisor must have been added before, now or earlier.
  void add(const Office& office);
  /// The stages and the system of one that is in the table.
  void amend(const Office& office);
  void add(const Account& account);
  void add(const Post& post);
  void add(const Student& student);
  std::size_t rows() const;
  /// Writes what was collected, and forgets it. Throws StoreError.
  void run();

 private:
  Session& session_;
  bool lent_ = false;  ///< posts of which it is still to be found which post they were lent from
  Bulk offices_, amended_offices_, own_closure_, closure_above_;
  Bulk accounts_, posts_;
  Bulk students_, numbers_;
  FindingRows finding_;
};

}  // namespace xueji::sql
