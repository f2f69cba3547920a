#pragma once
#include "adapters/sql/connections.hpp"
#include "engine/ports/student_handles.hpp"

namespace xueji::sql {

class SqlStudentHandles final : public StudentHandles {
 public:
  explicit SqlStudentHandles(Connections& connections) : connections_(connections) {}
  void give(const std::string& hash, AccountId account, StudentId student, Instant now) override;
  std::optional<StudentId> student(const std::string& hash, AccountId account, Instant now) override;

 private:
  Connections& connections_;
};

}  // namespace xueji::sql
