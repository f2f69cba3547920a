// Passwords: Argon2id by libsodium, a bounded number at once.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace xueji {

/// What one hash costs. The hash's text carries its own cost, so that a later change leaves the older ones valid.
struct PasswordCost {
  unsigned long long operations = 2;
  std::size_t memory_bytes = std::size_t{64} * 1024 * 1024;
  /// For demo data and tests, where nothing is protected.
  static PasswordCost cheap() { return {1, std::size_t{1024} * 1024}; }
};

/// Hashes and verifications under way at once; more wait.
inline constexpr int passwords_at_once = 4;

/// Text of crypto_pwhash_str. Blocks for as long as the cost says. Throws std::runtime_error when there is no memory.
std::string hash_password(std::string_view password, PasswordCost cost = {});
/// Blocks likewise, for right and wrong passwords alike. False for anything that is not such a text.
bool verify_password(std::string_view password, const std::string& hash);

}  // namespace xueji
