#include "adapters/identity/token.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "engine/base/sha256.hpp"

namespace xueji {
namespace {

constexpr std::size_t token_bytes = 32;
constexpr std::size_t token_characters = 43;

bool is_base64url(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

}  // namespace

std::string new_token() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium can't be initialised");
  std::array<unsigned char, token_bytes> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::array<char, sodium_base64_ENCODED_LEN(token_bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING)> text{};
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return text.data();
}

bool is_token(std::string_view text) {
  return text.size() == token_characters && std::all_of(text.begin(), text.end(), is_base64url);
}

std::string token_hash(std::string_view token) { return is_token(token) ? sha256_hex(token) : std::string(); }

}  // namespace xueji
