// Fills an empty registry fast: demo data, imports.
#pragma once
#include "engine/authority/office.hpp"
#include "engine/ports/accounts.hpp"
#include "engine/registry/student.hpp"

namespace xueji {

/// One transaction, rolled back when destroyed before commit(). Everything else that writes waits for it.
/// Each add gives the next free id where the value has none (0), and keeps the value's own id otherwise. Rows are
/// written some at a time, so that a StoreError may come from a later call than its row's.
class BulkLoader {
 public:
  virtual ~BulkLoader() = default;
  /// The supervisor must have been added before.
  virtual OfficeId add(const Office& office) = 0;
  /// Gives an office that is there these stages and this system; all else of it stays.
  virtual void amend(const Office& office) = 0;
  virtual AccountId add(const Account& account) = 0;
  virtual PostId add(const Post& post) = 0;
  /// With its numbers.
  virtual StudentId add(const Student& student) = 0;
  virtual void commit() = 0;
};

}  // namespace xueji
