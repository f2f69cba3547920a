// A SELECT put together from conditions. Values are always bound; only text of this program enters the SQL.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "adapters/sql/rows.hpp"

namespace xueji::sql {

class Question {
 public:
  explicit Question(std::string sql) : sql_(std::move(sql)) {}

  Question& add(std::string_view sql) {
    sql_ += sql;
    return *this;
  }
  /// Another question within this one, with its values.
  Question& add(const Question& inner) {
    sql_ += inner.sql_;
    values_.insert(values_.end(), inner.values_.begin(), inner.values_.end());
    return *this;
  }
  /// The first condition begins with WHERE, later ones with AND.
  template <class... Values>
  Question& where(std::string_view condition, const Values&... values) {
    sql_ += conditions_++ == 0 ? " WHERE " : " AND ";
    sql_ += condition;
    (value(values), ...);
    return *this;
  }
  Question& where_key_after(std::string_view column, bool descending, const Value& after) {
    return where_value(std::string(column) + (descending ? " < " : " > "), after);
  }
  Question& value(long long number) {
    values_.emplace_back(number);
    return *this;
  }
  Question& value(std::size_t number) { return value(static_cast<long long>(number)); }
  template <class Tag>
  Question& value(Id<Tag> id) {
    return value(static_cast<long long>(id.value));
  }
  Question& value(Instant instant) { return value(micros(instant)); }
  Question& value(std::string_view text) {
    values_.emplace_back(std::string(text));
    return *this;
  }
  Question& value(const Value& any) {
    values_.push_back(any);
    return *this;
  }
  /// What its conditions say, in parentheses, for another question; it must have nothing else.
  Question as_condition() const {
    Question condition(*this);
    condition.sql_ = '(' + sql_.substr(std::string_view(" WHERE ").size()) + ')';
    return condition;
  }
  /// A padded list of offices: `(?i,?i,…)`.
  Question& offices(const std::vector<OfficeId>& offices);

  Statement& prepare(Session& session, std::string_view kinds) const {
    return session.prepare(sql_, kinds).bind_all(values_);
  }
  /// The same question within others: `before` it, then `after` it.
  Question& wrap(std::string_view before, std::string_view after) {
    sql_ = std::string(before) + sql_ + std::string(after);
    return *this;
  }

 private:
  Question& where_value(const std::string& comparison, const Value& after) {
    sql_ += conditions_++ == 0 ? " WHERE " : " AND ";
    sql_ += comparison + (std::holds_alternative<long long>(after) ? "?i" : "?t");
    values_.push_back(after);
    return *this;
  }

  std::string sql_;
  std::vector<Value> values_;
  int conditions_ = 0;
};

/// How many rows the question has, never more than `limit` and never looking for more.
std::size_t count_up_to(Session& session, Question question, std::size_t limit);

/// How a list is cut to a jurisdiction. Few schools: start from their rows. Many: go through the list's own order and
/// look each row's school up, since a large part of the rows will do.
enum class ScopeWay { nothing, from_schools, row_by_row };
inline constexpr std::size_t few_schools = 64;
ScopeWay scope_way(Session& session, const Scope& scope, std::size_t few = few_schools);
/// The requests of which an office of the scope is a place, or stands above one: adds the condition on `column`, a
/// request's id. `from_schools` starts from the places.
void where_request_in_scope(Question& question, const std::string& column, const Scope& scope, ScopeWay way);
/// How much of the requests of a scope is asked for: those seen whole alone; also those of which a part is seen; of
/// these only where the student is called as then, or what notification `n` tells had happened by then.
enum class Parts { left_out, taken_in, called_as_then, told_by_then };
/// `left_out` where there are none.
Parts parts_within(Session& session, const Scope& scope, ScopeWay way, Parts wanted);
/// As where_request_in_scope(), with those seen in part.
void where_request_in_sight(Question& question, const std::string& column, const Scope& scope, ScopeWay way,
                            Parts parts);
/// Adds the condition on `column`, a school.
void where_in_scope(Question& question, const std::string& column, const Scope& scope, ScopeWay way);

}  // namespace xueji::sql
