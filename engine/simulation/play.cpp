#include "engine/simulation/play.hpp"

#include <algorithm>
#include <cmath>

#include "engine/definition/wait_moment.hpp"
#include "engine/definition/ways.hpp"
#include "engine/machine/submission.hpp"

namespace xueji {
namespace {

constexpr int students_tried = 8;
constexpr std::uint32_t whole_request = branches_max;  ///< a branch that means the request itself

}  // namespace

Play::Play(const Definition& definition, const Calendar& calendar, const SimulationOptions& options,
           const SimulatedOffices& offices, Playbook& book, const WorkingTime& time, const SimulationWatch& watch,
           RandomStream& random)
    : definition_(definition),
      calendar_(calendar),
      options_(options),
      offices_(offices),
      book_(book),
      time_(time),
      watch_(watch),
      random_(random),
      tally_(book, time),
      end_(options.days * seconds_of_day),
      is_student_busy_(offices.students) {
  for (const auto& is_held : book.held) tables_.emplace_back(definition, is_held);
}

void Play::run(const std::vector<Arrival>& arrivals, SimulationReport& report) {
  constexpr std::size_t arrivals_between_reports = 4'096;
  std::size_t next = 0;
  Seconds day_ends = seconds_of_day;
  while (true) {
    const Seconds at =
        std::min(next < arrivals.size() ? arrivals[next].at : never, events_.empty() ? never : events_.top().at);
    for (; day_ends <= std::min(at, end_); day_ends += seconds_of_day) tally_.day_is_over(day_ends);
    if (at >= end_) break;
    now_ = at;
    ++events_happened_;
    if (next < arrivals.size() && arrivals[next].at == at) {
      open(arrivals[next++]);
      if (watch_.progress && next % arrivals_between_reports == 0)
        watch_.progress(static_cast<std::int64_t>(next), static_cast<std::int64_t>(arrivals.size()));
      continue;
    }
    const Event event = events_.top();
    events_.pop();
    happen(event);
  }
  for (const PlayedRequest& request : requests_)
    for (const PlayedToken& token : request.tokens)
      if (token.officer) tally_.worked(book_.posts[token.working_post], token.taken_up, end_, false);
  report.opened = opened_;
  report.not_opened = not_opened_;
  report.ended = ended_;
  report.nobody_left = nobody_left_;
  report.events = events_happened_;
  tally_.report(book_, end_, report);
}

bool Play::find_student(const Arrival& arrival, std::uint32_t& student) {
  const SimulatedSchool& school = offices_.schools[arrival.school];
  for (int attempt = 0; attempt < students_tried; ++attempt) {
    student = school.first_student + static_cast<std::uint32_t>(random_.below(school.students));
    if (!is_student_busy_[student]) return true;
  }
  return false;
}

void Play::open(const Arrival& arrival) {
  std::uint32_t student = 0;
  if (!find_student(arrival, student)) {
    ++not_opened_;
    return;
  }
  std::uint32_t slot = static_cast<std::uint32_t>(requests_.size());
  if (free_slots_.empty()) {
    requests_.emplace_back();
    acts_.emplace_back();
  } else {
    slot = free_slots_.back();
    free_slots_.pop_back();
  }
  PlayedRequest& request = requests_[slot];
  request = {};
  request.number = ++opened_;
  request.school = arrival.school;
  request.student = student;
  ConfigurationTable& table = table_of(request);
  request.configuration = table.initial();
  request.stamp = next_stamp_++;
  request.opened = now_;
  is_student_busy_[student] = true;
  const std::uint32_t post = book_.post_of(arrival.school, table.at(request.configuration).state);
  request.opener = book_.posts[post].first_officer;
  acts_[slot].assign(1, {Playbook::opener_column, request.opener});
  tell(request, no_state, "open", definition_.states.front().key, request.opener, post);
  enter_all(slot);
  if (random_.share() < options_.shares.taken_back) {
    const double wait = random_.exponential(options_.taken_back_days * static_cast<double>(seconds_of_working_day));
    plan(EventKind::taken_back, time_.after(now_, static_cast<Seconds>(wait)), {slot, request.stamp, whole_request});
  }
}

Play::PlayedToken* Play::token_at(const TokenPlace& place) {
  PlayedToken& token = requests_[place.slot].tokens[place.branch];
  return token.stamp == place.stamp ? &token : nullptr;
}

void Play::happen(const Event& event) {
  if (event.kind == EventKind::opening) {
    book_.posts[event.place.slot].will_open = false;
    return work(event.place.slot);
  }
  if (event.kind == EventKind::taken_back) {
    if (requests_[event.place.slot].stamp == event.place.stamp) take_back(event.place.slot);
    return;
  }
  PlayedToken* token = token_at(event.place);
  if (!token) return;
  switch (event.kind) {
    case EventKind::done:
      return decide(event.place, *token);
    case EventKind::answered:
      return answer(event, *token);
    case EventKind::elapsed:
      return move(event.place, "elapsed", book_.states[token->state].elapsed_to, 0, no_post);
    case EventKind::other_ended:
      return end_wait(event.place, *token);
    case EventKind::reminder:
      return remind(event, *token);
    case EventKind::due:
      return fall_due(event, *token);
    case EventKind::taken_back:
    case EventKind::opening:
      return;
  }
}

void Play::remind(const Event& event, PlayedToken& token) {
  ++tally_.figures(token.state).reminders;
  tell(requests_[event.place.slot], token.state, "reminder", {}, 0, no_post);
  plan(EventKind::due, token.due, event.place);
}

void Play::fall_due(const Event& event, PlayedToken& token) {
  const PlayedState& state = book_.states[token.state];
  StateFigures& figures = tally_.figures(token.state);
  ++figures.breaches;
  if (state.expire_to != no_state) {
    ++figures.expiries;
    return move(event.place, "expire", state.expire_to, 0, no_post);
  }
  tell(requests_[event.place.slot], token.state, "overdue", {}, 0, no_post);
  const std::uint32_t escalated = book_.escalation_of(requests_[event.place.slot].school, token.state);
  if (escalated == no_post) return;
  ++figures.escalations;
  token.escalated = escalated;
  tally_.also_queued(book_.posts[escalated], now_);
  if (!token.officer) queue(escalated, event.place, token);
}

void Play::answer(const Event& event, PlayedToken& token) {
  const PlayedState& state = book_.states[token.state];
  if (random_.share() < options_.shares.unavailable) {
    const Backoff& retry = state.state->retry;
    const double pause = std::min(static_cast<double>(retry.at_most.count()),
                                  static_cast<double>(retry.first.count()) * std::pow(retry.factor, token.attempts++));
    tell(requests_[event.place.slot], token.state, "unavailable", {}, 0, no_post);
    return plan(EventKind::answered, now_ + static_cast<Seconds>(pause + random_.exponential(options_.check_seconds)),
                event.place);
  }
  const bool suspect = random_.share() < state.suspect_share;
  move(event.place, suspect ? "suspect" : "clear", suspect ? state.suspect : state.clear, 0, no_post);
}

void Play::end_wait(const TokenPlace& place, const PlayedToken& token) {
  const PlayedState& state = book_.states[token.state];
  const double share = random_.share();
  const auto ended = std::find_if(state.endings_up_to.begin(), state.endings_up_to.end() - 1,
                                  [&](double up_to) { return share < up_to; });
  const auto way = static_cast<std::size_t>(ended - state.endings_up_to.begin());
  move(place, state.state->awaited->ways[way].event, state.endings[way], 0, no_post);
}

void Play::take_back(std::uint32_t slot) {
  PlayedRequest& request = requests_[slot];
  for (std::uint32_t branch = 0; branch < branches_max; ++branch) {
    const PlayedToken& token = request.tokens[branch];
    if (!token.stamp || !book_.states[token.state].taking_back.action) continue;
    const PlayedAction& action = book_.states[token.state].taking_back;
    const std::uint32_t post = book_.post_of(request.school, 0);
    return move({slot, token.stamp, branch}, action.action->key, action.to, request.opener, post);
  }
}

void Play::decide(const TokenPlace& place, PlayedToken& token) {
  const PlayedState& state = book_.states[token.state];
  const double share = random_.share();
  const auto chosen = std::find_if(state.actions.begin(), state.actions.end() - 1,
                                   [&](const PlayedAction& action) { return share < action.up_to; });
  const std::uint32_t officer = token.officer;
  remember(place.slot, state, *chosen->action, officer);
  move(place, chosen->action->key, chosen->to, officer, token.working_post);
}

void Play::remember(std::uint32_t slot, const PlayedState& from, const Action& action, std::uint32_t officer) {
  if (from.column != no_column) acts_[slot].push_back({from.column, officer});
  if (!is_submission(definition_, *from.state, action)) return;
  acts_[slot].resize(1);
  acts_[slot].push_back({Playbook::submitter_column, officer});
}

void Play::move(const TokenPlace& place, std::string_view event, StateNumber to, std::uint32_t officer,
                std::uint32_t post) {
  PlayedRequest& request = requests_[place.slot];
  PlayedToken& token = request.tokens[place.branch];
  const StateNumber from = token.state;
  ConfigurationTable& table = table_of(request);
  to = table.passed_on(to);
  tell(request, from, event, word_of(to), officer, post);
  const bool was_parallel = table.at(request.configuration).is_parallel;
  const StateNumber was = table.at(request.configuration).state;
  const auto moved = table.after(request.configuration, from, to);
  request.configuration = moved.configuration;
  choose(request);
  const ConfigurationTable::Entry& after = table.at(request.configuration);
  const bool done = token.officer && token.officer == officer;
  if (!moved.whole) {
    leave(token, done);
    if (after.tokens[place.branch] != no_state) enter(place.slot, place.branch, after.tokens[place.branch]);
    return;
  }
  for (PlayedToken& each : request.tokens)
    if (each.stamp) leave(each, done && &each == &token);
  if (was_parallel) tally_.left(was, request.parallel_since, now_);
  enter_all(place.slot);
}

/// Goes on as long as it stands in a choice.
void Play::choose(PlayedRequest& request) {
  ConfigurationTable& table = table_of(request);
  for (std::size_t passed = 0; passed <= book_.states.size(); ++passed) {
    const StateNumber at = table.at(request.configuration).state;
    const PlayedState& choice = book_.states[at];
    if (choice.ways.empty()) return;
    const double share = random_.share();
    const auto chosen = std::find_if(choice.ways_up_to.begin(), choice.ways_up_to.end() - 1,
                                     [&](double up_to) { return share < up_to; });
    const StateNumber to = table.passed_on(choice.ways[static_cast<std::size_t>(chosen - choice.ways_up_to.begin())]);
    tell(request, at, chosen_word, word_of(to), 0, no_post);
    request.configuration = table.after(request.configuration, at, to).configuration;
  }
  throw ImpossibleMove("what is behind a choice leads back to it for ever");
}

void Play::enter_all(std::uint32_t slot) {
  const ConfigurationTable::Entry& entry = table_of(requests_[slot]).at(requests_[slot].configuration);
  if (entry.is_parallel) {
    requests_[slot].parallel_since = now_;
    tally_.entered(entry.state);
  }
  if (const State& state = *book_.states[entry.state].state; state.kind == StateKind::end)
    return end(slot, state.outcome);
  for (std::uint32_t branch = 0; branch < entry.tokens.size(); ++branch) enter(slot, branch, entry.tokens[branch]);
}

void Play::enter(std::uint32_t slot, std::uint32_t branch, StateNumber number) {
  const State& state = *book_.states[number].state;
  PlayedRequest& request = requests_[slot];
  PlayedToken& token = request.tokens[branch];
  token = {};
  token.stamp = next_stamp_++;
  token.state = number;
  token.since = now_;
  tally_.entered(number);
  const TokenPlace place{slot, token.stamp, branch};
  if (state.kind == StateKind::check)
    return plan(EventKind::answered, now_ + static_cast<Seconds>(random_.exponential(options_.check_seconds)), place);
  if (state.kind == StateKind::wait)
    return plan(EventKind::elapsed, time_.seconds_until(moment_of(*state.wait, calendar_, time_.instant(now_))), place);
  if (state.kind == StateKind::request) {
    const double wait = random_.exponential(options_.other_days * static_cast<double>(seconds_of_working_day));
    if (state.deadline) plan(EventKind::due, time_.due(now_, state.deadline->working_days), place);
    return plan(EventKind::other_ended, time_.after(now_, static_cast<Seconds>(wait)), place);
  }
  token.post = book_.post_of(request.school, number);
  if (state.deadline) {
    const int days = state.deadline->working_days;
    token.due = time_.due(now_, days);
    const Seconds reminder =
        state.deadline->remind_before ? time_.reminder(now_, days, *state.deadline->remind_before) : token.due;
    plan(reminder < token.due ? EventKind::reminder : EventKind::due, reminder, place);
  }
  tally_.queued(book_.posts[token.post], now_);
  queue(token.post, place, token);
}

void Play::leave(PlayedToken& token, bool done) {
  tally_.left(token.state, token.since, now_);
  if (token.post != no_post) tally_.unqueued(book_.posts[token.post], now_);
  if (token.escalated != no_post) tally_.unqueued(book_.posts[token.escalated], now_);
  const std::uint32_t post = token.working_post;
  if (token.officer) {
    tally_.worked(book_.posts[post], token.taken_up, now_, done);
    book_.posts[post].idle.push_back(token.officer);
    if (!book_.posts[post].tasks.empty() && !book_.posts[post].will_open) {
      book_.posts[post].will_open = true;
      plan(EventKind::opening, now_, {post, 0, 0});
    }
  }
  token = {};
}

void Play::end(std::uint32_t slot, Outcome outcome) {
  PlayedRequest& request = requests_[slot];
  tally_.ended(outcome, request.opened, now_);
  is_student_busy_[request.student] = false;
  request.stamp = 0;
  free_slots_.push_back(slot);
  ++ended_;
}

void Play::queue(std::uint32_t post, const TokenPlace& place, const PlayedToken& token) {
  book_.posts[post].tasks.push({token.due, token.since, order_++, place});
  work(post);
}

void Play::work(std::uint32_t number) {
  PostQueue& post = book_.posts[number];
  if (post.will_open || post.tasks.empty() || post.idle.empty()) return;
  if (const Seconds opens = time_.next_opening(now_); opens > now_) {
    post.will_open = true;
    return plan(EventKind::opening, opens, {number, 0, 0});
  }
  std::vector<QueuedTask> for_others;
  while (!post.idle.empty() && !post.tasks.empty()) {
    const QueuedTask task = post.tasks.top();
    post.tasks.pop();
    PlayedToken* token = token_at(task.place);
    if (!token || token->officer) continue;
    std::size_t idle = post.idle.size();
    while (idle-- > 0)
      if (may_decide(task.place.slot, token->state, post.idle[idle])) break;
    if (idle < post.idle.size())
      take_up(number, idle, task.place, *token);
    else if (any_may_decide(post, task.place.slot, token->state))
      for_others.push_back(task);
    else
      ++nobody_left_;
  }
  for (const QueuedTask& task : for_others) post.tasks.push(task);
}

void Play::take_up(std::uint32_t number, std::size_t idle, const TokenPlace& place, PlayedToken& token) {
  PostQueue& post = book_.posts[number];
  token.officer = post.idle[idle];
  post.idle.erase(post.idle.begin() + static_cast<std::ptrdiff_t>(idle));
  token.working_post = number;
  token.taken_up = now_;
  tally_.taken_up(post, token.since, now_);
  constexpr double seconds_of_minute = 60;
  const auto work_needed = static_cast<Seconds>(std::llround(random_.exponential(post.minutes * seconds_of_minute)));
  plan(EventKind::done, time_.after(now_, work_needed), place);
}

bool Play::may_decide(std::uint32_t slot, StateNumber state, std::uint32_t officer) const {
  const auto& columns = book_.states[state].separated_of;
  return std::none_of(acts_[slot].begin(), acts_[slot].end(), [&](const PlayedAct& act) {
    return act.officer == officer && std::find(columns.begin(), columns.end(), act.column) != columns.end();
  });
}

bool Play::any_may_decide(const PostQueue& post, std::uint32_t slot, StateNumber state) const {
  for (std::uint32_t each = 0; each < post.officers; ++each)
    if (may_decide(slot, state, post.first_officer + each)) return true;
  return false;
}

void Play::plan(EventKind kind, Seconds at, const TokenPlace& place) {
  if (at < end_) events_.push({at, order_++, place, kind});
}

void Play::tell(const PlayedRequest& request, StateNumber state, std::string_view event, std::string_view to,
                std::uint32_t officer, std::uint32_t post) const {
  if (!watch_.move) return;
  SimulatedMove move{request.number,
                     offices_.schools[request.school].office,
                     request.student,
                     time_.instant(now_),
                     {},
                     event,
                     to,
                     officer,
                     {},
                     Role::system};
  if (state != no_state) move.state = book_.states[state].state->key;
  if (post != no_post) {
    move.office = book_.posts[post].office;
    move.role = book_.posts[post].role;
  }
  watch_.move(move, offices_.tree);
}

std::string_view Play::word_of(StateNumber to) const {
  if (to < book_.states.size()) return book_.states[to].state->key;
  return to == book_.states.size() ? join_word : stop_word;
}

}  // namespace xueji
