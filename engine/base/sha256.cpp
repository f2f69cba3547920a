#include "engine/base/sha256.hpp"

#include <sodium.h>

#include <array>

namespace xueji {

struct Sha256::State {
  crypto_hash_sha256_state hash;
};

Sha256::Sha256() : state_(std::make_unique<State>()) { crypto_hash_sha256_init(&state_->hash); }

Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
  crypto_hash_sha256_update(&state_->hash, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

std::string Sha256::finish() {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest;
  crypto_hash_sha256_final(&state_->hash, digest.data());
  static constexpr char hex[] = "0123456789abcdef";
  std::string result;
  result.reserve(2 * digest.size());
  for (const unsigned char byte : digest) {
    result += hex[byte >> 4];
    result += hex[byte & 0xF];
  }
  return result;
}

std::string sha256_hex(std::string_view bytes) {
  Sha256 hash;
  hash.add(bytes);
  return hash.finish();
}

}  // namespace xueji
