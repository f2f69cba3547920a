#include "engine/ports/store.hpp"

namespace xueji {
namespace {

std::string account_text(AccountId account, std::string_view rest) {
  std::string text = to_string(account);
  text.reserve(text.size() + 1 + rest.size());
  text += ':';
  text += rest;
  return text;
}

}  // namespace

std::string key_text(AccountId account, std::string_view key) { return account_text(account, key); }
std::string upload_text(AccountId account, std::string_view sha256) { return account_text(account, sha256); }

}  // namespace xueji
