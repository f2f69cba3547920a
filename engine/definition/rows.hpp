// The rows of a field of type `rows` as one text: what a request stores, hashes and compares for such a field.
//
// Each row is U+001E and then, by key, U+001F, the key, U+001F and the value; blank values are left out. No other value
// can hold these two: bodies with control characters are refused.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "engine/definition/guard.hpp"

namespace xueji {

/// Nothing in no rows. A row may be empty.
std::string text_of_rows(const GuardRows& rows);

/// Whether the text is one of rows, however they are written.
bool holds_rows(std::string_view text);

/// Nothing for a text that text_of_rows() did not write; none for an empty one.
std::optional<GuardRows> rows_of(std::string_view text);

}  // namespace xueji
