#include <soci/mysql/soci-mysql.h>

#include <fmt/format.h>

#include <array>
#include <stdexcept>
#include <utility>

#include "adapters/sql/bulk_mysql.hpp"
#include "adapters/sql/dialects.hpp"
#include "adapters/sql/mysql_errors.hpp"
#include "adapters/sql/replace_all.hpp"

namespace xueji::sql {
namespace {

constexpr std::string_view table_options =
    " ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin";
constexpr long long packet_min = 8LL << 20;
constexpr std::string_view turn_to_write = "SELECT version FROM schema_migration WHERE version = 1 FOR UPDATE";

/// A value of SOCI's connect string.
std::string in_quotes(std::string_view value) {
  std::string text = "'";
  for (const char character : value) {
    if (character == '\'' || character == '\\') text += '\\';
    text += character;
  }
  return text + "'";
}

struct Setting {
  std::string_view variable, value;
};

constexpr std::array common_settings{
    Setting{"sql_mode", "STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION"},
    Setting{"time_zone", "+00:00"},
    Setting{"innodb_snapshot_isolation", "1"},
    Setting{"innodb_lock_wait_timeout", "3"},
    Setting{"max_recursive_iterations", "1000000"},
};

/// A session that holds a lock of the server and, where there is a schema already, the turn to write.
class SessionHeld final : public SchemaLock {
 public:
  soci::session session;
};

/// MariaDB. MySQL's own server lacks what the schema stands on: see docs/decisions/0009.
class MysqlDialect final : public Dialect {
 public:
  MysqlDialect(MysqlAddress address, const DatabaseOptions& options)
      : address_(std::move(address)), tls_(tls(options)) {
    if (!address_.password && !options.password.empty()) address_.password = options.password;
  }

  void connect(soci::session& session, SessionUse use, const DatabaseOptions& /*options*/) const override {
    session.open(soci::mysql, connect_string(use));
    require_mariadb(session);
    session << "SET NAMES utf8mb4 COLLATE utf8mb4_nopad_bin";
    for (const auto& setting : common_settings)
      session << fmt::format("SET SESSION {} = {}", setting.variable,
                             setting.value.find_first_not_of("0123456789") == std::string_view::npos
                                 ? std::string(setting.value)
                                 : fmt::format("'{}'", setting.value));
    // A condition on rows one by one is meant where it is written (see question.hpp).
    session << "SET SESSION optimizer_switch = 'exists_to_in=off'";
    session << "SET SESSION TRANSACTION ISOLATION LEVEL " +
                   std::string(use == SessionUse::read ? "REPEATABLE READ" : "READ COMMITTED");
    for (const auto& setting : common_settings) require(session, setting.variable, setting.value);
    require(session, "tx_isolation", use == SessionUse::read ? "REPEATABLE-READ" : "READ-COMMITTED");
    require(session, "character_set_client", "utf8mb4");
    require(session, "collation_connection", "utf8mb4_nopad_bin");
    if (std::stoll(value_of(session, "max_allowed_packet")) < packet_min)
      throw std::runtime_error("the database server takes too small packets: set max_allowed_packet to 16M or more");
    if (!tls_.empty() && value(session,
                               "SELECT VARIABLE_VALUE FROM information_schema.SESSION_STATUS WHERE "
                               "VARIABLE_NAME = 'SSL_CIPHER'")
                             .empty())
      throw std::runtime_error("the connection to the database is not encrypted though TLS is asked for");
    require_durability(session);
  }

  std::string adapt(std::string_view sql) const override {
    std::string text{sql};
    replace_all(text, " CROSS JOIN ", " STRAIGHT_JOIN ");
    return text;
  }

  std::string expand(std::string_view ddl) const override {
    if (ddl.starts_with("{sqlite} ")) return {};
    std::string text{ddl};
    replace_all(text, "{mariadb} ", "");
    replace_all(text, "{id}", "BIGINT NOT NULL PRIMARY KEY");
    replace_all(text, "{long_text}", "LONGTEXT");
    replace_all(text, " {clustered}", "");
    replace_all(text, " {where key_hash is present}", "");
    replace_all(text, " {where once_key is present}", "");
    replace_all(text, " {where undecidable_since is present}", "");
    replace_all(text, " {where merged_into is present}", "");
    if (text.starts_with("CREATE TABLE ")) text += table_options;
    for (const std::string_view made : {"CREATE TABLE ", "CREATE INDEX ", "CREATE UNIQUE INDEX "})
      if (text.starts_with(made)) text.insert(made.size(), "IF NOT EXISTS ");
    if (text.starts_with("DROP TABLE ")) text.insert(std::string_view{"DROP TABLE "}.size(), "IF EXISTS ");
    if (text.starts_with("ALTER TABLE ")) {
      replace_all(text, " ADD COLUMN ", " ADD COLUMN IF NOT EXISTS ");
      replace_all(text, " DROP COLUMN ", " DROP COLUMN IF EXISTS ");
      replace_all(text, " RENAME COLUMN ", " RENAME COLUMN IF EXISTS ");
    }
    return text;
  }

  std::vector<std::string> begin_write() const override { return {"START TRANSACTION", std::string(turn_to_write)}; }
  std::string begin_read() const override { return "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"; }
  void watch(soci::session& /*session*/, const ReadGuard* /*guard*/) const override {}
  std::string limit_statement(std::chrono::seconds longest) const override {
    return fmt::format("SET SESSION max_statement_time = {}", longest.count());
  }

