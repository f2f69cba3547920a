#include "adapters/sql/table_reader.hpp"

#include "engine/base/sha256.hpp"

namespace xueji::sql {
namespace {

constexpr std::size_t digest_page_rows = 2000;

/// The rows after a key: `a >= ? AND (a > ? OR b > ?)`, which lets both systems begin in the index.
std::string condition_after(const Table& table) {
  const auto& first = table.columns[table.key.front()];
  const auto parameter = [](const Column& column) { return std::string("?") + column.kind; };
  if (table.key.size() == 1) return first.name + " > " + parameter(first);
  const auto& second = table.columns[table.key[1]];
  return first.name + " >= " + parameter(first) + " AND (" + first.name + " > " + parameter(first) + " OR " +
         second.name + " > " + parameter(second) + ")";
}

std::string order_of(const Table& table) {
  std::string order;
  for (const auto column : table.key) order += (order.empty() ? "" : ", ") + table.columns[column].name;
  return order;
}

Value value_of(const Statement& row, std::size_t at, char kind) {
  if (row.null(at)) return {};
  if (kind == 'i') return row.integer(at);
  return row.text(at);
}

/// `-` for nothing, `i` and the number, `t` with the length in bytes, `:` and the text; each ends with a line feed.
void write_canonically(const Row& row, std::string& text) {
  for (const auto& value : row) {
    if (const auto* number = std::get_if<long long>(&value))
      text += 'i' + std::to_string(*number);
    else if (const auto* words = std::get_if<std::string>(&value))
      text += 't' + std::to_string(words->size()) + ':' + *words;
    else
      text += '-';
    text += '\n';
  }
}

}  // namespace

TableReader::TableReader(Session& session, const Table& table, std::size_t page_rows)
    : session_(session), table_(table), page_rows_(page_rows) {
  if (table.key.size() > 2) throw std::logic_error("a primary key of more than two columns");
}

std::vector<Row> TableReader::next() {
  std::string sql = "SELECT " + table_.column_list() + " FROM " + table_.name;
  std::vector<Value> values;
  if (!after_.empty()) {
    sql += " WHERE " + condition_after(table_);
    values = after_;
    if (values.size() == 2) values.insert(values.begin(), after_.front());
  }
  values.emplace_back(static_cast<long long>(page_rows_));
  auto& found = session_.prepare(sql + " ORDER BY " + order_of(table_) + " LIMIT ?i", table_.kinds());
  std::vector<Row> rows;
  rows.reserve(page_rows_);
  found.bind_all(values).each([&] {
    auto& row = rows.emplace_back();
    row.reserve(table_.columns.size());
    for (std::size_t at = 0; at < table_.columns.size(); ++at)
      row.push_back(value_of(found, at, table_.columns[at].kind));
  });
  if (!rows.empty()) {
    after_.clear();
    for (const auto column : table_.key) after_.push_back(rows.back()[column]);
  }
  return rows;
}

TableDigest digest_of(Session& session, const Table& table, const std::function<void(std::int64_t rows)>& progress) {
  TableReader reader(session, table, digest_page_rows);
  TableDigest digest;
  Sha256 hash;
  std::string text;
  for (auto rows = reader.next(); !rows.empty(); rows = reader.next()) {
    text.clear();
    for (const auto& row : rows) write_canonically(row, text);
    hash.add(text);
    digest.rows += static_cast<std::int64_t>(rows.size());
    progress(static_cast<std::int64_t>(rows.size()));
  }
  digest.sha256 = hash.finish();
  return digest;
}

}  // namespace xueji::sql
