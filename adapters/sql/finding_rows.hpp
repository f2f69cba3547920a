// The rows by which students are found: `student_key`, each key of all, and `student_key_list`, all keys of each.
#pragma once
#include "adapters/sql/bulk.hpp"
#include "adapters/sql/schema_steps.hpp"
#include "engine/registry/student.hpp"

namespace xueji::sql {

/// In front of each key in a list, so that a key is looked for by its beginning.
inline constexpr char before_key = '\n';

/// Collects rows, as Bulk does.
class FindingRows {
 public:
  explicit FindingRows(Session& session);
  void add(const Student& student);
  /// Nothing where both are found by the same keys at the same school.
  void change(const Student& before, const Student& after);
  std::size_t rows() const { return keys_.rows() + lists_.rows(); }
  /// Throws StoreError.
  void run();

 private:
  void add(const Student& student, const std::vector<std::string>& keys);

  Bulk dropped_keys_, dropped_lists_, keys_, lists_;
};

/// Fills both tables from the students that are there.
SlicedWork fill_finding_rows();

}  // namespace xueji::sql
