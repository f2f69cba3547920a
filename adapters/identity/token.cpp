#include "adapters/identity/token.hpp"

#include <sodium.h>

#include <array>
#include <stdexcept>

namespace xueji {

std::string new_token() {
  constexpr std::size_t token_bytes = 32;
  if (sodium_init() < 0) throw std::runtime_error("libsodium can't be initialised");
  std::array<unsigned char, token_bytes> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::array<char, sodium_base64_ENCODED_LEN(token_bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING)> text{};
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return text.data();
}

}  // namespace xueji
