#include "engine/machine/request.hpp"

namespace xueji {
namespace {

constexpr std::int64_t only_branch = 0;

Task task_on_branch(const Request& request, std::int64_t branch, const Holder& holder) {
  const Token& token = request.token;
  return {TaskId{request.id.value * task_branches_max + branch},
          request.id,
          holder,
          token.state,
          token.since,
          token.due,
          token.claimed_by};
}

}  // namespace

std::vector<Task> tasks_of(const Request& request) {
  std::vector<Task> tasks;
  if (request.outcome) return tasks;
  tasks.push_back(task_on_branch(request, only_branch, request.token.holder));
  if (request.token.escalated_to)
    tasks.push_back(task_on_branch(request, escalation_branch, *request.token.escalated_to));
  return tasks;
}

}  // namespace xueji
