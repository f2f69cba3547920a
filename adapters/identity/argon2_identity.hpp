#pragma once
#include "adapters/identity/password.hpp"
#include "engine/ports/identity.hpp"

namespace xueji {

/// New hashes cost that; older ones stay valid.
class Argon2Identity final : public Identity {
 public:
  explicit Argon2Identity(PasswordCost cost = {}) : cost_(cost) {}
  std::string hash_password(std::string_view password) override;
  bool verify_password(std::string_view password, const std::string& hash) override;
  std::string new_token() override;

 private:
  const PasswordCost cost_;
};

}  // namespace xueji
