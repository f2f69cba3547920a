#include <soci/sqlite3/soci-sqlite3.h>
#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <utility>

#include "adapters/sql/bulk_sqlite.hpp"
#include "adapters/sql/database_address.hpp"
#include "adapters/sql/dialects.hpp"
#include "adapters/sql/folder_lock.hpp"
#include "adapters/sql/replace_all.hpp"

namespace xueji::sql {
namespace {

/// Before the library is first used, by all of the process: no two threads use a connection at a time, so it needs no
/// locks of the library's own, which cost a seventh of what writing 5,000 rows does, and nobody asks what memory it
/// has.
void configure_sqlite() {
  using namespace sqlite_api;  // where SOCI's header has put it
  static const bool once = [] {
    sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    return true;
  }();
  static_cast<void>(once);
}

class FolderHeld final : public SchemaLock {
 public:
  explicit FolderHeld(const std::filesystem::path& folder) : lock_(folder, schema_lock_wait) {}

 private:
  FolderLock lock_;
};

class SqliteDialect final : public Dialect {
 public:
  explicit SqliteDialect(std::string file) : file_(std::move(file)) { configure_sqlite(); }

  void connect(soci::session& session, SessionUse use, const DatabaseOptions& options) const override {
    const bool writes = use != SessionUse::read;
    session.open(soci::sqlite3, "dbname=\"" + file_ + "\" timeout=5");
    if (use == SessionUse::schema) session << "PRAGMA locking_mode = EXCLUSIVE";
    const auto cache_kib = options.cache_mb * 1024 / (writes ? 1 : 4);
    if (writes) session << "PRAGMA journal_mode = WAL";
    session << "PRAGMA synchronous = FULL";
    session << "PRAGMA foreign_keys = ON";
    session << "PRAGMA temp_store = MEMORY";
    session << "PRAGMA cache_size = -" + std::to_string(cache_kib);
    session << "PRAGMA wal_autocheckpoint = " + std::to_string(options.checkpoint_pages);
    session << "PRAGMA journal_size_limit = 268435456";
    if (!writes) session << "PRAGMA query_only = ON";
    require_durability(session);
    require(session, "PRAGMA foreign_keys", 1, "foreign keys");
  }

  std::string adapt(std::string_view sql) const override { return std::string(sql); }
  std::string expand(std::string_view ddl) const override {
    if (ddl.starts_with("{mariadb} ")) return {};
    std::string text{ddl};
    replace_all(text, "{sqlite} ", "");
    replace_all(text, "{id}", "INTEGER NOT NULL PRIMARY KEY");
    replace_all(text, "{long_text}", "TEXT");
    replace_all(text, "{clustered}", "WITHOUT ROWID");
    replace_all(text, "{where key_hash is present}", "WHERE key_hash IS NOT NULL");
    replace_all(text, "{where once_key is present}", "WHERE once_key IS NOT NULL");
    replace_all(text, "{where undecidable_since is present}", "WHERE undecidable_since IS NOT NULL");
    replace_all(text, "{where merged_into is present}", "WHERE merged_into IS NOT NULL");
    return text;
  }

  std::vector<std::string> begin_write() const override { return {"BEGIN IMMEDIATE"}; }
  std::string begin_read() const override { return "BEGIN"; }
  void watch(soci::session& session, const ReadGuard* guard) const override {
    constexpr int steps_between_questions = 10'000;
    // connect() has opened it with this backend, whose type information the library keeps to itself.
    auto* backend = static_cast<soci::sqlite3_session_backend*>(session.get_backend());
    sqlite3_progress_handler(
        backend->conn_, steps_between_questions,
        [](void* asked) { return static_cast<const ReadGuard*>(asked)->is_over() ? 1 : 0; },
        const_cast<ReadGuard*>(guard));
  }
  std::string limit_statement(std::chrono::seconds /*longest*/) const override { return {}; }
  std::unique_ptr<BulkStatement> prepare_bulk(soci::session& session, std::string_view sql) const override {
    return prepare_sqlite_bulk(session, sql);
  }
  std::unique_ptr<SchemaLock> lock_schema(const DatabaseOptions& /*options*/) const override {
    return std::make_unique<FolderHeld>(std::filesystem::absolute(file_).parent_path());
  }
  std::string begin_step() const override { return "BEGIN IMMEDIATE"; }
  bool changes_schema_in_transactions() const override { return true; }
  bool exists() const override { return std::filesystem::exists(file_); }
  std::string copy_statement() const override { return "VACUUM INTO ?t"; }
  std::string size_question() const override {
    return "SELECT c.page_count * s.page_size FROM pragma_page_count() c CROSS JOIN pragma_page_size() s";
  }
  std::string table_exists_question() const override {
    return "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = ?t";
  }

