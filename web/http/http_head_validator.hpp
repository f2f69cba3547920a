// The strict reading of a request's head, byte by byte, before anything else interprets it: what two HTTP programs
// could understand differently is refused, so that no request hides in another.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "web/http/http.hpp"

namespace xueji::web {

/// Why a head is refused: for the problem's detail. Never holds what the client sent.
struct HeadFault {
  std::string_view zh;
  std::string_view en;
  bool operator==(const HeadFault&) const = default;
};

/// Views point into the head that was validated.
struct RequestHead {
  std::string_view method;  ///< any token
  std::string_view target;  ///< origin form, visible ASCII, no fragment
  bool http_1_0 = false;
  std::vector<std::pair<std::string_view, std::string_view>> fields;  ///< as sent, values trimmed
  std::optional<std::uint64_t> content_length;
  bool chunked = false;
  bool keep_alive = false;
  bool expects_continue = false;
  std::optional<std::string_view> find(std::string_view name) const;
};

/// Where the head at the start of `received` ends: its length with the empty line; nothing while it is incomplete; a
/// fault as soon as a bare CR, a bare LF, a NUL or a leading empty line shows that it can't become valid. Bytes before
/// `seen` were looked at by an earlier call.
std::variant<std::monostate, std::size_t, HeadFault> find_head_end(std::string_view received, std::size_t seen);

/// `head` ends with the empty line.
std::variant<RequestHead, HeadFault> validate_head(std::string_view head);

/// True when the comma-separated list holds the token, without case.
bool list_contains(std::string_view list, std::string_view token);

}  // namespace xueji::web
