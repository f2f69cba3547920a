#pragma once
#include <map>
#include <tuple>

#include "engine/ports/student_handles.hpp"

namespace xueji::testing {

class FakeHandles final : public StudentHandles {
 public:
  void give(const std::string& hash, AccountId account, StudentId student, Instant now) override {
    given_[hash] = {account, student, now + student_handle_lifetime};
  }
  std::optional<StudentId> student(const std::string& hash, AccountId account, Instant now) override {
    const auto found = given_.find(hash);
    if (found == given_.end()) return std::nullopt;
    const auto& [whose, student, until] = found->second;
    return whose == account && now < until ? std::optional(student) : std::nullopt;
  }

 private:
  std::map<std::string, std::tuple<AccountId, StudentId, Instant>> given_;
};

}  // namespace xueji::testing
