#include "web/http/negotiation.hpp"
#include "tests/catch.hpp"

#include "web/http/language.hpp"
#include "web/http/weighted_list.hpp"

using namespace xueji;
using namespace xueji::web;

TEST_CASE("weights are read in thousandths, and what is no weight refuses") {
  const auto list = weighted_list("text/html;level=1;q=0.7 ,*/* ; Q=0.25, a;q=1.5,b;q=x,, c;q=0.0009,d;seq=1");
  REQUIRE(list.size() == 6);
  CHECK(list[0].value == "text/html");
  CHECK(list[0].weight == 700);
  CHECK(list[1].value == "*/*");
  CHECK(list[1].weight == 250);
  CHECK(list[2].weight == 1000);
  CHECK(list[3].weight == 0);
  CHECK(list[4].weight == 0);
  CHECK(list[5].weight == 1000);
  CHECK(weighted_list("").empty());
}

TEST_CASE("the coding that a client likes best is chosen; br before gzip where it likes both") {
  struct Row {
    const char* accepted;
    Coding with_both, with_gzip, with_none;
  };
  constexpr auto br = Coding::br, gzip = Coding::gzip, identity = Coding::identity;
  for (const Row& row : {Row{"", identity, identity, identity},
                         {"gzip, deflate, br, zstd", br, gzip, identity},
                         {"gzip, deflate", gzip, gzip, identity},
                         {"BR", br, identity, identity},
                         {"x-gzip", gzip, gzip, identity},
                         {"gzip;q=1.0, br;q=0.5", gzip, gzip, identity},
                         {"br;q=0, gzip", gzip, gzip, identity},
                         {"br;q=0,gzip;q=0", identity, identity, identity},
                         {"*", br, gzip, identity},
                         {"*;q=0", identity, identity, identity},
                         {"br;q=0, *;q=0.1", gzip, gzip, identity},
                         {"identity", identity, identity, identity},
                         {"identity;q=1, br;q=0.5, gzip;q=0.4", identity, identity, identity},
                         {"identity;q=0, br;q=0.1", br, identity, identity},
                         {"brotli, gzipped", identity, identity, identity}}) {
    INFO(row.accepted);
    CHECK(chosen_coding(row.accepted, true, true) == row.with_both);
    CHECK(chosen_coding(row.accepted, true, false) == row.with_gzip);
    CHECK(chosen_coding(row.accepted, false, false) == row.with_none);
  }
}

TEST_CASE("only who names text/html wants a page") {
  for (const char* accept : {"text/html", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                             "application/json, Text/HTML;q=0.1"})
    CHECK(wants_html(accept));
  for (const char* accept :
       {"", "*/*", "text/*", "text/html;q=0", "application/xhtml+xml", "text/html-fragment", "application/json"})
    CHECK_FALSE(wants_html(accept));
}

TEST_CASE("a tag that the client has is recognised in lists, weak or strong") {
  for (const char* names : {"\"ab\"", "W/\"ab\"", "\"x\", \"ab\"", "\"x\",W/\"ab\" , \"y\"", "*", "\"a,b\", \"ab\""})
    CHECK(has_already(names, "\"ab\""));
  for (const char* names : {"", "ab", "\"abc\"", "\"a\", \"b\"", "\"ab", "\"x\"ab\"y\"", "W/ab", "\"*\""})
    CHECK_FALSE(has_already(names, "\"ab\""));
}

TEST_CASE("languages are chosen by weight") {
  const auto chosen = [](const char* accepted) {
    Headers headers;
    headers.add("Accept-Language", accepted);
    return language_of(headers, Language::zh);
  };
  CHECK(chosen("en") == Language::en);
  CHECK(chosen("en-GB;q=0.4, zh-Hans-CN;q=0.5") == Language::zh);
  CHECK(chosen("zh;q=0.1, en;q=0.9, *") == Language::en);
  CHECK(chosen("fr") == Language::zh);
}
