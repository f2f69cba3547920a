#include "tests/unit/render/pictured.hpp"
#include "tests/catch.hpp"

#include <fstream>
#include <iterator>

#include "engine/definition/loader.hpp"

namespace xueji::tests {
namespace {

class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}

  Definition make() {
    add_state("draft", StateKind::draft);
    const int parts = number(1, 7);
    for (int part = 0; part < parts; ++part)
      if (number(0, 3) == 0)
        add_parallel("parallel_" + std::to_string(part));
      else
        add_state("state_" + std::to_string(part), kind());
    const int ends = number(1, 5);
    for (int end = 0; end < ends; ++end) {
      State& state = add_state("end_" + std::to_string(end), StateKind::end);
      state.outcome = static_cast<Outcome>(end);
    }
    for (State& state : definition_.states) lead_on(state);
    return std::move(definition_);
  }

 private:
  int number(int from, int to) { return std::uniform_int_distribution<int>{from, to}(random_); }

  StateKind kind() {
    const int kind = number(0, 6);
    return kind == 0 ? StateKind::choice : kind < 3 ? StateKind::check : StateKind::approval;
  }

  Text title() {
    static const std::vector<Text> titles{
        {"审核", "Review"},
        {"学校所属主管部门经办人初审", "First review by the authority of the school"},
        {"同意", "OK"},
        {"省级教育行政部门学籍主管处室复核认定", "Judgement by the provincial department in charge of records"},
        {"退回", "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamter"}};
    return titles[static_cast<std::size_t>(number(0, 4))];
  }

  State& add_state(std::string key, StateKind kind) {
    State state;
    state.key = std::move(key);
    state.kind = kind;
    state.title = title();
    if (kind == StateKind::check) state.checks = {"duplicate_check"};
    if (kind == StateKind::approval && number(0, 1) == 0) state.deadline = Deadline{number(1, 30), {}, {}, {}, {}};
    return definition_.states.emplace_back(std::move(state));
  }

  void add_parallel(const std::string& key) {
    add_state(key, StateKind::parallel);
    const std::size_t at = definition_.states.size() - 1;
    const int branches = number(2, 4);
    for (int branch = 0; branch < branches; ++branch) {
      const std::string first = key + "_" + std::to_string(branch) + "_0";
      definition_.states[at].branches.push_back({"branch_" + std::to_string(branch), title(), first, {}});
      const int states = number(1, 3);
      for (int each = 0; each < states; ++each) {
        State& state = add_state(key + "_" + std::to_string(branch) + "_" + std::to_string(each), StateKind::approval);
        state.parallel = key;
        state.branch = static_cast<std::size_t>(branch);
      }
    }
    definition_.states[at].join = static_cast<std::size_t>(number(1, branches));
  }

  bool may_lead_to(const State& from, const State& to) const {
    return to.parallel.empty() ? to.key != from.parallel : to.parallel == from.parallel && to.branch == from.branch;
  }

  std::string target(const State& from) {
    for (;;) {
      const auto at = static_cast<std::size_t>(number(0, static_cast<int>(definition_.states.size()) - 1));
      if (may_lead_to(from, definition_.states[at])) return definition_.states[at].key;
    }
  }

  void lead_on(State& state) {
    if (state.kind == StateKind::end) return;
    if (state.kind == StateKind::parallel) {
      state.to = definition_.states.back().key;
      if (number(0, 1) == 0) state.otherwise = definition_.states.back().key;
      return;
    }
    if (state.kind == StateKind::check) {
      state.outcomes = {{CheckOutcome::clear, target(state)}, {CheckOutcome::suspect, target(state)}};
      return;
    }
    if (state.kind == StateKind::choice) {
      for (int ways = number(2, 5); ways > 0; --ways) state.ways.push_back({std::nullopt, target(state), {}});
      return;
    }
    if (number(0, 4) == 0) state.otherwise = definition_.states.back().key;
    const int actions = number(1, 5);
    for (int at = 0; at < actions; ++at) {
      Action action;
      action.key = "action_" + std::to_string(at);
      action.title = title();
      action.to = target(state);
      action.to_earlier = number(0, 3) == 0 && definition_.order(action.to) < definition_.order(state.key);
      if (!state.parallel.empty() && !action.to_earlier && number(0, 2) == 0)
        action.to = number(0, 2) == 0 ? stop_word : join_word;
      state.actions.push_back(std::move(action));
    }
  }

  std::mt19937 random_;
  Definition definition_;
};

}  // namespace

Definition load_from(const std::string& path) {
  std::ifstream stream{std::string{XUEJI_SOURCE_DIR} + "/" + path, std::ios::binary};
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  auto loaded = load_definition(text, path);
  if (const auto* faults = std::get_if<std::vector<Fault>>(&loaded)) FAIL(faults->front().to_string());
  return std::get<Definition>(std::move(loaded));
}

Definition transfer() { return load_from("tests/unit/render/transfer.yaml"); }

std::vector<Definition> pictured() {
  return {load_from("workflows/key-information-change.yaml"), load_from("workflows/g-number-deletion.yaml"),
          load_from("tests/routes/suspension-by-stage.yaml"), transfer()};
}

Definition made_up(unsigned seed) {
  Definition definition = Maker{seed}.make();
  definition.key = "made-up";
  definition.title = {"随机", "Made up"};
  return definition;
}

}  // namespace xueji::tests
