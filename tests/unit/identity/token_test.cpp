#include "adapters/identity/token.hpp"
#include "tests/catch.hpp"

#include "engine/authority/token.hpp"

#include <set>

#include "engine/base/sha256.hpp"

using namespace xueji;

TEST_CASE("tokens are 43 characters of base64url and never repeat") {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const auto token = new_token();
    CHECK(is_token(token));
    seen.insert(token);
  }
  CHECK(seen.size() == 100);
}

TEST_CASE("a session is named by the SHA-256 of its token") {
  const auto token = new_token();
  CHECK(token_hash(token) == sha256_hex(token));
  CHECK(token_hash(token).find(token) == std::string::npos);
}

TEST_CASE("what no token can be has no name") {
  CHECK(token_hash("").empty());
  CHECK(token_hash(new_token() + "A").empty());
  auto token = new_token();
  token[5] = '=';
  CHECK(token_hash(token).empty());
}
