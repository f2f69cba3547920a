#include "adapters/sql/restored_students.hpp"

#include "engine/registry/changes.hpp"

namespace xueji::sql {

void TakingBack::take_back(Student& student, const Statement& row, std::size_t from) {
  // Whoever changed several members at once made one version.
  const bool is_another = entries_.emplace(&student, row.integer(from + 4)).second;
  const auto version = student.version - (is_another ? 1 : 0);
  const RegistryChange back = change_of_texts(row.text(from), row.text(from + 2), row.text(from + 1));
  student = apply(std::move(student), std::span(&back, 1), instant_of(row.integer(from + 3)));
  student.version = version;
}

}  // namespace xueji::sql
