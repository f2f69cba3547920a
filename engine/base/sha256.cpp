#include "engine/base/sha256.hpp"

#include <sodium.h>

#include <array>

namespace xueji {

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest;
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  static constexpr char hex[] = "0123456789abcdef";
  std::string result;
  result.reserve(2 * digest.size());
  for (const unsigned char byte : digest) {
    result += hex[byte >> 4];
    result += hex[byte & 0xF];
  }
  return result;
}

}  // namespace xueji
