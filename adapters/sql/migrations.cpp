#include "adapters/sql/migrations.hpp"

#include <fmt/format.h>

#include <map>
#include <stdexcept>

#include "adapters/sql/connections.hpp"
#include "adapters/sql/schema_tables.hpp"
#include "adapters/sql/step_runner.hpp"

namespace xueji {
namespace sql {
namespace {

std::map<long long, std::string> applied_checksums(Session& session) {
  std::map<long long, std::string> found;
  if (!session.has_table("schema_migration")) return found;
  auto& rows = session.prepare("SELECT version, checksum FROM schema_migration ORDER BY version", "it");
  rows.each([&] { found[rows.integer(0)] = rows.text(1); });
  return found;
}

/// What is there belongs to somebody where it has tables and none of ours. Another program may make ours meanwhile: the
/// first that is made is looked for again.
void refuse_foreign(Session& session) {
  if (session.has_table("schema_migration")) return;
  if (const auto table = session.any_table(); table && !session.has_table("schema_migration"))
    throw std::runtime_error(fmt::format(
        "the database holds a table `{}` that is not of xueji's making: name another, with nothing in it", *table));
}

/// Of the step that was begun and not finished; 0 where there is none.
long long begun_step(Session& session) {
  if (!session.has_table("schema_progress")) return 0;
  auto& row = session.prepare("SELECT version FROM schema_progress ORDER BY version DESC LIMIT 1", "i");
  return row.one() ? row.integer(0) : 0;
}

void refuse_newer(long long found, int known, std::string_view what) {
  if (found > known)
    throw std::runtime_error(fmt::format(
        "the database {} {}, newer than this program, which knows {}: run a newer xueji", what, found, known));
}

MigrationReport all_lacking(std::span<const SchemaStep> steps) {
  MigrationReport report;
  for (const auto& step : steps) report.applied.push_back(title(step));
  report.version = steps.back().version;
  return report;
}

}  // namespace

MigrationReport lacking_steps(Session& session, std::span<const SchemaStep> steps) {
  refuse_foreign(session);
  const auto applied = applied_checksums(session);
  if (applied.contains(unfinished_copy))
    throw std::runtime_error(
        "a copy into this database was not finished: drop it, make it anew and run `xueji copy` again");
  const int known = steps.back().version;
  if (!applied.empty()) refuse_newer(applied.rbegin()->first, known, "has schema");
  if (!applied.empty() && applied.begin()->first < unfinished_copy)
    throw std::runtime_error(
        fmt::format("the database has a schema step {}, which no xueji makes", applied.begin()->first));
  refuse_newer(begun_step(session), known, "is on its way to schema");
  MigrationReport report;
  report.version = known;
  if (!applied.empty()) report.before = static_cast<int>(applied.rbegin()->first);
  for (const auto& step : steps) {
    const auto found = applied.find(step.version);
    if (found == applied.end())
      report.applied.push_back(title(step));
    else if (found->second != checksum(step))
      throw std::runtime_error(
          fmt::format("schema step {:04} '{}' was applied with checksum {} but is {} in this program: the step was "
                      "changed after its release",
                      step.version, step.name, found->second, checksum(step)));
  }
  return report;
}

MigrationReport lacking_steps(const Connections& connections, std::span<const SchemaStep> steps) {
  if (!connections.dialect().exists()) return all_lacking(steps);
  Session session(connections.dialect(), SessionUse::read, connections.options());
  return lacking_steps(session, steps);
}

void refuse_lost_tables(const Connections& connections) {
  Session session(connections.dialect(), SessionUse::read, connections.options());
  for (const auto& table : tables_made_by(schema_steps()))
    if (!session.has_table(table.name))
      throw std::runtime_error(
          fmt::format("the database has lost its table `{}`: restore it from a backup", table.name));
}

MigrationReport migrate(Connections& connections, std::span<const SchemaStep> steps) {
  try {
    auto report = lacking_steps(connections, steps);
    if (report.applied.empty()) return report;
  } catch (const StoreError& error) {
    // Perhaps another program is at it, and keeps even readers away.
    if (error.kind != StoreError::Kind::busy) throw;
  }
  Connections::Migrating migrating(connections);
  return migrate(*migrating, steps, connections.options().on_migration);
}

MigrationReport migrate(Session& session, std::span<const SchemaStep> steps, const MigrationProgress& progress) {
  auto report = lacking_steps(session, steps);
  const auto applied = applied_checksums(session);
  StepRunner runner(session, progress);
  for (const auto& step : steps)
    if (!applied.contains(step.version)) runner.run(step);
  return report;
}

}  // namespace sql

MigrationReport migrate(const std::string& url, const DatabaseOptions& options, bool dry_run) {
  sql::Connections connections(url, options);
  const auto report =
      dry_run ? sql::lacking_steps(connections, sql::schema_steps()) : sql::migrate(connections, sql::schema_steps());
  if (report.applied.empty()) sql::refuse_lost_tables(connections);
  return report;
}

}  // namespace xueji
