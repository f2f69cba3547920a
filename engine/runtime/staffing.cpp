#include "engine/runtime/staffing.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "engine/machine/deciders.hpp"
#include "engine/machine/right.hpp"

namespace xueji {
namespace {

constexpr std::size_t page_of_tasks = 200;

/// A request with its definition, to ask the machine about it.
struct Looked {
  const Request* request;
  DefinitionPtr definition;
  Situation situation;
};

std::optional<Looked> looked_at(const StaffingSurroundings& around, const Request& request) {
  DefinitionPtr definition = around.catalog->find(request.definition);
  if (request.outcome || !definition) return std::nullopt;
  Situation situation{*definition,     request.definition, &request,   nullptr, nullptr,
                      *around.offices, *around.calendar,   around.now, {},      nullptr};
  return Looked{&request, std::move(definition), std::move(situation)};
}

bool administers_itself(const Post& post, Instant now) {
  return post.role == Role::admin && !post.delegated_from && post.in_force(now);
}

struct LookedTask {
  const Looked* looked;
  const Token* token;
};

void add_people(std::vector<Post>& people, Accounts& accounts, const std::set<Holder>& posts) {
  if (posts.empty()) return;
  auto found = accounts.posts_of({posts.begin(), posts.end()});
  people.insert(people.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
}

/// A loan goes with the post that it is of.
void remove(std::vector<Post>& people, const std::vector<Post>& gone) {
  std::erase_if(people, [&](const Post& post) {
    return std::any_of(gone.begin(), gone.end(),
                       [&](const Post& each) { return each.id == post.id || each.id == post.source; });
  });
}

/// Those of the page that `queue` decides now and would not without `gone`.
void add_left_behind(std::vector<UndecidableRow>& left, Accounts& accounts, const StaffingSurroundings& around,
                     const Holder& queue, const std::vector<Post>& now_there, const std::vector<Post>& gone,
                     const std::map<RequestId, std::vector<TaskId>>& tasks, std::vector<Request> requests) {
  std::vector<Post> then_there = now_there;
  remove(then_there, gone);
  struct Left {
    Request* request;
    TaskId task;
  };
  std::vector<Left> found;
  std::set<Holder> above;
  for (Request& request : requests) {
    const auto looked = looked_at(around, request);
    if (!looked) continue;
    for (const TaskId task : tasks.at(request.id)) {
      const Token* token = token_of(request, task);
      if (!token || (is_escalation(request, task) && !token->undecidable)) continue;
      if (lack_of_deciders(looked->situation, *token, queue, now_there) ||
          !lack_of_deciders(looked->situation, *token, queue, then_there))
        continue;
      found.push_back({&request, task});
      for (const Holder& post : stand_ins(looked->situation, *token)) above.insert(post);
      above.insert(token->holder);
    }
  }
  std::vector<Post> people;
  add_people(people, accounts, above);
  remove(people, gone);
  for (const auto& [request, task] : found) {
    const auto looked = looked_at(around, *request);
    Token& token = *token_in(*request, token_of(*request, task)->state);
    if (const auto then = take_over(looked->situation, token, people); then && then->why)
      token.undecidable = {*then->why, around.now, then->to};
    left.push_back({task, *request});
  }
}

}  // namespace

StaffingSurroundings surroundings_of(const Directory& directory, Instant now) {
  return {directory.offices(), directory.calendar(), directory.catalog(), now};
}

std::vector<TakeOver> take_overs(Accounts& accounts, const StaffingSurroundings& around,
                                 const std::vector<Request>& requests) {
  std::vector<Looked> looked;
  looked.reserve(requests.size());
  for (const Request& request : requests)
    if (auto one = looked_at(around, request)) looked.push_back(std::move(*one));
  std::set<Holder> own;
  for (const Looked& each : looked)
    for (const Token* token : active_tokens(*each.request))
      if (token->holder.role != Role::system)
        for (const Holder& post : queue_of(*token)) own.insert(post);
  std::vector<Post> people;
  add_people(people, accounts, own);

  std::vector<LookedTask> doubtful;
  std::set<Holder> above;
  for (const Looked& each : looked)
    for (const Token* token : active_tokens(*each.request)) {
      if (!token->undecidable && !has_lost_claim(*token, people, around.now) &&
          !lack_of_deciders(each.situation, *token, token->holder, people))
        continue;
      doubtful.push_back({&each, token});
      for (const Holder& post : stand_ins(each.situation, *token))
        if (!own.contains(post)) above.insert(post);
    }
  add_people(people, accounts, above);

  std::vector<TakeOver> found;
  for (const auto& [each, token] : doubtful)
    if (auto what = take_over(each->situation, *token, people)) found.push_back(std::move(*what));
  return found;
}

std::vector<UndecidableRow> left_behind(Queries& queries, Accounts& accounts, const StaffingSurroundings& around,
                                        const std::vector<Post>& gone, std::size_t limit) {
  std::set<Holder> posts;
  for (const Post& post : gone)
    if (post.in_force(around.now)) posts.insert({post.office, post.role});
  std::vector<UndecidableRow> left;
  for (const Holder& queue : posts) {
    const std::vector<Post> now_there = accounts.posts_of({queue});
    TaskFilter filter;
    filter.queues = {queue};
    PageRequest page{page_of_tasks, {}};
    do {
      const Page<TaskRow> rows = queries.tasks(filter, page);
      std::map<RequestId, std::vector<TaskId>> tasks;
      std::vector<RequestId> ids;
      for (const TaskRow& row : rows.items) {
        auto& of_request = tasks[row.task.request];
        if (of_request.empty()) ids.push_back(row.task.request);
        of_request.push_back(row.task.id);
      }
      add_left_behind(left, accounts, around, queue, now_there, gone, tasks, queries.requests_with(ids));
      page.after = rows.next;
    } while (page.after && left.size() < limit);
  }
  if (left.size() > limit) left.resize(limit);
  return left;
}

bool leaves_no_administrator(Accounts& accounts, const OfficeTree& offices, const std::vector<Post>& gone, Instant now,
                             const std::function<bool(const Post&)>& counts) {
  return std::any_of(gone.begin(), gone.end(), [&](const Post& post) {
    if (!administers_itself(post, now)) return false;
    std::vector<Holder> queues;
    for (const OfficeId office : offices.chain(post.office)) queues.push_back({office, Role::admin});
    const auto there = accounts.posts_of(queues);
    return std::none_of(there.begin(), there.end(), [&](const Post& other) {
      return administers_itself(other, now) && (!counts || counts(other)) &&
             std::none_of(gone.begin(), gone.end(), [&](const Post& each) { return each.id == other.id; });
    });
  });
}

}  // namespace xueji
