// SHA-1, for the one-time codes of RFC 6238 alone: whatever is to last is hashed by sha256.hpp.
#pragma once
#include <string>
#include <string_view>

namespace xueji {

/// 20 bytes.
std::string sha1(std::string_view bytes);
/// HMAC of RFC 2104 with it; 20 bytes.
std::string hmac_sha1(std::string_view key, std::string_view bytes);

}  // namespace xueji
