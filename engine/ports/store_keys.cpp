#include "engine/ports/store.hpp"

namespace xueji {

std::string key_text(AccountId account, std::string_view key) { return to_string(account) + ' ' + std::string(key); }

std::string upload_text(AccountId account, std::string_view sha256) { return to_string(account) + ' ' + std::string(sha256); }

}  // namespace xueji
