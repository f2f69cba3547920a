// Many rows of one statement that changes rows, run together: in MariaDB one message for all of them, in SQLite one
// execution after another, since there a statement costs no message.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "adapters/sql/session.hpp"

namespace xueji::sql {

class Bulk {
 public:
  /// Parameters as in Session::prepare(). The session must live as long as this.
  Bulk(Session& session, std::string_view sql) : session_(session), sql_(sql) {}

  /// One more row, in the order of the parameters: integers, ids, instants, texts, and optionals of these.
  template <class... Values>
  void add(const Values&... values) {
    width_ = sizeof...(values);
    (values_.push_back(value_of(values)), ...);
  }
  bool empty() const { return values_.empty(); }
  std::size_t rows() const { return width_ == 0 ? 0 : values_.size() / width_; }

  /// Runs the rows in their order and forgets them; how many rows of the table they matched. Throws StoreError.
  long long run();

 private:
  static Value value_of(std::integral auto value) { return static_cast<long long>(value); }
  template <class Tag>
  static Value value_of(Id<Tag> id) {
    return static_cast<long long>(id.value);
  }
  static Value value_of(Instant instant) { return micros(instant); }
  static Value value_of(std::string_view text) { return std::string(text); }
  template <class T>
  static Value value_of(const std::optional<T>& value) {
    return value ? value_of(*value) : Value{};
  }

  Session& session_;
  std::string sql_;
  std::size_t width_ = 0;
  std::vector<Value> values_;
};

}  // namespace xueji::sql
