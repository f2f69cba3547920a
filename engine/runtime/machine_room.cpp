#include "engine/runtime/machine_room.hpp"

#include <thread>
#include <unordered_set>
#include <vector>

#include "engine/machine/backoff.hpp"
#include "engine/runtime/check_asker.hpp"
#include "engine/runtime/closings.hpp"
#include "engine/runtime/due_work.hpp"
#include "engine/runtime/pair_finder.hpp"

namespace xueji {

struct MachineRoom::Rooms {
  Rooms(Store& store_, Queries& queries_, CentralRegistry& central, const Clock& clock_, Directory& directory_,
        Runtime& runtime_, MachineRoomOptions options_)
      : store(store_),
        clock(clock_),
        directory(directory_),
        runtime(runtime_),
        options(std::move(options_)),
        queries(queries_),
        asker(queries_, central, clock, directory, runtime, figures),
        pairs(store_, directory_, runtime_),
        closings(queries_, directory_, runtime_) {
    for (unsigned i = 0; i < options.check_threads; ++i) threads.emplace_back([this] { ask_checks(); });
    threads.emplace_back([this] { watch(); });
  }

  void watch() {
    std::unique_lock lock(mutex);
    while (!stopping) {
      woken = false;
      lock.unlock();
      look();
      lock.lock();
      changed.wait_for(lock, pause(), [this] { return stopping || woken; });
    }
  }

  /// Looking again costs in proportion to what is under way, so it is done less often then.
  std::chrono::milliseconds pause() const {
    return options.poll * (1 + static_cast<int>(work.under_way() / options.page));
  }

  void look() {
    try {
      const Instant now = clock.now();
      carry_out_acts(now);
      if (now < looked_at) ask_what_is_put_off(now);
      looked_at = now;
      work.begin_look();
      auto all_due = store.due_tasks(now, work.under_way() + work.put_off() + options.page);
      std::unordered_set<RequestId> requests;
      for (const DueTask& due : all_due) requests.insert(due.request.id);
      work.keep_resting(requests);
      for (DueTask& due : all_due) begin(std::move(due));
      pairs.look(options.page);
      closings.look(now, options.page);
    } catch (const std::exception&) {
      fail("due work could not be read");
    }
    figures.under_way = work.under_way();
  }

  void carry_out_acts(Instant now) {
    acts.begin_look();
    const auto due = store.due_acts(now, acts.under_way() + acts.put_off() + options.page);
    std::unordered_set<RequestId> requests;
    for (const PendingUntil& each : due) requests.insert(each.request);
    acts.keep_resting(requests);
    for (const RequestId id : requests) {
      if (!acts.start(id)) continue;
      ++figures.acts;
      runtime.submit({CarryOut{id}, {}, {}, {}}, [this, id](const CommandResult& result) { close(acts, id, result); });
    }
  }

  /// A pause is a duration, and the next attempt after it is kept as an instant: after the clock was set back it may
  /// lie a year ahead. At the start nobody knows what the clock has been before.
  void ask_what_is_put_off(Instant now) {
    const auto offices = directory.offices();
    const auto catalog = directory.catalog();
    for (const Office& office : offices->all()) {
      if (office.level != Level::ministry) continue;
      const CheckFilter jobs{{office.id, Role::system}, std::nullopt};
      PageRequest page;
      do {
        const Page<CheckRow> found = queries.checks({{office.id}}, jobs, page);
        for (const CheckRow& row : found.items) {
          const DefinitionPtr definition = catalog->find(row.request.definition);
          const Token* token = token_of(row.request, row.id);
          const State* state = definition && token ? definition->state(token->state) : nullptr;
          if (!state || state->kind != StateKind::check || !is_put_off(*token, state->retry, now)) continue;
          runtime.execute({RetryChecks{row.request.id, row.id}, {}, {}, {}});
        }
        page.after = found.next;
      } while (page.after);
    }
  }

  void begin(DueTask due) {
    const DefinitionPtr definition = directory.catalog()->find(due.request.definition);
    const Token* token = token_of(due.request, due.task);
    const State* state = definition && token ? definition->state(token->state) : nullptr;
    if (!state) return fail("request " + to_string(due.request.id) + " stands in a state that no definition knows");
    if (!work.start(due.request.id)) return;
    if (state->kind == StateKind::check)
      work.add_check(std::move(due));
    else
      fire(due.request.id, *token);
  }

  void fire(RequestId id, const Token& token) {
    ++figures.timers;
    runtime.submit({FireTimer{id, token.state, token.timer.value_or(Instant{})}, {}, {}, {}},
                   [this, id](const CommandResult& result) { close(work, id, result); });
  }

  /// What is busy or stale is looked for anew at once; what is refused for another reason would be refused again.
  void close(DueWork& from, RequestId id, const CommandResult& result) {
    const auto* refusal = std::get_if<Refusal>(&result);
    if (!refusal || refusal->kind == RefusalKind::busy || refusal->kind == RefusalKind::stale) return from.finish(id);
    fail("request " + to_string(id) + ": what was due was refused as " + std::string(slug(refusal->kind)) +
         "; it is tried again later");
    from.put_off(id);
  }

  void ask_checks() {
    while (auto due = work.next_check()) {
      try {
        close(work, due->request.id, asker.ask(*due));
      } catch (const std::exception&) {
        fail("the checks of request " + to_string(due->request.id) + " failed unexpectedly");
        work.put_off(due->request.id);
      }
    }
  }

  void fail(std::string_view sentence) {
    ++figures.failed;
    if (options.log) options.log(sentence);
  }

  void wake() {
    std::lock_guard lock(mutex);
    woken = true;
    changed.notify_all();
  }

  void stop() {
    std::lock_guard stopping_lock(stop_mutex);
    {
      std::lock_guard lock(mutex);
      stopping = true;
      changed.notify_all();
    }
    work.stop();
    acts.stop();
    for (std::thread& thread : threads)
      if (thread.joinable()) thread.join();
    work.wait_until_idle();
    acts.wait_until_idle();
    pairs.wait_until_idle();
    closings.wait_until_idle();
  }

  Store& store;
  const Clock& clock;
  Directory& directory;
  Runtime& runtime;
  const MachineRoomOptions options;
  Queries& queries;
  Instant looked_at = Instant::max();  ///< for the watching thread
  MachineRoomFigures figures;
  CheckAsker asker;
  DueWork work;  ///< timers and checks
  DueWork acts;  ///< that were pending
  PairFinder pairs;
  Closings closings;
  std::mutex mutex;
  std::condition_variable changed;
  bool stopping = false;
  bool woken = false;
  std::mutex stop_mutex;
  std::vector<std::thread> threads;
};

MachineRoom::MachineRoom(Store& store, Queries& queries, CentralRegistry& central, const Clock& clock,
                         Directory& directory, Runtime& runtime, MachineRoomOptions options)
    : rooms_(std::make_unique<Rooms>(store, queries, central, clock, directory, runtime, std::move(options))) {}

MachineRoom::~MachineRoom() { stop(); }
void MachineRoom::stop() { rooms_->stop(); }
void MachineRoom::wake() { rooms_->wake(); }
bool MachineRoom::is_under_way(RequestId request) const { return rooms_->work.is_under_way(request); }
const MachineRoomFigures& MachineRoom::figures() const { return rooms_->figures; }

}  // namespace xueji
