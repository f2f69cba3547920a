#include "adapters/identity/password.hpp"

#include <sodium.h>

#include <array>
#include <semaphore>
#include <stdexcept>

namespace xueji {
namespace {

std::counting_semaphore<passwords_at_once>& turns() {
  static std::counting_semaphore<passwords_at_once> semaphore{passwords_at_once};
  return semaphore;
}

struct Turn {
  Turn() { turns().acquire(); }
  ~Turn() { turns().release(); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
};

void start_sodium() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium can't be initialised");
}

}  // namespace

std::string hash_password(std::string_view password, PasswordCost cost) {
  start_sodium();
  const Turn turn;
  std::array<char, crypto_pwhash_STRBYTES> text{};
  if (crypto_pwhash_str_alg(text.data(), password.data(), password.size(), cost.operations, cost.memory_bytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0)
    throw std::runtime_error("no memory for hashing a password");
  return text.data();
}

bool verify_password(std::string_view password, const std::string& hash) {
  start_sodium();
  if (hash.size() >= crypto_pwhash_STRBYTES) return false;
  const Turn turn;
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

}  // namespace xueji
