// Identifiers: one type per kind of thing, so that a student's id can't be passed where a request's is wanted.
#pragma once
#include <charconv>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace xueji {

/// A positive 64-bit number in the store, its decimal text in the API. 0 means "none".
template <class Tag>
struct Id {
  std::int64_t value = 0;
  explicit constexpr operator bool() const noexcept { return value != 0; }
  constexpr auto operator<=>(const Id&) const =
      default;  // NOLINT(modernize-use-nullptr): a false alarm of clang-tidy 14
};

using AccountId = Id<struct AccountTag>;
using DefinitionId = Id<struct DefinitionTag>;
using HistoryId = Id<struct HistoryTag>;
using NotificationId = Id<struct NotificationTag>;
using OfficeId = Id<struct OfficeTag>;
using PostId = Id<struct PostTag>;
using RequestId = Id<struct RequestTag>;
using StudentId = Id<struct StudentTag>;
using TaskId = Id<struct TaskTag>;

template <class Tag>
std::string to_string(Id<Tag> id) {
  return std::to_string(id.value);
}

/// The id that `text` names; nothing for anything but the plain decimal of a positive 64-bit number.
template <class AnyId>
std::optional<AnyId> parse_id(std::string_view text) {
  AnyId id;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, id.value);
  if (error != std::errc{} || stop != end || id.value <= 0 || text.front() == '0') return std::nullopt;
  return id;
}

}  // namespace xueji

template <class Tag>
struct std::hash<xueji::Id<Tag>> {
  std::size_t operator()(xueji::Id<Tag> id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
