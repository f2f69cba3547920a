#include "adapters/identity/password.hpp"
#include "tests/catch.hpp"

using namespace xueji;

TEST_CASE("a password is recognised by its hash, another is not") {
  const auto hash = hash_password("correct horse", PasswordCost::cheap());
  CHECK(verify_password("correct horse", hash));
  CHECK_FALSE(verify_password("correct hors", hash));
  CHECK_FALSE(verify_password("", hash));
}

TEST_CASE("the hash is Argon2id and says its cost") {
  const auto hash = hash_password("correct horse", {2, 8 * 1024 * 1024});
  CHECK(hash.rfind("$argon2id$v=19$m=8192,t=2,p=1$", 0) == 0);
}

TEST_CASE("the same password never gives the same hash") {
  CHECK(hash_password("correct horse", PasswordCost::cheap()) != hash_password("correct horse", PasswordCost::cheap()));
}

TEST_CASE("what is no hash accepts no password") {
  CHECK_FALSE(verify_password("x", ""));
  CHECK_FALSE(verify_password("x", "x"));
  CHECK_FALSE(verify_password("x", std::string(5000, 'a')));
}

TEST_CASE("the default cost is the one the operators were promised") {
  CHECK(PasswordCost{}.operations == 2);
  CHECK(PasswordCost{}.memory_bytes == 64 * 1024 * 1024);
}
