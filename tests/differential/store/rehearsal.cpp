#include "tests/differential/store/rehearsal.hpp"

#include <array>

namespace xueji::differential {
namespace {

constexpr std::array<std::size_t, 8> batch_sizes{1, 1, 3, 20, 64, 100, 200, 512};
constexpr std::size_t due_max = 200;
const Instant beginning{std::chrono::seconds{1790000000} + std::chrono::microseconds{7}};

}  // namespace

Rehearsal::Rehearsal(Location left, Location right, std::uint64_t seed)
    : chance_(seed),
      clock_(),
      world_(make_world(chance_, beginning)),
      left_(std::move(left), clock_),
      right_(std::move(right), clock_),
      maker_(world_, chance_) {
  clock_.instant = beginning;
  load(world_, left_.database());
  load(world_, right_.database());
}

void Rehearsal::run(std::size_t commands) {
  while (tally_.commands < commands && differences_.count() == 0) {
    clock_.instant += chance_.percent(2) ? std::chrono::microseconds{std::chrono::hours{chance_.below(60)}}
                                         : std::chrono::microseconds{chance_.below(1'800'000'000)};
    auto batch = next_batch(chance_.pick(batch_sizes));
    if (chance_.percent(30))
      for (auto& command : due_commands()) batch.push_back(std::move(command));
    run_batch(std::move(batch));
    if (chance_.percent(30)) live_a_little();
  }
}

std::size_t Rehearsal::compare() {
  const auto rows = compare_tables(left_.place(), right_.place(), differences_);
  compare_answers(left_, right_, world_, clock_.now(), chance_, differences_);
  return rows;
}

std::vector<Command> Rehearsal::next_batch(std::size_t size) {
  std::vector<Command> batch;
  while (batch.size() < size) batch.push_back(maker_.next());
  return batch;
}

/// What is due, and what the machine finds, must be the same in both.
std::vector<Command> Rehearsal::due_commands() {
  const auto left = left_.database().store().due_tasks(clock_.now(), due_max);
  const auto right = right_.database().store().due_tasks(clock_.now(), due_max);
  differences_.compare_texts("what is due", left, right);
  std::vector<Command> commands;
  for (std::size_t at = 0; at < std::min(left.size(), right.size()); ++at) {
    auto command = left_.answer(left[at]);
    const auto other = right_.answer(right[at]);
    if (const auto* answer = std::get_if<AnswerChecks>(&command.what))
      differences_.compare_texts("the checks", answer->findings, std::get<AnswerChecks>(other.what).findings);
    commands.push_back(std::move(command));
  }
  tally_.due += commands.size();
  return commands;
}

void Rehearsal::run_batch(std::vector<Command> batch) {
  ++tally_.batches;
  tally_.commands += batch.size();
  const auto left = left_.run(batch), right = right_.run(std::move(batch));
  for (std::size_t at = 0; at < left.size(); ++at) {
    differences_.compare_texts("batch " + std::to_string(tally_.batches) + ", command " + std::to_string(at), left[at],
                               right[at]);
    count(left[at]);
    maker_.learn(left[at]);
  }
  differences_.compare_texts("events of batch " + std::to_string(tally_.batches), left_.take_events(),
                             right_.take_events());
  differences_.compare_texts("the pipeline's log", left_.log(), right_.log());
}

void Rehearsal::count(const CommandResult& result) {
  if (const auto* refusal = std::get_if<Refusal>(&result)) {
    ++tally_.refused;
    ++tally_.refusals[std::string(slug(refusal->kind))];
    return;
  }
  const auto& committed = std::get<Committed>(result);
  ++(committed.replayed ? tally_.replayed : tally_.committed);
  if (committed.request.outcome && !committed.replayed)
    ++tally_.outcomes[std::string(to_string(*committed.request.outcome))];
}

template <class Act>
void Rehearsal::both(const std::string& what, Act&& act) {
  const auto answer = [&](Database& database) -> std::string {
    try {
      return act(database);
    } catch (const std::invalid_argument& refused) {
      return refused.what();
    }
  };
  differences_.compare_texts(what, answer(left_.database()), answer(right_.database()));
}

void Rehearsal::live_a_little() {
  const auto& person = chance_.pick(world_.people);
  switch (chance_.below(5)) {
    case 0:
      return read_inbox(person);
    case 1:
      return upload();
    case 2:
      return sign_in(person);
    case 3: {
      const auto name = chance_.percent(50) ? person.username : some_hash(chance_).substr(0, 12);
      return both("a new account", [&](Database& d) {
        return to_string(d.accounts().add({{}, name, person.name, Language::zh, "hash", false, 0, {}}));
      });
    }
    default: {
      const auto before = clock_.now() - std::chrono::hours{24};
      return both("unused uploads", [&](Database& d) {
        std::string removed;
        for (const auto& sha256 : d.evidence().unreferenced(before, 3))
          removed += sha256 + (d.evidence().remove_unreferenced(sha256, before) ? " gone " : " kept ");
        return removed;
      });
    }
  }
}

void Rehearsal::read_inbox(const Caller& person) {
  InboxFilter filter{person.account, {{person.posts.front().office, person.posts.front().role}}, {}, true};
  const bool all = chance_.percent(20);
  both("reading the inbox", [&](Database& d) {
    const auto page = d.queries().notifications({{person.posts.front().office}}, filter, {10, {}});
    std::vector<NotificationId> ids;
    for (const auto& row : page.items) ids.push_back(row.id);
    if (all && !ids.empty())
      d.accounts().mark_read_through(person.account, ids.back());
    else
      d.accounts().mark_read(person.account, ids);
    return text_of(page.items);
  });
}

void Rehearsal::upload() {
  const auto& known = chance_.pick(world_.uploads);
  const bool again = chance_.percent(40);
  const Upload upload{again ? known.sha256 : some_hash(chance_),
                      known.account,
                      some_name(chance_) + ".png ",
                      "image/png",
                      7,
                      clock_.now()};
  both("an upload", [&](Database& d) { return std::string(d.evidence().add(upload) ? "new" : "known"); });
}

void Rehearsal::sign_in(const Caller& person) {
  const auto token = some_hash(chance_);
  const auto now = clock_.now();
  const bool fails = chance_.percent(40);
  both("a sign-in", [&](Database& d) {
    auto& accounts = d.accounts();
    if (fails)
      accounts.record_failure(person.account, 3, now + std::chrono::minutes{5});
    else
      accounts.add_session({token, person.account, now, now + std::chrono::hours{12}});
    accounts.remove_expired_sessions(now);
    return std::string(accounts.session(token) ? "in" : "out");
  });
}

}  // namespace xueji::differential
