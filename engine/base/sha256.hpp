#pragma once
#include <string>
#include <string_view>

namespace xueji {

/// SHA-256 of the bytes, lower-case hex.
std::string sha256_hex(std::string_view bytes);

}  // namespace xueji
