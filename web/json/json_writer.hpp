// JSON text, written straight into one string: answers are rendered at the rate of commits, so no tree is built first.
#pragma once
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/id.hpp"
#include "engine/base/time.hpp"

namespace xueji::web {

/// The caller opens and closes objects and arrays in pairs and gives every member a key; texts must be UTF-8.
class JsonWriter {
 public:
  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);

  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(const std::string& text) { return value(std::string_view(text)); }
  JsonWriter& value(bool truth);
  template <std::integral Number>
    requires(!std::same_as<Number, bool>)
  JsonWriter& value(Number number) {
    return integer(static_cast<std::int64_t>(number));
  }
  JsonWriter& value(Instant instant) { return value(to_rfc3339(instant)); }
  JsonWriter& value(Date date) { return value(xueji::to_string(date)); }
  template <class Tag>
  JsonWriter& value(Id<Tag> id) {
    return value(to_string(id));
  }
  template <class Value>
  JsonWriter& value(const std::optional<Value>& maybe) {
    return maybe ? value(*maybe) : null();
  }
  JsonWriter& null();
  /// Text that is JSON already.
  JsonWriter& raw(std::string_view json);

  template <class Value>
  JsonWriter& member(std::string_view name, const Value& content) {
    return key(name).value(content);
  }
  /// `null` for an empty text.
  JsonWriter& member_or_null(std::string_view name, std::string_view text) {
    return text.empty() ? key(name).null() : key(name).value(text);
  }

  std::string take() { return std::move(text_); }

 private:
  void separate();
  JsonWriter& integer(std::int64_t number);
  void quote(std::string_view text);

  std::string text_;
  bool comma_ = false;
};

}  // namespace xueji::web
