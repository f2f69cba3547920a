#include "cli/demo/journey_player.hpp"

#include <cmath>
#include <map>
#include <queue>
#include <stdexcept>
#include <utility>

#include "adapters/central/identity_answer.hpp"
#include "cli/demo/demo_parts.hpp"
#include "cli/demo/demo_scan.hpp"
#include "engine/registry/check_names.hpp"

namespace xueji::demo {
namespace {

constexpr double hours_a_day = 8;
constexpr auto opening_hour = std::chrono::hours{9};

/// The instant `hours` working hours after 09:00 of the working day that lies `days_ago` working days before `now`.
Instant working_instant(const Calendar& calendar, Instant now, int days_ago, double hours) {
  auto day = std::chrono::sys_days{china_date(now)};
  for (int left = days_ago; left > 0;) {
    day -= std::chrono::days{1};
    if (calendar.is_working_day(Date{day})) --left;
  }
  for (; hours >= hours_a_day; hours -= hours_a_day) {
    do day += std::chrono::days{1};
    while (!calendar.is_working_day(Date{day}));
  }
  return start_of_day_in_china(Date{day}) + opening_hour + std::chrono::microseconds{std::llround(hours * 3600e6)};
}

class JourneyPlayer {
 public:
  JourneyPlayer(const DemoWorld& world, const Stage& stage, Instant now)
      : world_(world), stage_(stage), now_(now), calendar_(stage.directory.calendar()) {}

  void play() {
    for (std::size_t index = 0; index < world_.journeys.size(); ++index) {
      const DemoJourney& journey = world_.journeys[index];
      if (!is_begun(journey.workflow)) continue;
      travellers_.push_back({&journey, {}, 0, 0.02 * static_cast<double>(index % 50)});
      put(travellers_.size() - 1, instant_of(travellers_.back()), {});
    }
    while (!due_.empty()) {
      const Due next = due_.top();
      due_.pop();
      stage_.clock.set(next.at);
      if (next.timer)
        fire(next);
      else
        act(next);
    }
  }

 private:
  struct Traveller {
    const DemoJourney* journey;
    Request request;
    std::size_t acts_done;  ///< opening included
    double hours;           ///< working hours since the first day's beginning
  };
  struct Due {
    Instant at;
    std::size_t order;
    std::size_t traveller;
    std::optional<Instant> timer;
    bool operator<(const Due& other) const { return std::pair{other.at, other.order} < std::pair{at, order}; }
  };

  /// Neither retired nor left out of the folder.
  bool is_begun(const std::string& workflow) const {
    const auto catalog = stage_.directory.catalog();
    const Catalog::Entry* newest = catalog->newest(workflow);
    return newest && !newest->definition->retired;
  }
  Instant instant_of(const Traveller& traveller) const {
    return working_instant(*calendar_, now_, traveller.journey->working_days_ago, traveller.hours);
  }
  void put(std::size_t traveller, Instant at, std::optional<Instant> timer) {
    if (at < now_) due_.push({at, orders_++, traveller, timer});
  }

  void fire(const Due& due) {
    Traveller& traveller = travellers_[due.traveller];
    if (traveller.request.token.timer != due.timer) return;
    Command command;
    command.what = FireTimer{traveller.request.id, traveller.request.token.state, *due.timer};
    if (auto request = execute(std::move(command), traveller, "timer")) keep(due.traveller, std::move(*request));
  }

  void act(const Due& due) {
    Traveller& traveller = travellers_[due.traveller];
    const auto& steps = traveller.journey->steps;
    const std::string action = traveller.acts_done == 0 ? "open" : steps[traveller.acts_done - 1].action;
    auto request = execute(command_for(traveller, action), traveller, action);
    if (!request) return;
    keep(due.traveller, std::move(*request));
    if (traveller.acts_done++ == steps.size()) return;
    traveller.hours += steps[traveller.acts_done - 1].hours;
    put(due.traveller, instant_of(traveller), {});
  }

  /// Nothing where the time of the year has closed the business: that journey ends here.
  std::optional<Request> execute(Command command, const Traveller& traveller, const std::string& action) {
    auto result = stage_.runtime.execute(std::move(command));
    if (auto* committed = std::get_if<Committed>(&result)) return std::move(committed->request);
    if (std::get<Refusal>(result).kind == RefusalKind::window_closed) return std::nullopt;
    throw std::logic_error("demo journey of student " + to_string(traveller.journey->student) + ": " + action +
                           " in state '" + traveller.request.token.state +
                           "' was refused: " + std::get<Refusal>(result).detail.en);
  }

  void keep(std::size_t index, Request request) {
    const auto timer = request.token.timer;
    const bool machine = request.token.holder.role == Role::system;
    const bool is_applied = request.several && request.several->applied;
    if (is_applied) put(index, *timer, timer);
    if (timer && (!machine || request.outcome) && timer != travellers_[index].request.token.timer)
      put(index, *timer, timer);
    travellers_[index].request = std::move(request);
  }