  std::string any_table_question() const override {
    return "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' ORDER BY name LIMIT 1";
  }

  void require_durability(soci::session& session) const override {
    require(session, "PRAGMA synchronous", 2, "synchronous writes");
  }
  void require_room() const override {
    if (has_no_room()) throw StoreError(StoreError::Kind::full, disk_is_full());
  }

  StoreError translate(const soci::soci_error& error, bool at_commit) const override {
    const auto* own = dynamic_cast<const soci::sqlite3_soci_error*>(&error);
    const int number = own ? own->result() & 0xff : SQLITE_ERROR;
    const std::string suffix = " (SQLite error " + std::to_string(number) + ")";
    const bool is_full =
        number == SQLITE_FULL || ((number == SQLITE_IOERR || number == SQLITE_CANTOPEN) && has_no_room());
    if (is_full && !at_commit) return {StoreError::Kind::full, disk_is_full() + suffix};
    switch (number) {
      case SQLITE_BUSY:
      case SQLITE_LOCKED:
        return {StoreError::Kind::busy, "the database is locked by another program" + suffix};
      case SQLITE_INTERRUPT:
        return {StoreError::Kind::busy, "a read took too long, or nobody waits for it" + suffix};
      case SQLITE_CONSTRAINT:
        return {StoreError::Kind::broken, "a row breaks a rule of the schema" + suffix};
      case SQLITE_FULL:
        return {StoreError::Kind::full, disk_is_full() + suffix};
      case SQLITE_READONLY:
        return {StoreError::Kind::broken, "the database " + file_ + " may only be read" + suffix};
      case SQLITE_IOERR:
        return {at_commit ? StoreError::Kind::unknown_outcome : StoreError::Kind::broken,
                (is_full ? disk_is_full() : "the disk failed to read or write " + file_) + suffix};
      case SQLITE_CANTOPEN:
        return {StoreError::Kind::broken, "the database file " + file_ + " can't be opened" + suffix};
      case SQLITE_CORRUPT:
      case SQLITE_NOTADB:
        return {StoreError::Kind::broken, "the database file " + file_ + " is damaged or of another kind" + suffix};
      default:
        return {StoreError::Kind::broken, "the database refused a statement" + suffix};
    }
  }

 private:
  /// SQLite's files grow by such pieces; with less it fails here and there, and does not always say why.
  static constexpr std::uintmax_t room_min = std::uintmax_t{128} * 1024;

  std::string folder() const { return std::filesystem::absolute(file_).parent_path().string(); }
  std::string disk_is_full() const { return "the disk is full: " + folder(); }
  bool has_no_room() const {
    std::error_code error;
    const auto space = std::filesystem::space(folder(), error);
    return !error && space.available < room_min;
  }

  static void require(soci::session& session, const std::string& pragma, int value, const std::string& what) {
    long long found = -1;
    session << pragma, soci::into(found);
    if (found != value) throw std::runtime_error("the database does not give " + what);
  }

  std::string file_;
};

}  // namespace

std::unique_ptr<Dialect> make_sqlite_dialect(const SqliteAddress& address) {
  return std::make_unique<SqliteDialect>(address.file);
}

}  // namespace xueji::sql
