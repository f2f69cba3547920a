#include "adapters/identity/argon2_identity.hpp"

#include "adapters/identity/token.hpp"

namespace xueji {

std::string Argon2Identity::hash_password(std::string_view password) { return xueji::hash_password(password, cost_); }

bool Argon2Identity::verify_password(std::string_view password, const std::string& hash) {
  return xueji::verify_password(password, hash);
}

std::string Argon2Identity::new_token() { return xueji::new_token(); }

}  // namespace xueji
