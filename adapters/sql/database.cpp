#include "adapters/sql/database.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "adapters/sql/migrations.hpp"
#include "adapters/sql/schema_tables.hpp"
#include "adapters/sql/sql_accounts.hpp"
#include "adapters/sql/sql_audit_trail.hpp"
#include "adapters/sql/sql_bulk_loader.hpp"
#include "adapters/sql/sql_definitions.hpp"
#include "adapters/sql/sql_evidence_ledger.hpp"
#include "adapters/sql/sql_queries.hpp"
#include "adapters/sql/sql_store.hpp"
#include "adapters/sql/sql_student_handles.hpp"

namespace xueji {
namespace {

class SqlDatabase final : public Database {
 public:
  SqlDatabase(const std::string& url, const DatabaseOptions& options)
      : connections_(url, options),
        store_(connections_),
        queries_(connections_),
        accounts_(connections_),
        audit_trail_(connections_),
        student_handles_(connections_),
        definitions_(connections_),
        evidence_(connections_) {
    if (options.migrate) {
      sql::migrate(connections_, sql::schema_steps());
    } else if (const auto found = sql::lacking_steps(connections_, sql::schema_steps()); !found.applied.empty()) {
      throw std::runtime_error(fmt::format(
          "the schema of the database is {}, this program needs {}: run `xueji migrate`", found.before, found.version));
    }
    sql::refuse_lost_tables(connections_);
  }

  Store& store() override { return store_; }
  Queries& queries() override { return queries_; }
  Accounts& accounts() override { return accounts_; }
  AuditTrail& audit_trail() override { return audit_trail_; }
  StudentHandles& student_handles() override { return student_handles_; }
  DefinitionStore& definitions() override { return definitions_; }
  EvidenceLedger& evidence() override { return evidence_; }
  std::unique_ptr<BulkLoader> bulk_loader() override { return std::make_unique<sql::SqlBulkLoader>(connections_); }

  bool is_empty() override {
    const sql::Connections::Reading session(connections_);
    return !session->prepare("SELECT id FROM office LIMIT 1", "i").one();
  }

  void clear() override {
    const auto tables = sql::tables_made_by(sql::schema_steps());
    sql::Connections::Writing writing(connections_);
    for (auto table = tables.rbegin(); table != tables.rend(); ++table) writing->execute("DELETE FROM " + table->name);
    writing.commit();
  }

 private:
  sql::Connections connections_;
  sql::SqlStore store_;
  sql::SqlQueries queries_;
  sql::SqlAccounts accounts_;
  sql::SqlAuditTrail audit_trail_;
  sql::SqlStudentHandles student_handles_;
  sql::SqlDefinitions definitions_;
  sql::SqlEvidenceLedger evidence_;
};

}  // namespace

std::unique_ptr<Database> Database::open(const std::string& url, const DatabaseOptions& options) {
  return std::make_unique<SqlDatabase>(url, options);
}

}  // namespace xueji
