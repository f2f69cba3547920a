#include <fmt/format.h>

#include <algorithm>

#include "engine/definition/configuration.hpp"
#include "engine/definition/loading.hpp"

namespace xueji {
namespace {

/// The state of a `for each` as it stands in the second branch, where what leads there stands; null elsewhere.
const StateName* in_own_branch(const Loading& loading, const StateName& target, const StateName& from) {
  if (from.first.empty() || from.parallel != target.parallel) return nullptr;
  const auto* own = loading.state_name(key_in_second_branch(target.key));
  return own && own->first == target.key ? own : nullptr;
}

bool share_branch(const StateName& a, const StateName& b) { return a.parallel == b.parallel && a.branch == b.branch; }

}  // namespace

std::string read_target(Loading& loading, const YamlNode& node, std::string_view name, const StateName& from) {
  if (node.is_text() && (node.text == join_word || node.text == stop_word)) {
    if (!from.parallel.empty()) return node.text;
    loading.faults.add(node.position, fmt::format("`{}` ends a branch, and this is in none", node.text),
                       "name the state that it leads to");
    return {};
  }
  const auto key = read_state_key(loading, node, name);
  if (key.empty()) return key;
  const auto* target = loading.state_name(key);
  if (!key.empty() && key == from.parallel) {
    loading.faults.add(node.position, fmt::format("`{}` cannot be begun anew from one of its branches", key),
                       "lead to a state outside, from which it is begun again");
    return {};
  }
  if (target->parallel.empty() || share_branch(*target, from)) return key;
  if (const auto* own = in_own_branch(loading, *target, from)) return own->key;
  loading.faults.add(node.position, fmt::format("`{}` lies in a branch of `{}`", key, target->parallel),
                     fmt::format("name `{}`, which begins all of its branches, or a state outside", target->parallel));
  return {};
}

std::vector<std::string_view> earlier_states(const Loading& loading, std::string_view state) {
  std::vector<std::string_view> keys;
  const auto* from = loading.state_name(state);
  for (const auto& name : loading.state_names) {
    if (&name == from) break;
    if (may_be_returned_to(name, *from)) keys.push_back(name.key);
  }
  return keys;
}

}  // namespace xueji