  Command command_for(const Traveller& traveller, const std::string& action) {
    Command command;
    const Request& request = traveller.request;
    const bool by_machine = action == "clear" || action == "suspect" || action == "unavailable";
    if (by_machine) {
      command.what = AnswerChecks{request.id, request.token.state, request.token.attempts, findings(traveller, action)};
      return command;
    }
    if (action == "open" && traveller.journey->by_machine) {
      const auto& pair = traveller.journey->students;
      command.what = OpenPair{traveller.journey->workflow, pair.at(0), pair.at(1)};
      return command;
    }
    const bool by_initiator = action == "open" || action == "withdraw" || action == "discard";
    const DemoAccount& actor = by_initiator
                                   ? initiator(traveller)
                                   : *account_for(world_, request.token.holder.role, request.token.holder.office);
    command.caller = caller(actor);
    if (action == "open")
      command.what = open(traveller, actor);
    else if (action == "claim")
      command.what = Claim{request.id};
    else
      command.what = perform(traveller, action, actor);
    return command;
  }

  Perform perform(const Traveller& traveller, const std::string& action, const DemoAccount& actor) {
    Perform perform;
    perform.request = traveller.request.id;
    perform.action = action;
    perform.comment = traveller.journey->steps[traveller.acts_done - 1].comment;
    if (action == "set_aside") perform.subject = last_who_takes_part(traveller);
    if (action == "submit" && traveller.journey->by_machine) {
      perform.fields = traveller.journey->fields;
      perform.evidence = evidence_of(*traveller.journey, actor);
    }
    return perform;
  }

  /// By their ordinal: who is not in school is set aside already.
  int last_who_takes_part(const Traveller& traveller) const {
    const auto& students = traveller.journey->students;
    auto ordinal = static_cast<int>(students.size());
    while (student_of(students[static_cast<std::size_t>(ordinal) - 1]).status != StudentStatus::in_school) --ordinal;
    return ordinal;
  }

  const Student& student_of(StudentId id) const { return world_.students[static_cast<std::size_t>(id.value) - 1]; }

  Open open(const Traveller& traveller, const DemoAccount& actor) {
    Open open;
    open.workflow = traveller.journey->workflow;
    open.student = traveller.journey->student;
    open.fields = traveller.journey->fields;
    open.students = traveller.journey->students;
    open.each = traveller.journey->each;
    open.found = static_cast<bool>(traveller.journey->asking);
    open.evidence = evidence_of(*traveller.journey, actor);
    return open;
  }

  std::vector<EvidenceReference> evidence_of(const DemoJourney& journey, const DemoAccount& actor) {
    std::vector<EvidenceReference> references;
    const auto& own = scans(actor);
    for (std::size_t page = 0; page < journey.evidence.size(); ++page)
      references.push_back({journey.evidence[page], own[page % own.size()]});
    return references;
  }

  /// Two scans of each person who files, uploaded when they are first needed.
  const std::vector<std::string>& scans(const DemoAccount& actor) {
    auto& known = scans_[actor.account.id];
    for (std::uint32_t page = 1; known.size() < 2; ++page) {
      const auto seed = static_cast<std::uint32_t>(actor.account.id.value) * 2 + page;
      const auto put =
          stage_.evidence.put({actor.account.id, {}}, make_scan(seed), "scan-" + std::to_string(page) + ".png");
      if (put.fault != EvidenceStore::Fault::none) throw std::logic_error("a scan of the demo data was refused");
      known.push_back(put.upload.sha256);
    }
    return known;
  }

  const DemoAccount& initiator(const Traveller& traveller) const {
    if (traveller.journey->asking) return *account_for(world_, Role::registrar, traveller.journey->asking);
    const Student& student = student_of(traveller.journey->student);
    if (traveller.journey->workflow != "g-number-deletion")
      return *account_for(world_, Role::registrar, student.school);
    return *account_for(world_, Role::reviewer,
                        stage_.directory.offices()->at_level(student.school, Level::province)->id);
  }

  static Caller caller(const DemoAccount& account) {
    return {account.account.id, account.account.username, account.account.name, account.account.language,
            account.posts};
  }

  std::vector<Finding> findings(const Traveller& traveller, const std::string& outcome) const {
    const Instant at = stage_.clock.now();
    Finding duplicates{
        std::string{check_names[0]}, CheckOutcome::clear, at, "", {"查重未发现重复", "No duplicate was found"}};
    Finding identity = national_side_unavailable();
    if (outcome == "clear") identity = finding_of_answer(200, R"({"outcome":"match"})");
    if (outcome == "suspect" && traveller.journey->cause == "no_match")
      identity = finding_of_answer(200, R"({"outcome":"mismatch"})");
    if (outcome == "suspect" && traveller.journey->cause == "unknown_person")
      identity = finding_of_answer(200, R"({"outcome":"unknown"})");
    identity.check = check_names[1];
    identity.at = at;
    return {duplicates, identity};
  }

  const DemoWorld& world_;
  const Stage& stage_;
  const Instant now_;
  const std::shared_ptr<const Calendar> calendar_;
  std::vector<Traveller> travellers_;
  std::priority_queue<Due> due_;
  std::size_t orders_ = 0;
  std::map<AccountId, std::vector<std::string>> scans_;
};

}  // namespace

void play_journeys(const DemoWorld& world, const Stage& stage, Instant now) { JourneyPlayer{world, stage, now}.play(); }

}  // namespace xueji::demo
