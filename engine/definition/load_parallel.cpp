#include <fmt/format.h>

#include <algorithm>

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

void read_join(Loading& loading, State& state, const YamlNode& node) {
  const auto branches = static_cast<std::int64_t>(state.branches.size());
  if (node.is_text() && node.text == "all")
    state.join = state.branches.size();
  else if (node.is_text() && node.text == "any")
    state.join = 1;
  else if (const auto number = read_whole_number(node, "join", loading.faults, 1, std::max<std::int64_t>(branches, 1)))
    state.join = static_cast<std::size_t>(*number);
}

}  // namespace

void load_parallel(Loading& loading, State& state, MapReader& map, const YamlNode& branches) {
  const auto& entries = read_entries(branches, "parallel", loading.faults);
  if (!entries.empty() && (entries.size() < 2 || entries.size() > branches_max))
    loading.faults.add(branches.position, fmt::format("there are {} branches", entries.size()),
                       fmt::format("write 2 to {} branches, each with `title` and `states`", branches_max));
  for (const auto& entry : entries) read_branch(loading, state, entry);
  if (const auto* join = map.need("join", "say how many branches must join: `all`, `any` or a number"))
    read_join(loading, state, *join);
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
  for_each_branch(branches, [&](const YamlNode&, const YamlNode& states) {
    for (const auto& entry : states.entries) load_state(loading, entry);
  });
}

}  // namespace xueji
