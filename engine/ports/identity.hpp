// Secrets of accounts: passwords, and the tokens of sessions (engine/authority/token.hpp says what is kept of one).
#pragma once
#include <string>
#include <string_view>

namespace xueji {

/// Safe from any thread.
class Identity {
 public:
  virtual ~Identity() = default;
  /// The text to keep instead of the password. Blocks for as long as a hash costs. Throws std::runtime_error when there
  /// is no memory.
  virtual std::string hash_password(std::string_view password) = 0;
  /// Blocks likewise, for right and wrong passwords alike. False for anything that is not such a text.
  virtual bool verify_password(std::string_view password, const std::string& hash) = 0;
  /// Unguessable, another one every time.
  virtual std::string new_token() = 0;
};

}  // namespace xueji
