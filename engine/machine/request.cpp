#include "engine/machine/request.hpp"

#include <utility>

namespace xueji {
namespace {

bool has_ended(const Token& branch) { return branch.state == join_word || branch.state == stop_word; }

void add_tasks(std::vector<Task>& tasks, const Request& request, const Token& token, std::int64_t place) {
  const auto add = [&](std::int64_t at, const Holder& holder) {
    tasks.push_back({TaskId{request.id.value * task_branches_max + at}, request.id, holder, token.state, token.since,
                     token.due, token.claimed_by});
  };
  add(place, token.holder);
  if (token.escalated_to) add(escalation_branch - place, *token.escalated_to);
}

constexpr std::string_view vacant_word = "vacant";
constexpr std::string_view separated_word = "separated";

}  // namespace

std::string_view to_string(Lack why) { return why == Lack::vacant ? vacant_word : separated_word; }

std::optional<Lack> parse_lack(std::string_view word) {
  if (word == vacant_word) return Lack::vacant;
  if (word == separated_word) return Lack::separated;
  return std::nullopt;
}

std::vector<Task> tasks_of(const Request& request) {
  std::vector<Task> tasks;
  if (request.outcome) return tasks;
  add_tasks(tasks, request, request.token, 0);
  for (std::size_t branch = 0; branch < request.branches.size(); ++branch)
    if (!has_ended(request.branches[branch]))
      add_tasks(tasks, request, request.branches[branch], static_cast<std::int64_t>(branch) + 1);
  return tasks;
}

std::vector<Task> kept_tasks_of(const Request& request) {
  std::vector<Task> tasks = tasks_of(request);
  if (request.outcome && request.token.timer) add_tasks(tasks, request, request.token, 0);
  return tasks;
}

std::vector<const Token*> active_tokens(const Request& request) {
  if (request.branches.empty()) return {&request.token};
  std::vector<const Token*> tokens;
  for (const Token& branch : request.branches)
    if (!has_ended(branch)) tokens.push_back(&branch);
  return tokens;
}

const Token* token_in(const Request& request, std::string_view state) {
  for (const Token* token : active_tokens(request))
    if (token->state == state) return token;
  return nullptr;
}

Token* token_in(Request& request, std::string_view state) {
  return const_cast<Token*>(token_in(std::as_const(request), state));
}

const Token* token_of(const Request& request, TaskId task) {
  if ((request.outcome && !request.token.timer) || request_of(task) != request.id) return nullptr;
  const std::int64_t at = task.value % task_branches_max;
  const auto place = static_cast<std::size_t>(is_escalation(task) ? escalation_branch - at : at);
  if (place > request.branches.size()) return nullptr;
  const Token& token = place == 0 ? request.token : request.branches[place - 1];
  return has_ended(token) || (is_escalation(task) && !token.escalated_to) ? nullptr : &token;
}

}  // namespace xueji
