#include "adapters/sql/sql_queries.hpp"

namespace xueji::sql {

DatabaseFacts SqlQueries::database_facts() {
  const Connections::Reading session(connections_);
  DatabaseFacts facts;
  auto& size = session->prepare(connections_.dialect().size_question(), "i");
  if (size.one()) facts.size_bytes = size.integer(0);
  auto& version = session->prepare("SELECT MAX(version) FROM schema_migration", "i");
  if (version.one()) facts.schema_version = static_cast<int>(version.integer(0));
  return facts;
}

void SqlQueries::check_health() {
  const Connections::Reading session(connections_);
  session->prepare("SELECT id FROM office LIMIT 1", "i").one();
  session->require_durability();
  connections_.dialect().require_room();
}

}  // namespace xueji::sql
