// One connection with its kept statements. Exceptions of the library end here: only StoreError leaves.
#pragma once
#include <soci/soci.h>

#include <chrono>
#include <concepts>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "adapters/sql/dialect.hpp"
#include "engine/base/id.hpp"
#include "engine/base/time.hpp"

namespace xueji::sql {

/// Instants as the store holds them: microseconds since 1970 in UTC.
inline long long micros(Instant instant) { return instant.time_since_epoch().count(); }
inline Instant instant_of(long long micros) { return Instant{std::chrono::microseconds{micros}}; }
/// Stands for "no such instant" in columns that an index orders.
inline constexpr long long never = 9223372036854775807LL;
inline long long micros_or_never(const std::optional<Instant>& instant) { return instant ? micros(*instant) : never; }
inline std::optional<Instant> instant_or_never(long long value) {
  return value == never ? std::nullopt : std::optional{instant_of(value)};
}

/// A statement prepared once. Parameters are written `?i` (integer) and `?t` (text) in the SQL; the columns' kinds are
/// given as a word like "iit". Every column and parameter may be null.
class Statement {
 public:
  Statement(soci::session& session, const Dialect& dialect, std::string_view sql, std::string_view columns);
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  template <class... Values>
  Statement& bind(const Values&... values) {
    check_count(sizeof...(values));
    std::size_t at = 0;
    (set(at++, values), ...);
    return *this;
  }
  Statement& bind_all(std::span<const Value> values);
  /// As bound last, for looking at plans.
  std::vector<Value> bound() const;
  std::size_t parameters() const { return parameters_.size(); }

  void set(std::size_t at, std::integral auto value) { set_integer(at, static_cast<long long>(value)); }
  template <class Tag>
  void set(std::size_t at, Id<Tag> id) {
    set_integer(at, id.value);
  }
  void set(std::size_t at, Instant instant) { set_integer(at, micros(instant)); }
  void set(std::size_t at, std::string_view text);
  void set(std::size_t at, std::nullopt_t) { slot(at).indicator = soci::i_null; }
  template <class T>
  void set(std::size_t at, const std::optional<T>& value) {
    if (value)
      set(at, *value);
    else
      set(at, std::nullopt);
  }

  /// Runs a statement that changes rows; how many it matched.
  long long run();
  /// Calls `row()` for each row; read the columns from this statement meanwhile.
  template <class Row>
  void each(Row&& row) {
    bool more = start();
    while (more) {
      try {
        row();
      } catch (...) {
        finish();
        throw;
      }
      more = next();
    }
  }
  /// For at most one row: true when there is one; its columns stay readable.
  bool one();

  bool null(std::size_t column) const { return columns_[column].indicator == soci::i_null; }
  long long integer(std::size_t column) const { return columns_[column].integer; }
  const std::string& text(std::size_t column) const { return columns_[column].text; }

 private:
  struct Slot {
    char kind = 'i';
    long long integer = 0;
    std::string text;
    soci::indicator indicator = soci::i_ok;
  };
  Slot& slot(std::size_t at) { return parameters_[at]; }
  void set_integer(std::size_t at, long long value);
  void check_count(std::size_t count) const;
  bool start();
  bool next();
  void finish();
  void clear_nulls();

  const Dialect& dialect_;
  std::deque<Slot> parameters_;
  std::deque<Slot> columns_;
  soci::statement statement_;
};

class Session {
 public:
  Session(const Dialect& dialect, SessionUse use, const DatabaseOptions& options);
  /// Kept for the next time the same text is asked for; valid as long as the session.
  Statement& prepare(std::string_view sql, std::string_view columns = {});
  /// A statement without parameters and rows.
  void execute(const std::string& sql, bool is_commit = false);
  /// Runs a statement that changes rows once for each `width` of the values; how many rows it matched in all.
  long long run_rows(const std::string& sql, std::size_t width, std::span<const Value> values);
  /// From now on reads are broken off `longest` from now (0: never), or once nobody waits for them. Throws StoreError.
  void limit_reads(std::chrono::seconds longest, std::shared_ptr<const std::atomic<bool>> given_up);
  void forget_limits() noexcept { guard_ = {}; }
  /// Throws StoreError where a commit would not be safe on the disk.
  void require_durability();
  bool has_table(std::string_view name);
  /// The name of a table that is not one of the system's own; nothing where there is none.
  std::optional<std::string> any_table();
  /// False once the server is gone or has dropped this session.
  bool is_alive();
  std::chrono::steady_clock::time_point opened_at() const { return opened_at_; }
  /// Forgets the kept statements when they have become too many; between two uses of the session only.
  void trim();
  struct Kept {
    std::string sql;
    std::vector<Value> values;  ///< as bound last; empty for a bulk statement
  };
  /// The kept statements, for looking at their plans.
  std::vector<Kept> kept() const;
  const Dialect& dialect() const { return dialect_; }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  const Dialect& dialect_;
  std::chrono::steady_clock::time_point opened_at_ = std::chrono::steady_clock::now();
  ReadGuard guard_;
  std::chrono::seconds told_server_{0};
  soci::session session_;
  std::unordered_map<std::string, std::unique_ptr<Statement>, Hash, std::equal_to<>> statements_;
  std::unordered_map<std::string, std::unique_ptr<BulkStatement>> bulks_;
};

}  // namespace xueji::sql
