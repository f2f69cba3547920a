// Whatever is tried, in whatever order: 20,000 random commands on each definition keep what must always hold.
#include <random>
#include <set>

#include "bench.hpp"
#include "engine/registry/numbers.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

constexpr int commands = 20'000;
constexpr unsigned seed = 20260901;

const std::vector<std::string> people{"registrar",
                                      "second registrar",
                                      "head",
                                      "county reviewer",
                                      "second county reviewer",
                                      "county approver",
                                      "second county approver",
                                      "province reviewer",
                                      "province approver",
                                      "ministry reviewer",
                                      "ministry approver",
                                      "other registrar",
                                      "other county reviewer",
                                      "clerk"};

class Random {
 public:
  explicit Random(Bench& bench) : bench_(bench) {
    // One person with every post there is: separation of duties alone must hold them back.
    bench_.scenario.people["clerk"] = {
        {Which::usual, Level::school, Role::registrar},  {Which::usual, Level::school, Role::head},
        {Which::usual, Level::county, Role::reviewer},   {Which::usual, Level::county, Role::approver},
        {Which::usual, Level::province, Role::reviewer}, {Which::usual, Level::province, Role::approver},
        {Which::usual, Level::ministry, Role::reviewer}, {Which::usual, Level::ministry, Role::approver}};
    for (const State& state : bench_.definition.states)
      for (const Action& action : state.actions) actions_.insert(actions_.end(), 1, action.key);
    for (const auto* built_in : {"comment", "reassign", "no_such_action"}) actions_.push_back(built_in);
  }

  std::size_t below(std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit - 1)(engine_); }
  template <class Range>
  const auto& one_of(const Range& range) {
    return range[below(range.size())];
  }
  bool one_in(std::size_t chances) { return below(chances) == 0; }
  const std::string& person() { return one_of(people); }
  /// Half of the time somebody who holds the task, so that stories also come to a good end.
  const std::string& likely_person() {
    for (int tries = one_in(2) ? 20 : 0; tries > 0; --tries) {
      const std::string& who = person();
      const Holder holder = bench_.request ? bench_.request->token.holder : Holder{};
      if (bench_.world.person(who).post(holder.role, holder.office, bench_.now)) return who;
    }
    return person();
  }

  decltype(Command::what) of_the_machine() {
    const Token& token = bench_.request->token;
    const RequestId id = bench_.request->id;
    if (one_in(2)) {
      if (token.timer && !one_in(4)) bench_.now = std::max(bench_.now, *token.timer);
      return FireTimer{id, token.state, token.timer.value_or(bench_.now)};
    }
    const auto finding = [&](const char* check) {
      return Finding{check, static_cast<CheckOutcome>(below(3)), bench_.now, "", {}};
    };
    return AnswerChecks{id,
                        one_in(5) ? "draft" : token.state,
                        token.attempts - static_cast<int>(one_in(5)),
                        {finding("duplicate_check"), finding("identity_comparison")}};
  }

  decltype(Command::what) of_a_person() {
    if (!bench_.request || bench_.request->outcome || one_in(10)) return open();
    const RequestId id = bench_.request->id;
    if (one_in(8)) return Claim{id};
    if (one_in(8)) return Release{id};
    if (one_in(8)) return Edit{id, open().fields, std::nullopt};
    Perform perform = bench_.perform(one_in(3) ? "approve" : one_of(actions_), one_in(4) ? "" : "意见");
    if (perform.action == "reassign") {
      const Caller& target = bench_.world.person(person());
      perform.reassign_to = target.account;
      perform.reassign_posts = target.posts;
    }
    if (one_in(4)) perform.to = one_of(bench_.definition.states).key;
    if (one_in(4)) perform.fields = open().fields;
    return perform;
  }

 private:
  Open open() {
    Open result =
        bench_.definition.key == "g-number-deletion" ? bench_.deletion(!one_in(3)) : bench_.name_change(!one_in(3));
    if (bench_.definition.key == "g-number-deletion") result.fields["number"] = bench_.student.numbers.back().number;
    if (result.fields.contains("new_name")) result.fields["new_name"] = one_in(2) ? "张叁" : "张四";
    if (one_in(6)) result.fields.erase(result.fields.begin());
    if (one_in(6)) result.evidence.clear();
    return result;
  }

  Bench& bench_;
  std::mt19937 engine_{seed};
  std::vector<std::string> actions_;
};

/// What the story so far must look like, kept apart from the request.
class Auditor {
 public:
  explicit Auditor(const Bench& bench) : bench_(bench) {}

