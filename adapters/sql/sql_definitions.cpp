#include "adapters/sql/sql_definitions.hpp"

#include <stdexcept>

#include "adapters/sql/rows.hpp"

namespace xueji::sql {

std::vector<PinnedDefinition> SqlDefinitions::all_definitions() {
  const Connections::Reading session(connections_);
  auto& rows = session->prepare(
      "SELECT d.id, d.definition_key, d.version, d.sha256, d.yaml, d.file, "
      "EXISTS (SELECT 1 FROM request r WHERE r.definition_id = d.id) FROM definition d "
      "ORDER BY d.definition_key, d.version",
      "itittti");
  std::vector<PinnedDefinition> definitions;
  rows.each([&] {
    definitions.push_back({DefinitionId{rows.integer(0)}, rows.text(1), static_cast<int>(rows.integer(2)), rows.text(3),
                           rows.text(4), rows.text(5), rows.integer(6) != 0});
  });
  return definitions;
}

DefinitionId SqlDefinitions::newest_definition() {
  const Connections::Reading session(connections_);
  return DefinitionId{next_id(*session, "SELECT MAX(id) FROM definition") - 1};
}

DefinitionId SqlDefinitions::pin(const PinnedDefinition& definition) {
  Connections::Writing writing(connections_);
  auto& known = writing->prepare(
      "SELECT d.id, d.sha256, EXISTS (SELECT 1 FROM request r WHERE r.definition_id = d.id) "
      "FROM definition d WHERE d.definition_key = ?t AND d.version = ?i",
      "iti");
  if (known.bind(definition.key, definition.version).one()) {
    const DefinitionId id{known.integer(0)};
    if (known.text(1) == definition.sha256) return id;
    if (known.integer(2) != 0)
      throw std::invalid_argument("definition " + definition.key + " version " + std::to_string(definition.version) +
                                  " ran with SHA-256 " + known.text(1) + " and can't be replaced by " +
                                  definition.sha256);
    writing->prepare("UPDATE definition SET sha256 = ?t, yaml = ?t, file = ?t WHERE id = ?i")
        .bind(definition.sha256, definition.yaml, definition.file, id)
        .run();
    writing.commit();
    return id;
  }
  const DefinitionId id{next_id(*writing, "SELECT MAX(id) FROM definition")};
  writing
      ->prepare(
          "INSERT INTO definition (id, definition_key, version, sha256, file, yaml) VALUES (?i, ?t, ?i, ?t, ?t, ?t)")
      .bind(id, definition.key, definition.version, definition.sha256, definition.file, definition.yaml)
      .run();
  writing.commit();
  return id;
}

}  // namespace xueji::sql
