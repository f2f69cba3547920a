#include "adapters/sql/bulk_mysql.hpp"

#include <mysql.h>
#include <soci/mysql/soci-mysql.h>

#include <algorithm>
#include <stdexcept>

#include "adapters/sql/mysql_errors.hpp"

namespace xueji::sql {
namespace {

constexpr std::size_t rows_max = 1000;
constexpr std::size_t bytes_max = 4u << 20;

class MysqlBulk final : public BulkStatement {
 public:
  MysqlBulk(MYSQL* connection, std::string_view sql) : statement_(mysql_stmt_init(connection), &mysql_stmt_close) {
    if (!statement_) throw std::bad_alloc();
    std::string text;
    for (std::size_t at = 0; at < sql.size(); ++at) {
      text += sql[at];
      if (sql[at] == '?') columns_.emplace_back().kind = sql[++at];
    }
    check(mysql_stmt_prepare(statement_.get(), text.data(), text.size()) == 0);
  }

  long long run(std::span<const Value> values) override {
    if (values.size() % columns_.size() != 0)
      throw std::logic_error("a bulk statement got another number of values than it has parameters");
    long long matched = 0;
    while (!values.empty()) {
      const auto taken = fill(values);
      matched += execute(static_cast<unsigned>(taken / columns_.size()));
      values = values.subspan(taken);
    }
    return matched;
  }

 private:
  struct Column {
    char kind = 'i';
    std::vector<long long> integers;
    std::vector<char*> texts;
    std::vector<unsigned long> lengths;
    std::vector<char> indicators;
  };

  /// Takes as many rows as one message may hold; how many values that are. They stay where they are.
  std::size_t fill(std::span<const Value> values) {
    for (auto& column : columns_) {
      column.integers.clear();
      column.texts.clear();
      column.lengths.clear();
      column.indicators.clear();
    }
    std::size_t bytes = 0, at = 0;
    for (std::size_t row = 0; row < rows_max && at < values.size() && bytes < bytes_max; ++row)
      for (auto& column : columns_) bytes += append(column, values[at++]);
    return at;
  }

  static std::size_t append(Column& column, const Value& value) {
    constexpr std::size_t integer_size = 9;
    const auto* text = std::get_if<std::string>(&value);
    const auto* integer = std::get_if<long long>(&value);
    if ((text && column.kind != 't') || (integer && column.kind != 'i'))
      throw std::logic_error("a value of another kind than its parameter");
    column.indicators.push_back(text || integer ? STMT_INDICATOR_NONE : STMT_INDICATOR_NULL);
    if (column.kind == 'i') {
      column.integers.push_back(integer ? *integer : 0);
      return integer_size;
    }
    // The library only reads what it is told to send.
    column.texts.push_back(text ? const_cast<char*>(text->data()) : nullptr);
    column.lengths.push_back(text ? text->size() : 0);
    return integer_size + column.lengths.back();
  }

  long long execute(unsigned rows) {
    std::vector<MYSQL_BIND> binds(columns_.size());
    for (std::size_t at = 0; at < columns_.size(); ++at) {
      auto& column = columns_[at];
      auto& bind = binds[at];
      bind.u.indicator = column.indicators.data();
      if (column.kind == 'i') {
        bind.buffer_type = MYSQL_TYPE_LONGLONG;
        bind.buffer = column.integers.data();
      } else {
        bind.buffer_type = MYSQL_TYPE_STRING;
        bind.buffer = static_cast<void*>(column.texts.data());
        bind.length = column.lengths.data();
      }
    }
    check(mysql_stmt_attr_set(statement_.get(), STMT_ATTR_ARRAY_SIZE, &rows) == 0);
    check(mysql_stmt_bind_param(statement_.get(), binds.data()) == 0);
    check(mysql_stmt_execute(statement_.get()) == 0);
    return static_cast<long long>(mysql_stmt_affected_rows(statement_.get()));
  }

  void check(bool well) const {
    if (!well) throw mysql_error(mysql_stmt_errno(statement_.get()), false);
  }

  std::unique_ptr<MYSQL_STMT, decltype(&mysql_stmt_close)> statement_;
  std::vector<Column> columns_;
};

}  // namespace

std::unique_ptr<BulkStatement> prepare_mysql_bulk(soci::session& session, std::string_view sql) {
  auto* backend = static_cast<soci::mysql_session_backend*>(session.get_backend());
  return std::make_unique<MysqlBulk>(backend->conn_, sql);
}

}  // namespace xueji::sql
