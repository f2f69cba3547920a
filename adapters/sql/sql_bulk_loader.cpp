#include "adapters/sql/sql_bulk_loader.hpp"

#include <algorithm>

#include "adapters/sql/insert_rows.hpp"
#include "adapters/sql/rows.hpp"

namespace xueji::sql {
namespace {

template <class Row>
Row with_id(Row row, long long& next) {
  if (!row.id) row.id.value = next;
  next = std::max(next, static_cast<long long>(row.id.value) + 1);
  return row;
}

}  // namespace

SqlBulkLoader::SqlBulkLoader(Connections& connections)
    : writing_(connections),
      office_(next_id(*writing_, "SELECT MAX(id) FROM office")),
      account_(next_id(*writing_, "SELECT MAX(id) FROM account")),
      post_(next_id(*writing_, "SELECT MAX(id) FROM post")),
      student_(next_id(*writing_, "SELECT MAX(id) FROM student")) {}

OfficeId SqlBulkLoader::add(const Office& office) {
  const auto row = with_id(office, office_);
  insert_office(*writing_, row);
  return row.id;
}

AccountId SqlBulkLoader::add(const Account& account) {
  const auto row = with_id(account, account_);
  insert_account(*writing_, row);
  return row.id;
}

PostId SqlBulkLoader::add(const Post& post) {
  const auto row = with_id(post, post_);
  insert_post(*writing_, row);
  return row.id;
}

StudentId SqlBulkLoader::add(const Student& student) {
  const auto row = with_id(student, student_);
  insert_student(*writing_, row);
  return row.id;
}

void SqlBulkLoader::commit() { writing_.commit(); }

}  // namespace xueji::sql