  StoreError translate(const soci::soci_error& error, bool at_commit) const override {
    const auto* own = dynamic_cast<const soci::mysql_soci_error*>(&error);
    return mysql_error(own ? own->err_num_ : 0, at_commit);
  }

  std::unique_ptr<BulkStatement> prepare_bulk(soci::session& session, std::string_view sql) const override {
    // The server's bulk protocol knows no INSERT … SELECT (error 1295).
    if (sql.find(" SELECT ") != std::string_view::npos) return nullptr;
    return prepare_mysql_bulk(session, adapt(sql));
  }

  std::unique_ptr<SchemaLock> lock_schema(const DatabaseOptions& options) const override {
    auto held = std::make_unique<SessionHeld>();
    auto& session = held->session;
    connect(session, SessionUse::schema, options);
    if (value(session,
              fmt::format("SELECT GET_LOCK(CONCAT('xueji schema ', DATABASE()), {})", schema_lock_wait.count())) != "1")
      throw StoreError(StoreError::Kind::busy,
                       "another program changes the schema: wait until it is done, then start again");
    if (value(session,
              "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = "
              "'schema_migration'") == "1") {
      session << "START TRANSACTION";
      value(session, std::string(turn_to_write));
    }
    return held;
  }
  std::string begin_step() const override { return "START TRANSACTION"; }
  bool changes_schema_in_transactions() const override { return false; }

  bool exists() const override { return true; }
  std::string copy_statement() const override { return {}; }
  std::string size_question() const override {
    return "SELECT CAST(COALESCE(SUM(data_length + index_length), 0) AS INTEGER) FROM information_schema.tables "
           "WHERE table_schema = DATABASE()";
  }
  std::string table_exists_question() const override {
    return "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?t";
  }

  std::string any_table_question() const override {
    return "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY table_name LIMIT "
           "1";
  }

  void require_durability(soci::session& session) const override {
    require(session, "innodb_flush_log_at_trx_commit", "1");
    if (value_of(session, "log_bin") != "0") require(session, "sync_binlog", "1");
  }
  void require_room() const override {}

 private:
  /// The TLS part of libmariadb's connection string; empty where the connection needs none.
  std::string tls(const DatabaseOptions& options) const {
    if (!options.tls.empty() && options.tls != "verify" && options.tls != "off")
      throw std::runtime_error("the TLS setting of the database is neither `verify` nor `off`");
    if (options.tls == "off" || (options.tls.empty() && address_.is_local())) return {};
    const std::string authorities = options.tls_ca.empty() ? "/etc/ssl/certs/ca-certificates.crt" : options.tls_ca;
    if (authorities.find_first_of(";={}") != std::string::npos)
      throw std::runtime_error("the name of the file of TLS authorities may not hold any of ; = { }");
    return ";ssl-enforce=1;ssl-verify-server-cert=1;ssl-ca=" + authorities;
  }

  /// SOCI hands `host` to libmariadb, which takes further options there, written as its own connection string.
  std::string connect_string(SessionUse use) const {
    std::string options = "connect-timeout=5" + tls_;
    if (!address_.host.empty()) options += ";host=" + address_.host;
    std::string text = "host=" + in_quotes(options) + " user=" + in_quotes(address_.user) +
                       " db=" + in_quotes(address_.database) + " charset=utf8mb4 local_infile=0";
    if (address_.password) text += " password=" + in_quotes(*address_.password);
    if (address_.socket.empty())
      text += " port=" + std::to_string(address_.port);
    else
      text += " unix_socket=" + in_quotes(address_.socket);
    // A server that says nothing for so long is taken for lost. A step of the schema may take longer.
    if (use != SessionUse::schema) text += " read_timeout=60 write_timeout=60";
    return text;
  }

  static std::string value(soci::session& session, const std::string& question) {
    std::string found;
    soci::indicator indicator = soci::i_null;
    session << question, soci::into(found, indicator);
    return indicator == soci::i_ok ? found : std::string{};
  }
  static std::string value_of(soci::session& session, std::string_view variable) {
    return value(session, fmt::format("SELECT @@{}", variable));
  }

  static void require(soci::session& session, std::string_view variable, std::string_view wanted) {
    const auto found = value_of(session, variable);
    if (found != wanted)
      throw StoreError(StoreError::Kind::broken,
                       fmt::format("the database server has {} = {} where xueji needs {}: set it in the server's "
                                   "configuration (docs/operating.md)",
                                   variable, found, wanted));
  }

  static void require_mariadb(soci::session& session) {
    const auto version = value(session, "SELECT VERSION()");
    if (version.find("MariaDB") == std::string::npos)
      throw std::runtime_error(fmt::format(
          "the database server is MySQL {}; xueji needs MariaDB 10.11 or later (docs/operating.md)", version));
    if (value(session, "SHOW VARIABLES LIKE 'innodb_snapshot_isolation'").empty())
      throw std::runtime_error(
          fmt::format("MariaDB {} does not know innodb_snapshot_isolation; xueji needs 10.11.8 or later", version));
  }

  MysqlAddress address_;
  std::string tls_;
};

}  // namespace

std::unique_ptr<Dialect> make_mysql_dialect(MysqlAddress address, const DatabaseOptions& options) {
  return std::make_unique<MysqlDialect>(std::move(address), options);
}

}  // namespace xueji::sql
