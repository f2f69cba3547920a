// Small helpers for the JSON that rows hold. Written and read only by this room; docs/formats/schema.md describes it.
#pragma once
#include <boost/json.hpp>

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "engine/machine/request.hpp"
#include "engine/ports/store.hpp"

namespace xueji::sql {

namespace json = boost::json;

inline StoreError unreadable_row(const char* what) {
  return {StoreError::Kind::broken, std::string("a row can't be read: ") + what};
}

/// The enumerator that a column or member holds.
template <class Enum>
Enum word(std::optional<Enum> parsed, const char* what) {
  if (!parsed) throw unreadable_row(what);
  return *parsed;
}

inline std::string text_of(const json::value& value) {
  const auto& text = value.as_string();
  return {text.data(), text.size()};
}
inline json::string_view view(std::string_view text) { return {text.data(), text.size()}; }

inline json::value to_json(const Holder& holder, const json::storage_ptr& memory) {
  return json::array({holder.office.value, view(to_string(holder.role))}, memory);
}
inline Holder holder_from(const json::value& value) {
  const auto& pair = value.as_array();
  return {OfficeId{pair.at(0).as_int64()}, word(parse_role(text_of(pair.at(1))), "a role")};
}

inline json::value to_json(const std::optional<Instant>& instant) {
  return instant ? json::value(instant->time_since_epoch().count()) : json::value(nullptr);
}
inline Instant instant_from(const json::value& value) { return Instant{std::chrono::microseconds{value.as_int64()}}; }
inline std::optional<Instant> optional_instant_from(const json::value& value) {
  return value.is_null() ? std::nullopt : std::optional{instant_from(value)};
}

/// Parses what this room wrote; anything else is a damaged row.
template <class Read>
auto reading(std::string_view text, const char* what, Read&& read) {
  try {
    json::monotonic_resource memory;
    return read(json::parse(view(text), &memory));
  } catch (const StoreError&) {
    throw;
  } catch (const std::exception&) {
    throw unreadable_row(what);
  }
}

}  // namespace xueji::sql
