#include <fmt/format.h>

#include <algorithm>

#include "engine/definition/loading.hpp"

namespace xueji {
namespace {

constexpr std::string_view otherwise_word = "default";

std::optional<Role> read_role(Loading& loading, std::string_view word, Position position) {
  const auto role = parse_role(word);
  if (role && *role != Role::system) return role;
  loading.faults.add(position, fmt::format("there is no role `{}`", word),
                     suggest(word, {role_words.begin(), role_words.end()}));
  return std::nullopt;
}

/// "reviewer at county".
void read_post(Loading& loading, const YamlNode& key, std::size_t persons) {
  constexpr std::string_view at = " at ";
  const auto middle = key.text.find(at);
  if (middle == std::string::npos)
    return loading.faults.add(key.position, fmt::format("`{}` is no post", key.text),
                              "write `default` or a role at a level, like `reviewer at county`");
  const auto role = read_role(loading, std::string_view{key.text}.substr(0, middle), key.position);
  const auto word = std::string_view{key.text}.substr(middle + at.size());
  const auto level = parse_level(word);
  if (!level)
    return loading.faults.add(key.position, fmt::format("there is no level `{}`", word),
                              suggest(word, {level_words.begin(), level_words.end()}));
  if (role) loading.definition.staffing.persons.push_back({*role, *level, persons});
}

void read_persons(Loading& loading, const YamlNode& node) {
  for (const auto& [key, number] : read_entries(node, "persons", loading.faults)) {
    const auto persons = read_whole_number(number, key.text, loading.faults, 0, persons_max);
    if (!persons) continue;
    if (key.text == otherwise_word)
      loading.definition.staffing.persons_otherwise = static_cast<std::size_t>(*persons);
    else
      read_post(loading, key, static_cast<std::size_t>(*persons));
  }
}

void read_same_person(Loading& loading, const YamlNode& node) {
  for (const auto& group : read_list(node, "same_person", loading.faults)) {
    std::vector<Role> roles;
    for (const auto& item : read_list(group, "same_person", loading.faults))
      if (const auto text = read_text(item, "same_person", loading.faults))
        if (const auto role = read_role(loading, *text, item.position)) roles.push_back(*role);
    if (group.is_list() && group.items.size() < 2)
      loading.faults.add(group.position, "one role alone is always one person's", "name at least two roles");
    loading.definition.staffing.same_person.push_back(std::move(roles));
  }
}

}  // namespace

void load_staffing(Loading& loading, const YamlNode& node) {
  loading.definition.staffing.position = node.position;
  MapReader map{node, "`staffing`", loading.faults};
  const auto* persons = map.take("persons");
  const auto* same_person = map.take("same_person");
  map.finish();
  if (persons) read_persons(loading, *persons);
  if (same_person) read_same_person(loading, *same_person);
}

}  // namespace xueji
