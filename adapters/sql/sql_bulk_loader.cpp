#include "adapters/sql/sql_bulk_loader.hpp"

#include <algorithm>

#include "adapters/sql/rows.hpp"
#include "adapters/sql/twin_rows.hpp"

namespace xueji::sql {
namespace {

constexpr std::size_t rows_at_once = 2000;

template <class Row>
Row with_id(Row row, long long& next) {
  if (!row.id) row.id.value = next;
  next = std::max(next, static_cast<long long>(row.id.value) + 1);
  return row;
}

}  // namespace

SqlBulkLoader::SqlBulkLoader(Connections& connections)
    : writing_(connections),
      rows_(*writing_),
      office_(next_id(*writing_, "SELECT MAX(id) FROM office")),
      account_(next_id(*writing_, "SELECT MAX(id) FROM account")),
      post_(next_id(*writing_, "SELECT MAX(id) FROM post")),
      student_(next_id(*writing_, "SELECT MAX(id) FROM student")) {}

template <class Row>
auto SqlBulkLoader::add_row(const Row& row, long long& next) {
  const auto added = with_id(row, next);
  rows_.add(added);
  if (rows_.rows() >= rows_at_once) rows_.run();
  return added.id;
}

OfficeId SqlBulkLoader::add(const Office& office) { return add_row(office, office_); }

void SqlBulkLoader::amend(const Office& office) {
  rows_.amend(office);
  if (rows_.rows() >= rows_at_once) rows_.run();
}

AccountId SqlBulkLoader::add(const Account& account) { return add_row(account, account_); }
PostId SqlBulkLoader::add(const Post& post) { return add_row(post, post_); }

StudentId SqlBulkLoader::add(const Student& student) {
  const StudentId id = add_row(student, student_);
  first_added_ = first_added_ ? std::min(first_added_, id) : id;
  last_added_ = std::max(last_added_, id);
  return id;
}

void SqlBulkLoader::commit() {
  rows_.run();
  if (first_added_) mark_twins_among(*writing_, first_added_, last_added_);
  writing_.commit();
}

}  // namespace xueji::sql
