#include "engine/base/id.hpp"
#include "engine/base/sha256.hpp"
#include "tests/catch.hpp"

using namespace xueji;

TEST_CASE("an id is a positive decimal number without leading zeros, and nothing else") {
  CHECK(parse_id<RequestId>("42") == RequestId{42});
  CHECK(parse_id<RequestId>("9223372036854775807") == RequestId{9223372036854775807});
  const auto bad =
      GENERATE(as<std::string>{}, "", "0", "-1", "+1", "007", "1 ", " 1", "1.0", "0x1", "9223372036854775808");
  CAPTURE(bad);
  CHECK_FALSE(parse_id<RequestId>(bad));
}

TEST_CASE("a file's hash is the one that sha256sum prints") {
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
