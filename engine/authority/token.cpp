#include "engine/authority/token.hpp"

#include <algorithm>

#include "engine/base/sha256.hpp"

namespace xueji {
namespace {

constexpr std::size_t token_characters = 43;

bool is_base64url(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

}  // namespace

bool is_token(std::string_view text) {
  return text.size() == token_characters && std::all_of(text.begin(), text.end(), is_base64url);
}

std::string token_hash(std::string_view token) { return is_token(token) ? sha256_hex(token) : std::string(); }

}  // namespace xueji
