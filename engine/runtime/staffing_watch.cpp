#include "engine/runtime/staffing_watch.hpp"

#include <algorithm>
#include <condition_variable>
#include <latch>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "engine/runtime/staffing.hpp"

namespace xueji {
namespace {

/// Who works on a task is all the same.
bool is_same_place(const Task& one, const Task& other) {
  return one.id == other.id && one.holder == other.holder && one.state == other.state && one.since == other.since;
}

bool has_moved(const OutboxRow& row) {
  return row.action == "migrate" ||
         !std::equal(row.before.begin(), row.before.end(), row.after.begin(), row.after.end(), is_same_place);
}

}  // namespace

struct StaffingWatch::Watch {
  Watch(Queries& queries_, Accounts& accounts_, const Clock& clock_, Directory& directory_, Runtime& runtime_,
        StaffingWatchOptions options_)
      : queries(queries_),
        accounts(accounts_),
        clock(clock_),
        directory(directory_),
        runtime(runtime_),
        options(std::move(options_)),
        thread([this] { keep_looking(); }) {}

  void remember(std::span<const OutboxRow> rows) {
    const std::lock_guard lock(mutex);
    for (const OutboxRow& row : rows)
      if (!row.after.empty() && has_moved(row)) pending.insert(row.request);
    if (pending.size() > options.pending_max) everywhere = true, pending.clear();
  }

  void keep_looking() {
    std::unique_lock lock(mutex);
    while (!stopping) {
      std::set<RequestId> requests = std::exchange(pending, {});
      const bool all = std::exchange(everywhere, false);
      lock.unlock();
      const bool done = look(requests, all);
      lock.lock();
      if (!done) {
        everywhere = everywhere || all;
        pending.merge(requests);
      }
      stopped.wait_for(lock, options.poll, [this] { return stopping; });
    }
  }

  bool look(const std::set<RequestId>& requests, bool all) {
    try {
      const Instant now = clock.now();
      const bool anew = all || now < looked_at;
      const auto staffing =
          anew ? Accounts::Staffing{{}, accounts.newest_staffing_change()} : accounts.staffing_since(staffing_number);
      std::set<Holder> changed(staffing.changed.begin(), staffing.changed.end());
      if (!anew) {
        const auto turning = accounts.posts_turning(looked_at, now);
        changed.insert(turning.begin(), turning.end());
      }
      if (anew) look_everywhere();
      if (!changed.empty()) look_at_posts(changed);
      look_at({requests.begin(), requests.end()});
      if (is_stopping()) return false;
      staffing_number = staffing.number;
      looked_at = now;
      figures.undecidable = queries.count_undecidable();
      return true;
    } catch (const std::exception&) {
      if (options.log) options.log("which tasks nobody can decide could not be looked at");
      return false;
    }
  }

  void look_everywhere() {
    RequestId after;
    for (auto ids = queries.open_requests(after, options.page); !ids.empty() && !is_stopping();
         ids = queries.open_requests(after, options.page)) {
      look_at(ids);
      after = ids.back();
    }
  }

  /// What waits for the posts, and what is marked: somebody might stand in now who could not before.
  void look_at_posts(const std::set<Holder>& posts) {
    for (const Holder& post : posts) {
      TaskFilter filter;
      filter.queues = {post};
      for_each_page([&](const PageRequest& page) { return queries.tasks(filter, page); },
                    [](const TaskRow& row) { return row.task.request; });
    }
    Scope whole;
    for (const Office& office : directory.offices()->all())
      if (!office.supervisor) whole.offices.push_back(office.id);
    for_each_page([&](const PageRequest& page) { return queries.undecidable(whole, page); },
                  [](const UndecidableRow& row) { return row.request.id; });
  }

  template <class Ask, class RequestOfRow>
  void for_each_page(const Ask& ask, const RequestOfRow& request_of_row) {
    PageRequest page{options.page, {}};
    do {
      const auto rows = ask(page);
      std::set<RequestId> ids;
      for (const auto& row : rows.items) ids.insert(request_of_row(row));
      look_at({ids.begin(), ids.end()});
      page.after = rows.next;
    } while (page.after && !is_stopping());
  }

  void look_at(const std::vector<RequestId>& ids) {
    for (std::size_t at = 0; at < ids.size() && !is_stopping(); at += options.page) {
      const auto begin = ids.begin() + static_cast<std::ptrdiff_t>(at);
      const auto end = ids.begin() + static_cast<std::ptrdiff_t>(std::min(at + options.page, ids.size()));
      const auto requests = queries.requests_with({begin, end});
      submit(take_overs(accounts, surroundings_of(directory, clock.now()), requests));
    }
  }

  /// Together, so that they are committed together; what the pipeline is too busy for is looked at again.
  void submit(std::vector<TakeOver> commands) {
    if (commands.empty()) return;
    const auto open = std::make_shared<std::latch>(static_cast<std::ptrdiff_t>(commands.size()));
    for (TakeOver& command : commands) {
      const RequestId request = command.request;
      runtime.submit({std::move(command), {}, {}, {}}, [this, request, open](const CommandResult& result) {
        if (const auto* done = std::get_if<Committed>(&result))
          figures.taken_over += done->replayed ? 0 : 1;
        else
          look_again(request);
        open->count_down();
      });
    }
    open->wait();
  }

  void look_again(RequestId request) {
    const std::lock_guard lock(mutex);
    pending.insert(request);
  }

  bool is_stopping() {
    const std::lock_guard lock(mutex);
    return stopping;
  }

  void stop() {
    {
      const std::lock_guard lock(mutex);
      stopping = true;
    }
    stopped.notify_all();
    const std::lock_guard lock(stop_mutex);
    if (thread.joinable()) thread.join();
  }

  Queries& queries;
  Accounts& accounts;
  const Clock& clock;
  Directory& directory;
  Runtime& runtime;
  const StaffingWatchOptions options;
  StaffingFigures figures;
  Instant looked_at;  ///< for the watching thread, as the next
  std::int64_t staffing_number = 0;
  std::mutex mutex;
  std::condition_variable stopped;
  std::set<RequestId> pending;
  bool everywhere = true;
  bool stopping = false;
  std::mutex stop_mutex;
  std::thread thread;
};

StaffingWatch::StaffingWatch(Queries& queries, Accounts& accounts, const Clock& clock, Directory& directory,
                             Runtime& runtime, StaffingWatchOptions options)
    : watch_(std::make_unique<Watch>(queries, accounts, clock, directory, runtime, std::move(options))) {}

StaffingWatch::~StaffingWatch() { stop(); }
void StaffingWatch::committed(std::span<const OutboxRow> rows) { watch_->remember(rows); }
void StaffingWatch::stop() { watch_->stop(); }
const StaffingFigures& StaffingWatch::figures() const { return watch_->figures; }

}  // namespace xueji
