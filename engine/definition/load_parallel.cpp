#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/definition/loading.hpp"

namespace xueji {
namespace {

void read_branch(Loading& loading, State& state, const YamlEntry& entry) {
  check_author_key(entry.key, "a branch", loading.faults);
  MapReader map{entry.value, "a branch", loading.faults};
  Branch branch;
  branch.key = entry.key.text;
  branch.position = entry.key.position;
  if (const auto* title = map.need("title", "add `title: {zh: …, en: …}`"))
    branch.title = read_texts(*title, "title", loading.faults).value_or(Text{});
  if (const auto* states = map.need("states", "add the states of the branch, the first one first")) {
    const auto& entries = read_entries(*states, "states", loading.faults);
    if (!entries.empty()) branch.first = entries.front().key.text;
  }
  map.finish();
  state.branches.push_back(std::move(branch));
}

constexpr std::string_view schools_of_students = "school of students";
constexpr std::array<const char*, 2> school_titles_zh{"第一名学生的学校", "第二名学生的学校"};
constexpr std::array<const char*, 2> school_titles_en{"The first student's school", "The second student's school"};

Text title_of_school(std::size_t branch) { return {school_titles_zh.at(branch), school_titles_en.at(branch)}; }

/// One list of states for each school of a pair's students.
void read_branches_of_schools(Loading& loading, State& state, const YamlNode& node) {
  MapReader map{node, "`parallel`", loading.faults};
  const auto* each = map.take(for_each_word);
  const auto* title = map.need("title", "add `title: {zh: …, en: …}`");
  const auto* states = map.need("states", "add the states of each branch, the first one first");
  map.finish();
  if (!each || !title || !states) return;
  const auto of = read_text(*each, for_each_word, loading.faults);
  if (of && *of != schools_of_students)
    loading.faults.add(each->position, fmt::format("there is no branch for each `{}`", *of),
                       fmt::format("write `for each: {}`", schools_of_students));
  if (loading.definition.subject.kind != SubjectRule::Kind::pair)
    loading.faults.add(each->position, "only the students of a pair are at schools that are known and few",
                       "write `subject: {students: 2}`, or name the branches one by one");
  const Text text = read_texts(*title, "title", loading.faults).value_or(Text{});
  const auto& entries = read_entries(*states, "states", loading.faults);
  if (entries.empty()) return;
  for (std::size_t branch = 0; branch < branch_schools.size(); ++branch) {
    const Text school = title_of_school(branch);
    state.branches.push_back({fmt::format("school_{}", branch + 1),
                              {text.zh + "：" + school.zh, text.en + ": " + school.en},
                              branch == 0 ? entries.front().key.text : key_in_second_branch(entries.front().key.text),
                              each->position});
  }
}

/// That a school has one branch is said of its first state, and of a request that has none of them nothing is passed
/// over.
void check_states_of_school(Loading& loading, const State& state, bool is_first) {
  if (!state.otherwise.empty())
    loading.faults.add(state.position, fmt::format("`{}` lies in a `for each`, and may be passed over", state.key),
                       "remove `otherwise`: every school has one branch, with all of its states");
  if (is_first && !(waits_for_people(state.kind) && state.actor.office.place == branch_schools.front() &&
                    state.actor.office.step == OfficeExpression::Step::itself))
    loading.faults.add(state.position,
                       fmt::format("`{}` begins the branch of a school that does nothing in it", state.key),
                       "begin with a state of that school's people, like `work: registrar at branch.school`");
}

void load_states_of_school(Loading& loading, const BranchStates& branch) {
  loading.branch_place = NamedPlace{std::string(branch_school), std::string(branch_schools.at(branch.position)),
                                    title_of_school(branch.position), branch.states.position};
  auto& loaded = loading.definition.states;
  for (const auto& entry : branch.states.entries) {
    const auto before = loaded.size();
    load_state(loading, entry_in(branch, entry));
    const bool is_first = &entry == &branch.states.entries.front();
    if (loaded.size() == before) continue;
    if (branch.position == 0)
      check_states_of_school(loading, loaded.back(), is_first);
    else if (is_first)
      loaded.back().otherwise = join_word;
  }
  loading.branch_place.reset();
}

void read_join(Loading& loading, State& state, const YamlNode& node) {
  const auto branches = static_cast<std::int64_t>(state.branches.size());
  if (node.is_text() && node.text == "all")
    state.join = state.branches.size();
  else if (node.is_text() && node.text == "any")
    state.join = 1;
  else if (const auto number = read_whole_number(node, "join", loading.faults, 1, std::max<std::int64_t>(branches, 1)))
    state.join = static_cast<std::size_t>(*number);
}

void read_written_branches(Loading& loading, State& state, const YamlNode& branches) {
  const auto& entries = read_entries(branches, "parallel", loading.faults);
  if (!entries.empty() && (entries.size() < 2 || entries.size() > branches_max))
    loading.faults.add(branches.position, fmt::format("there are {} branches", entries.size()),
                       fmt::format("write 2 to {} branches, each with `title` and `states`", branches_max));
  for (const auto& entry : entries) read_branch(loading, state, entry);
}

}  // namespace

YamlEntry entry_in(const BranchStates& branch, const YamlEntry& entry) {
  YamlEntry own = entry;
  if (branch.of_school && branch.position > 0) own.key.text = key_in_second_branch(entry.key.text);
  return own;
}

void load_parallel(Loading& loading, State& state, MapReader& map, const YamlNode& branches) {
  const bool of_schools = branches.find(for_each_word);
  if (of_schools)
    read_branches_of_schools(loading, state, branches);
  else
    read_written_branches(loading, state, branches);
  const auto* join = map.need("join", "say how many branches must join: `all`, `any` or a number");
  if (join) read_join(loading, state, *join);
  if (join && of_schools && !(join->is_text() && join->text == "all"))
    loading.faults.add(join->position, "where both students are at one school there is one branch",
                       "write `join: all`");
  const auto& own = *loading.state_name(state.key);
  for (const auto& [name, member] : {std::pair{"to", &State::to}, std::pair{"otherwise", &State::otherwise}}) {
    const auto* node =
        member == &State::to ? map.need(name, "name the state after the join, `to: STATE`") : map.take(name);
    if (!node) continue;
    state.*member = read_target(loading, *node, name, own);
    if (state.*member == state.key)
      loading.faults.add(node->position, fmt::format("`{}` leads to itself", state.key), "name another state");
  }
  load_refused(loading, state, map);
}

void load_branch_states(Loading& loading, const YamlNode& branches) {
  const auto before = loading.faults.size();
  for_each_branch(branches, [&](const BranchStates& branch) {
    // What is wrong in the first is told once.
    if (branch.of_school && (branch.position == 0 || loading.faults.size() == before))
      load_states_of_school(loading, branch);
    else if (!branch.of_school)
      for (const auto& entry : branch.states.entries) load_state(loading, entry);
  });
}

}  // namespace xueji
