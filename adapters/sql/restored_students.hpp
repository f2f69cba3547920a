// Students as a request has left them: what was changed later is no matter of whoever sees the request.
#pragma once
#include <set>
#include <utility>

#include "adapters/sql/session.hpp"
#include "engine/registry/student.hpp"

namespace xueji::sql {

/// Takes changes back that are read newest first.
class TakingBack {
 public:
  inline static constexpr std::string_view columns = "c.member, c.old_value, c.new_value, c.recorded_at, c.history_id";
  inline static constexpr std::string_view kinds = "tttii";
  /// The change that stands in the row's columns from `from` on.
  void take_back(Student& student, const Statement& row, std::size_t from);

 private:
  std::set<std::pair<const Student*, long long>> entries_;
};

}  // namespace xueji::sql
