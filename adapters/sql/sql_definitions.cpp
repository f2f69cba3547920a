#include "adapters/sql/sql_definitions.hpp"

#include <optional>

#include "adapters/sql/rows.hpp"

namespace xueji::sql {
namespace {

const std::string select_definitions =
    "SELECT d.id, d.definition_key, d.version, d.sha256, d.yaml, d.file, d.variant, "
    "EXISTS (SELECT 1 FROM request r WHERE r.definition_id = d.id) FROM definition d";
constexpr std::string_view definition_kinds = "ititttti";

PinnedDefinition read_definition(const Statement& row) {
  return {DefinitionId{row.integer(0)},
          row.text(1),
          static_cast<int>(row.integer(2)),
          row.text(3),
          row.text(4),
          row.text(5),
          row.integer(7) != 0,
          row.text(6)};
}

/// The highest version of the file from that one on.
std::optional<PinnedDefinition> newest_from(Session& session, const PinnedDefinition& definition) {
  auto& row = session.prepare(
      select_definitions +
          " WHERE d.definition_key = ?t AND d.variant = ?t AND d.version >= ?i ORDER BY d.version DESC LIMIT 1",
      definition_kinds);
  return row.bind(definition.key, definition.variant, definition.version).one() ? std::optional{read_definition(row)}
                                                                                : std::nullopt;
}

std::optional<PinnedDefinition> same_version(Session& session, const PinnedDefinition& definition) {
  auto& row = session.prepare(select_definitions + " WHERE d.definition_key = ?t AND d.variant = ?t AND d.version = ?i",
                              definition_kinds);
  return row.bind(definition.key, definition.variant, definition.version).one() ? std::optional{read_definition(row)}
                                                                                : std::nullopt;
}

bool is_same(const PinnedDefinition& there, const PinnedDefinition& definition) {
  return there.version == definition.version && there.sha256 == definition.sha256;
}

DefinitionId insert(Session& session, const PinnedDefinition& definition) {
  const DefinitionId id{next_id(session, "SELECT MAX(id) FROM definition")};
  session
      .prepare(
          "INSERT INTO definition (id, definition_key, version, sha256, file, yaml, variant) "
          "VALUES (?i, ?t, ?i, ?t, ?t, ?t, ?t)")
      .bind(id, definition.key, definition.version, definition.sha256, definition.file, definition.yaml,
            definition.variant)
      .run();
  return id;
}

}  // namespace

std::vector<PinnedDefinition> SqlDefinitions::all_definitions() {
  const Connections::Reading session(connections_);
  auto& rows =
      session->prepare(select_definitions + " ORDER BY d.definition_key, d.variant, d.version", definition_kinds);
  std::vector<PinnedDefinition> definitions;
  rows.each([&] { definitions.push_back(read_definition(rows)); });
  return definitions;
}

DefinitionId SqlDefinitions::newest_definition() {
  const Connections::Reading session(connections_);
  return DefinitionId{next_id(*session, "SELECT MAX(id) FROM definition") - 1};
}

DefinitionId SqlDefinitions::pin(const PinnedDefinition& definition, const std::string& known) {
  Connections::Writing writing(connections_);
  auto there = same_version(*writing, definition);
  if (!there) {
    const DefinitionId id = insert(*writing, definition);
    writing.commit();
    return id;
  }
  if (is_same(*there, definition)) return there->id;
  if (there->used || there->sha256 != known) throw DefinitionTaken(std::move(*there));
  writing->prepare("UPDATE definition SET sha256 = ?t, yaml = ?t, file = ?t WHERE id = ?i")
      .bind(definition.sha256, definition.yaml, definition.file, there->id)
      .run();
  writing.commit();
  return there->id;
}

DefinitionId SqlDefinitions::pin_newest(const PinnedDefinition& definition) {
  Connections::Writing writing(connections_);
  if (auto there = newest_from(*writing, definition)) {
    if (is_same(*there, definition)) return there->id;
    throw DefinitionTaken(std::move(*there));
  }
  const DefinitionId id = insert(*writing, definition);
  writing.commit();
  return id;
}

}  // namespace xueji::sql
