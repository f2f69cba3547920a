#include <fmt/format.h>

#include "adapters/sql/connections.hpp"
#include "adapters/sql/table_reader.hpp"
#include "tests/differential/store/comparison.hpp"

namespace xueji::differential {
namespace {

constexpr std::size_t page_rows = 2000;

std::string text_of_value(const sql::Value& value) {
  if (const auto* number = std::get_if<long long>(&value)) return std::to_string(*number);
  if (const auto* text = std::get_if<std::string>(&value)) return '"' + *text + '"';
  return "NULL";
}

std::string key_of(const sql::Table& table, const sql::Row& row) {
  std::string text;
  for (const auto column : table.key) text += ' ' + text_of_value(row[column]);
  return text;
}

class TableComparison {
 public:
  TableComparison(sql::Session& left, sql::Session& right, const sql::Table& table, Differences& differences)
      : left_(left, table, page_rows), right_(right, table, page_rows), table_(table), differences_(differences) {}

  std::size_t run() {
    for (;;) {
      const auto left = left_.next(), right = right_.next();
      for (std::size_t at = 0; at < std::min(left.size(), right.size()); ++at)
        if (!compare(left[at], right[at])) return rows_;
      if (left.size() != right.size())
        differences_.add(fmt::format("rows of {} after {}", table_.name, rows_), std::to_string(left.size()),
                         std::to_string(right.size()));
      if (left.size() != right.size() || left.empty()) return rows_;
    }
  }

 private:
  /// False where the keys differ: what follows can't be set against each other.
  bool compare(const sql::Row& left, const sql::Row& right) {
    ++rows_;
    const auto key = key_of(table_, left);
    for (std::size_t column = 0; column < left.size(); ++column)
      if (left[column] != right[column])
        differences_.add(fmt::format("{}.{} of{}", table_.name, table_.columns[column].name, key),
                         text_of_value(left[column]), text_of_value(right[column]));
    return key == key_of(table_, right);
  }

  sql::TableReader left_, right_;
  const sql::Table& table_;
  Differences& differences_;
  std::size_t rows_ = 0;
};

}  // namespace

std::size_t compare_tables(const Location& left, const Location& right, Differences& differences) {
  sql::Connections left_connections(left.url, left.options), right_connections(right.url, right.options);
  const sql::Connections::Reading left_session(left_connections), right_session(right_connections);
  std::size_t rows = 0;
  for (const auto& table : sql::tables_made_by(sql::schema_steps()))
    rows += TableComparison(*left_session, *right_session, table, differences).run();
  return rows;
}

}  // namespace xueji::differential
