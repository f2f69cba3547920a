// Session tokens: unguessable texts, of which only a hash is ever stored.
#pragma once
#include <string>
#include <string_view>

namespace xueji {

/// SHA-256 hex: the name of the session in the store. Empty for what can't be a token, so that no stranger's header is
/// ever looked up.
std::string token_hash(std::string_view token);
/// 32 bytes as base64url without padding: 43 characters.
bool is_token(std::string_view text);

}  // namespace xueji
