#include <fmt/format.h>

#include <algorithm>

#include "engine/definition/loading.hpp"

namespace xueji {
namespace {

constexpr std::string_view stay = "stay", same_state = "same state", drop = "drop", keep = "keep";

/// Nothing is decided by a migration: it neither ends a request nor leads it on behind people's backs.
std::string read_arrival(Loading& loading, const YamlNode& node) {
  const auto key = read_state_key(loading, node, "states");
  const auto* state = key.empty() ? nullptr : loading.state_name(key);
  if (!state || (state->kind != StateKind::end && state->kind != StateKind::choice)) return key;
  if (state->kind == StateKind::end)
    loading.faults.add(node.position, fmt::format("`{}` is an end, and a migration ends no request", key),
                       "name a state in which the request goes on");
  else
    loading.faults.add(node.position, fmt::format("`{}` is a choice, and no request stands in one", key),
                       "name a state in which the request can wait");
  return {};
}

void read_states(Loading& loading, Migration& migration, const YamlNode& node) {
  for (const auto& [old_key, new_key] : read_entries(node, "states", loading.faults)) {
    check_author_key(old_key, "a state", loading.faults);
    migration.states[old_key.text] = read_arrival(loading, new_key);
  }
}

void read_otherwise(Loading& loading, Migration& migration, const YamlNode& node) {
  const auto word = read_text(node, "otherwise", loading.faults);
  if (word == same_state)
    migration.otherwise = Migration::Otherwise::same_state;
  else if (word && word != stay)
    loading.faults.add(node.position, fmt::format("`otherwise` cannot be `{}`", *word),
                       suggest(*word, {stay, same_state}));
}

void read_lost(Loading& loading, Migration& migration, const YamlNode& node) {
  const auto word = read_text(node, "lost", loading.faults);
  if (word == drop)
    migration.lost = Migration::Lost::drop;
  else if (word == keep)
    migration.lost = Migration::Lost::keep;
  else if (word && word != stay)
    loading.faults.add(node.position, fmt::format("`lost` cannot be `{}`", *word), suggest(*word, {stay, drop, keep}));
}

void load_one_migration(Loading& loading, const YamlNode& node) {
  auto& definition = loading.definition;
  MapReader map{node, "an entry of `migrate`", loading.faults};
  Migration migration;
  migration.position = node.position;
  if (const auto* from = map.need("from", "name the older version, `from: 1`")) {
    migration.from_version =
        static_cast<int>(read_whole_number(*from, "from", loading.faults, 1, 1'000'000).value_or(0));
    if (migration.from_version >= definition.version && definition.version > 0)
      loading.faults.add(from->position, fmt::format("version {} is not older than this one", migration.from_version),
                         fmt::format("name a version below {}", definition.version));
    if (std::any_of(definition.migrations.begin(), definition.migrations.end(),
                    [&](const Migration& other) { return other.from_version == migration.from_version; }))
      loading.faults.add(from->position, fmt::format("version {} stands here a second time", migration.from_version),
                         "keep one of the two");
  }
  if (const auto* states = map.take("states")) read_states(loading, migration, *states);
  if (const auto* otherwise = map.need("otherwise", "say what becomes of the other states: `stay` or `same state`"))
    read_otherwise(loading, migration, *otherwise);
  if (const auto* lost = map.take("lost")) read_lost(loading, migration, *lost);
  map.finish();
  definition.migrations.push_back(std::move(migration));
}

}  // namespace

void load_migrations(Loading& loading, const YamlNode& node) {
  for (const auto& item : read_list(node, "migrate", loading.faults)) load_one_migration(loading, item);
}

}  // namespace xueji
