// New tokens of sessions, by libsodium's generator.
#pragma once
#include <string>

namespace xueji {

/// 32 random bytes as base64url without padding: 43 characters.
std::string new_token();

}  // namespace xueji
