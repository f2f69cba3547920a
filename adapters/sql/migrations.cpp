#include "adapters/sql/migrations.hpp"

#include <fmt/format.h>

#include <chrono>
#include <map>
#include <stdexcept>

#include "adapters/sql/connections.hpp"
#include "engine/machine/history_hash.hpp"

namespace xueji {
namespace sql {
namespace {

struct Applied {
  std::string name, checksum;
};

std::string title(const Migration& step) { return fmt::format("{:04} {}", step.version, step.name); }

std::map<int, Applied> applied_steps(Session& session) {
  auto& exists = session.prepare(session.dialect().table_exists_question(), "i");
  if (!exists.bind("schema_migration").one() || exists.integer(0) == 0) return {};
  std::map<int, Applied> found;
  auto& rows = session.prepare("SELECT version, name, checksum FROM schema_migration ORDER BY version", "itt");
  rows.each([&] { found[static_cast<int>(rows.integer(0))] = {rows.text(1), rows.text(2)}; });
  return found;
}

void apply_step(Session& session, const Migration& step) {
  for (const auto statement : step.statements) session.execute(session.dialect().expand(statement));
  const auto now = std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
  session.prepare("INSERT INTO schema_migration (version, name, checksum, applied_at) VALUES (?i, ?t, ?t, ?i)")
      .bind(step.version, step.name, checksum(step), now)
      .run();
}

}  // namespace

std::string checksum(const Migration& migration) {
  std::string whole;
  for (const auto statement : migration.statements) whole += std::string(statement) + ";\n";
  return sha256_hex(whole);
}

MigrationReport migrate(Session& session, std::span<const Migration> steps, bool dry_run) {
  const auto applied = applied_steps(session);
  if (applied.contains(unfinished_copy))
    throw std::runtime_error(
        "a copy into this database was not finished: drop it, make it anew and run `xueji copy` again");
  if (!applied.empty() && applied.rbegin()->first > steps.back().version)
    throw std::runtime_error(
        fmt::format("the database has schema {}, newer than this program, which knows {}: run a newer xueji",
                    applied.rbegin()->first, steps.back().version));
  MigrationReport report;
  for (const auto& step : steps) {
    report.version = step.version;
    if (const auto found = applied.find(step.version); found != applied.end()) {
      if (found->second.checksum != checksum(step))
        throw std::runtime_error(
            fmt::format("schema step {:04} '{}' was applied with checksum {} but is {} in this program: the step was "
                        "changed after its release",
                        step.version, step.name, found->second.checksum, checksum(step)));
      continue;
    }
    report.applied.push_back(title(step));
    if (!dry_run) apply_step(session, step);
  }
  return report;
}

}  // namespace sql

MigrationReport migrate(const std::string& url, const DatabaseOptions& options, bool dry_run) {
  if (dry_run && !sql::make_dialect(url, options)->exists()) {
    MigrationReport report;
    for (const auto& step : sql::migrations()) report.applied.push_back(sql::title(step));
    return report;
  }
  sql::Connections connections(url, options);
  if (dry_run) {
    const sql::Connections::Reading session(connections);
    return sql::migrate(*session, sql::migrations(), true);
  }
  sql::Connections::Migrating migrating(connections);
  auto report = sql::migrate(*migrating, sql::migrations(), false);
  migrating.commit();
  return report;
}

}  // namespace xueji
