// The strict reading of JSON that a client sent.
#pragma once
#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/text.hpp"

namespace xueji::web {

inline constexpr std::size_t json_depth_max = 32;

/// One whole JSON text: well-formed UTF-8, at most json_depth_max levels, and no object with the same key twice
/// (parsers differ in which one they keep). Otherwise the sentence says what is wrong; it never repeats what was sent.
std::variant<boost::json::value, Text> read_json(std::string_view text);

/// A key as a part of a JSON Pointer (RFC 6901); control characters are left out.
std::string pointer_token(std::string_view key);

/// JSON Pointers of texts and keys with control characters other than tab and line feed.
std::vector<std::string> unclean_texts(const boost::json::value& value);

}  // namespace xueji::web
