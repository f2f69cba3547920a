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
  {
    const Connections::Reading session(connections_);
    session->prepare("SELECT id FROM office LIMIT 1", "i").one();
    session->require_durability();
    connections_.dialect().require_room();
  }
  try_to_write();
}

/// A file that has become read-only, or a database server that has, still answers every question. Whoever asks often
/// makes no more writes than one in two seconds.
void SqlQueries::try_to_write() {
  constexpr std::chrono::seconds remembered{2};
  const std::lock_guard lock(tried_mutex_);
  const auto now = std::chrono::steady_clock::now();
  if (written_ && now - *written_ < remembered) return;
  written_.reset();
  Connections::Writing writing(connections_);
  writing->prepare("DELETE FROM readiness_trial").run();
  writing->prepare("INSERT INTO readiness_trial (id, tried_at) VALUES (1, ?i)")
      .bind(std::chrono::time_point_cast<Instant::duration>(std::chrono::system_clock::now()))
      .run();
  writing.commit();
  written_ = now;
}

}  // namespace xueji::sql
