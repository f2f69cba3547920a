// Everything that happens in a simulation is also what decide() makes of it: the same acts are allowed, at the same
// moments, with the same deadlines, and lead to the same states.
#include "engine/machine/decide.hpp"
#include "tests/unit/definition/parallel_definition.hpp"
#include "tests/unit/simulation/simulated.hpp"

using namespace xueji;

namespace {

struct Form {
  FieldValues fields;
  std::string evidence;  ///< kind; empty for none
};

class Replay {
 public:
  Replay(const Definition& definition, const Calendar& calendar, Form form)
      : definition_(definition), calendar_(calendar), form_(std::move(form)) {}

  void follow(const SimulatedMove& move, const OfficeTree& offices) {
    CAPTURE(move.request, std::string(move.state), std::string(move.event), std::string(move.to), to_rfc3339(move.at));
    Case& played = cases_[move.request];
    if (move.event == "open") begin(played, move);
    const Situation now{definition_,     DefinitionId{1}, move.event == "open" ? nullptr : &played.request,
                        &played.student, nullptr,         offices,
                        calendar_,       move.at,         uploads()};
    const auto verdict = decide(now, command_of(played, move));
    if (const auto* refusal = std::get_if<Refusal>(&verdict)) FAIL(slug(refusal->kind) << ": " << refusal->detail.en);
    const auto* decision = std::get_if<Decision>(&verdict);
    REQUIRE(decision);
    played.request = decision->request;
    if (!played.request.id) played.request.id = RequestId{move.request};
    compare(played.request, move);
    ++moves;
  }

  int moves = 0;

 private:
  struct Case {
    Request request;
    Student student;
  };

  static void begin(Case& played, const SimulatedMove& move) {
    played.student.id = StudentId{move.student + 1};
    played.student.school = move.school;
    played.student.name = "张三";
    played.student.numbers = {{"G11010519491231002X", NumberKind::G, NumberState::current, {}}};
  }

  std::unordered_map<std::string, EvidenceItem> uploads() const {
    return {{"scan", {"scan", "", "scan.jpg", "image/jpeg", 1'000}}};
  }

  Command command_of(const Case& played, const SimulatedMove& move) const {
    Command command;
    const Request& request = played.request;
    const std::string state(move.state);
    if (move.officer) {
      Caller caller;
      caller.account = AccountId{move.officer};
      caller.posts = {{PostId{move.officer}, caller.account, move.office, move.role, {}, {}, {}, {}}};
      command.caller = caller;
    }
    std::vector<EvidenceReference> evidence;
    if (!form_.evidence.empty()) evidence.push_back({form_.evidence, "scan"});
    if (move.event == "open") {
      command.what = Open{definition_.key, played.student.id, form_.fields, evidence, {}, false, true};
    } else if (move.officer) {
      const Action* action = definition_.state(state)->action(move.event);
      REQUIRE(action);
      Perform perform{request.id, action->key, "意见", {}, {}, action->to_earlier ? std::string(move.to) : "",
                      {},         {},          {}};
      for (const Task& task : tasks_of(request))
        if (task.state == state) perform.task = task.id;
      command.what = perform;
    } else if (const auto outcome = parse_check_outcome(move.event)) {
      std::vector<Finding> findings;
      for (const auto& check : definition_.state(state)->checks) findings.push_back({check, *outcome, move.at, {}, {}});
      command.what = AnswerChecks{request.id, state, token_in(request, state)->attempts, findings};
    } else {
      const Token* token = token_in(request, state);
      REQUIRE(token);
      REQUIRE(token->timer);
      REQUIRE(*token->timer == move.at);
      command.what = FireTimer{request.id, state, *token->timer};
    }
    return command;
  }

  void compare(const Request& request, const SimulatedMove& move) const {
    const std::string to(move.to);
    if (to.empty()) REQUIRE(token_in(request, move.state));
    if (to.empty() || to == join_word || to == stop_word) return;
    const State& state = *definition_.state(to);
    if (state.kind == StateKind::end) {
      REQUIRE(request.outcome == state.outcome);
    } else if (state.kind == StateKind::parallel) {
      REQUIRE(request.token.state == to);
    } else {
      REQUIRE(token_in(request, to));
      REQUIRE(token_in(request, to)->since == move.at);
    }
  }

  const Definition& definition_;
  const Calendar& calendar_;
  Form form_;
  std::map<std::int64_t, Case> cases_;
};

int replayed(const Definition& definition, const SimulationOptions& options, Form form) {
  Calendar calendar;
  calendar.holidays.insert(std::chrono::year(2026) / std::chrono::October / 1);
  Replay replay(definition, calendar, std::move(form));
  SimulationWatch watch;
  watch.move = [&](const SimulatedMove& move, const OfficeTree& offices) { replay.follow(move, offices); };
  const auto report = simulate(definition, calendar, options, watch);
  CHECK(report.ended > 0);
  return replay.moves;
}

/// So few officers that deadlines pass, and much that goes back.
SimulationOptions hard_pressed() {
  auto options = small_options();
  options.requests = 700;
  options.days = 120;
  options.shares = {0.2, 0.1, 0.1, 0.3, 0.2};
  set(options.officers, "reviewer=2, approver=2");
  set(options.minutes, "reviewer=900, approver=700, head=200");
  return options;
}

}  // namespace

TEST_CASE("decide() agrees with every move of a change of name") {
  const auto definition = shipped("key-information-change.yaml");
  CHECK(replayed(definition, hard_pressed(),
                 {{{"new_name", "张叁"}, {"ground", "register_changed"}, {"reason", "更正"}}, "household_register"}) >
        3'000);
}

TEST_CASE("decide() agrees with every move of a deletion") {
  const auto definition = shipped("g-number-deletion.yaml");
  CHECK(replayed(definition, hard_pressed(),
                 {{{"number", "G11010519491231002X"}, {"ground", "other"}, {"statement", "一人两号"}},
                  "certification"}) > 1'000);
}

TEST_CASE("decide() agrees with every move of branches and waits") {
  const auto definition = loaded(parallel_definition);
  auto options = hard_pressed();
  options.days = 220;
  CHECK(replayed(definition, options, {{{"new_name", "张叁"}}, ""}) > 3'000);
}

TEST_CASE("decide() agrees with every move of every part of the language") {
  const auto definition = shipped("../tests/schema/whole.yaml");
  auto options = hard_pressed();
  options.days = 220;
  options.chosen = {{"sending_review.decline", 0.2}};
  CHECK(replayed(definition, options, {{{"reason", "甲"}, {"new_status", "suspended"}}, "certificate"}) > 3'000);
}
