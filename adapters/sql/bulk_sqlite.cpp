#include "adapters/sql/bulk_sqlite.hpp"

#include <soci/sqlite3/soci-sqlite3.h>
#include <sqlite3.h>

#include <stdexcept>
#include <type_traits>

namespace xueji::sql {
namespace {

/// By these names wherever the library's header has put its own: its functions are found by their arguments.
using Handle = decltype(soci::sqlite3_session_backend::conn_);
using Prepared = decltype(soci::sqlite3_statement_backend::stmt_);

struct Finalize {
  void operator()(Prepared prepared) const { sqlite3_finalize(prepared); }
};

class SqliteBulk final : public BulkStatement {
 public:
  SqliteBulk(Handle connection, std::string_view sql) : connection_(connection) {
    std::string text;
    for (std::size_t at = 0; at < sql.size(); ++at) {
      text += sql[at];
      if (sql[at] == '?') kinds_ += sql[++at];
    }
    Prepared prepared = nullptr;
    check(sqlite3_prepare_v3(connection, text.data(), static_cast<int>(text.size()), SQLITE_PREPARE_PERSISTENT,
                             &prepared, nullptr));
    statement_.reset(prepared);
  }

  long long run(std::span<const Value> values) override {
    if (values.size() % kinds_.size() != 0)
      throw std::logic_error("a bulk statement got another number of values than it has parameters");
    long long matched = 0;
    for (; !values.empty(); values = values.subspan(kinds_.size())) {
      for (std::size_t at = 0; at < kinds_.size(); ++at) check(bind(at, values[at]));
      const int stepped = sqlite3_step(statement_.get());
      sqlite3_reset(statement_.get());
      if (stepped != SQLITE_DONE) check(stepped);
      matched += sqlite3_changes(connection_);
    }
    sqlite3_clear_bindings(statement_.get());
    return matched;
  }

 private:
  /// Texts stay where they are until the row has been written.
  int bind(std::size_t at, const Value& value) {
    const int position = static_cast<int>(at) + 1;
    const auto* text = std::get_if<std::string>(&value);
    const auto* integer = std::get_if<long long>(&value);
    if ((text && kinds_[at] != 't') || (integer && kinds_[at] != 'i'))
      throw std::logic_error("a value of another kind than its parameter");
    if (text)
      return sqlite3_bind_text(statement_.get(), position, text->data(), static_cast<int>(text->size()), SQLITE_STATIC);
    return integer ? sqlite3_bind_int64(statement_.get(), position, *integer)
                   : sqlite3_bind_null(statement_.get(), position);
  }

  void check(int result) const {
    if (result != SQLITE_OK) throw soci::sqlite3_soci_error(sqlite3_errmsg(connection_), result);
  }

  Handle connection_;
  std::unique_ptr<std::remove_pointer_t<Prepared>, Finalize> statement_;
  std::string kinds_;
};

}  // namespace

std::unique_ptr<BulkStatement> prepare_sqlite_bulk(soci::session& session, std::string_view sql) {
  auto* backend = static_cast<soci::sqlite3_session_backend*>(session.get_backend());
  return std::make_unique<SqliteBulk>(backend->conn_, sql);
}

}  // namespace xueji::sql
