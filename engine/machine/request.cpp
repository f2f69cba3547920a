#include "engine/machine/request.hpp"

#include <utility>

#include "engine/definition/configuration.hpp"

namespace xueji {
namespace {

void add_tasks(std::vector<Task>& tasks, const Request& request, const Token& token) {
  const auto add = [&](std::int64_t number, const Holder& holder) {
    tasks.push_back(
        {task_id(request.id, number), request.id, holder, token.state, token.since, token.due, token.claimed_by});
  };
  add(token.number, token.holder);
  if (token.escalated_to) add(token.escalated_number, *token.escalated_to);
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

bool has_ended(const Token& branch) { return branch.state == join_word || branch.state == stop_word; }

void give_numbers(Request& request) {
  const auto give = [&](std::int64_t& number) {
    if (number != 0) return;
    if (request.tasks_given == task_number_max) throw ImpossibleMove("no number is left for another of its tasks");
    number = ++request.tasks_given;
  };
  const auto give_to = [&](Token& token) {
    give(token.number);
    if (token.escalated_to) give(token.escalated_number);
  };
  give_to(request.token);
  for (Token& branch : request.branches)
    if (!has_ended(branch)) give_to(branch);
}

void escalate(Token& token, const Holder& to) {
  if (token.escalated_to != to) token.escalated_number = 0;
  token.escalated_to = to;
}

std::vector<Task> tasks_of(const Request& request) {
  std::vector<Task> tasks;
  if (request.outcome) return tasks;
  add_tasks(tasks, request, request.token);
  for (const Token& branch : request.branches)
    if (!has_ended(branch)) add_tasks(tasks, request, branch);
  return tasks;
}

std::vector<Task> kept_tasks_of(const Request& request) {
  std::vector<Task> tasks = tasks_of(request);
  if (request.outcome && request.token.timer) add_tasks(tasks, request, request.token);
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

std::optional<TaskPlace> place_of(const Request& request, TaskId task) {
  if ((request.outcome && !request.token.timer) || request_of(task) != request.id) return std::nullopt;
  const std::int64_t number = number_of(task);
  for (std::size_t branch = 0; branch <= request.branches.size(); ++branch) {
    const Token& token = branch == 0 ? request.token : request.branches[branch - 1];
    if (has_ended(token)) continue;
    if (token.number == number) return TaskPlace{branch, false};
    if (token.escalated_to && token.escalated_number == number) return TaskPlace{branch, true};
  }
  return std::nullopt;
}

bool is_escalation(const Request& request, TaskId task) {
  const auto place = place_of(request, task);
  return place && place->escalated;
}

const Token* token_of(const Request& request, TaskId task) {
  const auto place = place_of(request, task);
  if (!place) return nullptr;
  return place->branch == 0 ? &request.token : &request.branches[place->branch - 1];
}

}  // namespace xueji