  void check(const std::optional<Request>& before, const Student& student_before, const Decision& decision) {
    const Request& after = *bench_.request;
    if (decision.replaces) {
      REQUIRE(before);
      REQUIRE(*decision.replaces == before->version);
      REQUIRE_FALSE(before->outcome);
      REQUIRE(after.version == before->version + (decision.history.empty() ? 0 : 1));
    } else {
      REQUIRE(after.version == 1);
      REQUIRE_FALSE(student_before.open_request);
      submitters_ = {after.opened_by};
      deciders_.clear();
    }
    std::string at = decision.replaces ? before->token.state : std::string();
    for (const HistoryDraft& entry : decision.history) {
      REQUIRE(entry.from == at);
      at = entry.to;
      audit_people(entry);
    }
    REQUIRE((decision.history.empty() || at == after.token.state));
    REQUIRE(decision.changes.empty() == (after.outcome != Outcome::completed));
    REQUIRE(tasks_of(after).empty() == after.outcome.has_value());
    REQUIRE(bool(bench_.student.open_request) == !after.outcome);
    if (after.outcome) ++ended[std::string(to_string(*after.outcome))];
  }

  std::map<std::string, int> ended;

 private:
  /// As the rule says it, from the history alone: opener and last submitter decide nothing, deciders one state a round.
  void audit_people(const HistoryDraft& entry) {
    const State* from = bench_.definition.state(entry.from);
    const State* to = bench_.definition.state(entry.to);
    if (!from || !entry.by || entry.from == entry.to) return;
    if (from->kind == StateKind::draft && to->kind != StateKind::end) {
      submitters_ = {bench_.request->opened_by, entry.by};
      deciders_.clear();
      return;
    }
    if (from->kind != StateKind::approval || entry.to == "withdrawn") return;
    REQUIRE_FALSE(submitters_.contains(entry.by));
    for (const auto& group : bench_.definition.separation.different_people) {
      if (std::find(group.begin(), group.end(), entry.from) == group.end()) continue;
      const auto [decided, first] = deciders_.try_emplace(entry.by, entry.from);
      REQUIRE(decided->second == entry.from);
    }
  }

  const Bench& bench_;
  std::set<AccountId> submitters_;
  std::map<AccountId, std::string> deciders_;
};

std::map<std::string, int> play(Bench& bench, bool fresh_number) {
  Random random(bench);
  Auditor auditor(bench);
  std::map<RefusalKind, int> refusals;
  int done = 0;
  for (int number = 0; number < commands; ++number) {
    INFO("command " << number << " of seed " << seed);
    bench.now += std::chrono::minutes(random.below(600));
    const bool machine = bench.request && random.one_in(6);
    const auto what = machine ? random.of_the_machine() : random.of_a_person();
    const auto request_before = bench.request;
    const Student student_before = bench.student;
    const auto verdict =
        machine ? bench.try_machine(what) : bench.try_by(bench.world.person(random.likely_person()), what);
    if (const auto* refusal = std::get_if<Refusal>(&verdict)) {
      ++refusals[refusal->kind];
      REQUIRE_FALSE(refusal->detail.zh.empty());
      REQUIRE_FALSE(refusal->detail.en.empty());
      continue;
    }
    if (std::holds_alternative<Nothing>(verdict)) {
      REQUIRE(machine);
      continue;
    }
    bench.kept(verdict);
    auditor.check(request_before, student_before, std::get<Decision>(verdict));
    ++done;
    if (fresh_number && bench.request->outcome == Outcome::completed) {
      const std::string digits = "1101052015" + std::to_string(1001 + bench.student.numbers.size() % 28) + "001";
      bench.student.numbers.push_back(
          {"G" + digits + id_number_check_character(digits), NumberKind::G, NumberState::current, bench.now});
    }
  }
  CHECK(done > commands / 20);
  for (const auto kind :
       {RefusalKind::not_found, RefusalKind::not_in_this_state, RefusalKind::separation_of_duties,
        RefusalKind::not_allowed, RefusalKind::open_business, RefusalKind::validation, RefusalKind::missing_evidence})
    CHECK(refusals[kind] > 0);
  return auditor.ended;
}

}  // namespace

TEST_CASE("random commands keep the invariants of a name change") {
  Bench bench(shipped("key-information-change"));
  auto ended = play(bench, false);
  for (const auto* outcome : {"completed", "rejected", "withdrawn"}) CHECK(ended[outcome] > 0);
}

TEST_CASE("random commands keep the invariants of a G deletion") {
  Bench bench(shipped("g-number-deletion"));
  auto ended = play(bench, true);
  for (const auto* outcome : {"completed", "rejected", "withdrawn"}) CHECK(ended[outcome] > 0);
}
