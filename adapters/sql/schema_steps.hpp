// The schema, as numbered steps that are never changed once released. docs/decisions/0014 says how to write one.
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace xueji::sql {

class Session;

struct Slice {
  std::string cursor;     ///< where the next slice begins
  std::int64_t rows = 0;  ///< gone through
  bool is_last = false;
};

/// Code that goes over many rows, a slice in each transaction. What a slice did and its cursor are committed together,
/// so that work that broke off goes on behind the last whole slice.
struct SlicedWork {
  std::string_view identity;                    ///< of the code, for the step's checksum: what it does, in words
  std::function<std::int64_t(Session&)> count;  ///< how many rows there are, for people
  /// The first cursor is empty. Makes no change to tables themselves: that is what statements are for.
  std::function<Slice(Session&, const std::string& cursor)> next;
};

/// A table of SQLite made anew under its name, where ALTER TABLE can't change it: foreign keys are off meanwhile and
/// checked before the commit. Its indexes go with the old table and are made again by the statements that follow.
/// MariaDB passes over it: there a statement with {mariadb} says the same by ALTER TABLE.
struct Rebuild {
  std::string_view table;
  std::string_view create;   ///< `CREATE TABLE table (…)`, as it shall be
  std::string_view columns;  ///< of the new table, those that are filled
  std::string_view values;   ///< for each an expression over the old table
};

/// One of the three. A statement is one: the library runs only the first of a script. With `{sqlite} ` or `{mariadb} `
/// in front it is for that system alone.
struct StepPart {
  StepPart(const char* text) : statement(text) {}
  StepPart(std::string_view text) : statement(text) {}
  StepPart(SlicedWork sliced) : work(std::move(sliced)) {}
  StepPart(const Rebuild& table) : rebuild(table) {}
  bool is_sliced() const { return work.next != nullptr; }
  bool is_rebuild() const { return !rebuild.table.empty(); }
  std::string_view statement;
  SlicedWork work{};
  Rebuild rebuild{};
};

struct SchemaStep {
  int version;
  std::string_view name;
  std::vector<StepPart> parts;  ///< one after another
};

/// Lent posts that don't say yet which post they were lent from: the lender's own of that office and role, -1 for none.
inline constexpr std::string_view loans_find_their_source =
    "UPDATE post SET source_id = COALESCE((SELECT MIN(own.id) FROM (SELECT id, account_id, office_id, role FROM post "
    "WHERE delegated_from = 0) own WHERE own.account_id = post.delegated_from AND own.office_id = post.office_id AND "
    "own.role = post.role), -1) WHERE delegated_from <> 0 AND source_id = 0";

/// All that this program knows, numbered from 1 without a gap.
std::span<const SchemaStep> schema_steps();
/// `0001 offices and accounts`.
std::string title(const SchemaStep& step);
/// SHA-256 hex over the parts as written, before the dialect's words are filled in.
std::string checksum(const SchemaStep& step);

}  // namespace xueji::sql
