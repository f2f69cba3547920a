// Handles of students: whoever knows a student's number, name and birth date gets one for an hour, and may name the
// student by it wherever in the nation the school is.
#pragma once
#include <chrono>
#include <optional>
#include <string>

#include "engine/base/id.hpp"
#include "engine/base/time.hpp"

namespace xueji {

inline constexpr std::chrono::hours student_handle_lifetime{1};

/// Safe from any thread; throws StoreError.
class StudentHandles {
 public:
  virtual ~StudentHandles() = default;
  /// `hash` is what engine/authority/token.hpp keeps of the handle; it serves that account alone until then. Handles
  /// that have run out by `now` are forgotten.
  virtual void give(const std::string& hash, AccountId account, StudentId student, Instant now) = 0;
  /// Nothing where it was given to somebody else, or has run out.
  virtual std::optional<StudentId> student(const std::string& hash, AccountId account, Instant now) = 0;
};

}  // namespace xueji
