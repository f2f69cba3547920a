#include "web/json/problem.hpp"
#include "tests/catch.hpp"

#include <boost/json/parse.hpp>
#include <set>

#include "web/json/problem_catalog.hpp"

using namespace xueji;
using namespace xueji::web;

TEST_CASE("every status and type of the contract is there") {
  const std::vector<std::pair<std::string, int>> promised{{"malformed", 400},
                                                          {"idempotency-key-required", 400},
                                                          {"unauthenticated", 401},
                                                          {"not-found", 404},
                                                          {"not-allowed", 403},
                                                          {"separation-of-duties", 403},
                                                          {"foreign-origin", 403},
                                                          {"not-in-this-state", 409},
                                                          {"open-business", 409},
                                                          {"once-per", 409},
                                                          {"numbers-exhausted", 409},
                                                          {"business-retired", 409},
                                                          {"window-closed", 409},
                                                          {"status-not-eligible", 409},
                                                          {"idempotency-in-progress", 409},
                                                          {"stale", 412},
                                                          {"precondition-required", 428},
                                                          {"too-large", 413},
                                                          {"unsupported-media-type", 415},
                                                          {"validation", 422},
                                                          {"missing-evidence", 422},
                                                          {"idempotency-mismatch", 422},
                                                          {"rate-limited", 429},
                                                          {"busy", 503}};
  for (const auto& [slug, status] : promised) {
    INFO(slug);
    const auto* type = problem_type(slug);
    REQUIRE(type);
    CHECK(type->status == status);
    CHECK_FALSE(type->title_zh.empty());
    CHECK_FALSE(type->page_en.empty());
  }
}

TEST_CASE("every refusal of the engine has its type") {
  for (int kind = 0; kind <= static_cast<int>(RefusalKind::failed); ++kind) {
    const auto refusal = static_cast<RefusalKind>(kind);
    INFO(slug(refusal));
    CHECK(problem_type(refusal).slug == (refusal == RefusalKind::failed ? "internal" : slug(refusal)));
  }
}

TEST_CASE("a problem is told in the caller's language") {
  const Problem problem = invalid({{"/fields/new_name", {"有误", "Wrong"}}});
  const auto zh = problem_response(problem, Language::zh, "r1");
  const auto en = problem_response(problem, Language::en, "r1");
  CHECK(zh.content_type == "application/problem+json; charset=utf-8");
  const auto told = boost::json::parse(en.body);
  CHECK(told.at("type").as_string() == "/problems/validation");
  CHECK(told.at("title").as_string() == "Validation failed");
  CHECK(told.at("status").as_int64() == 422);
  CHECK(told.at("instance").as_string() == "r1");
  CHECK(told.at("errors").at(0).at("pointer").as_string() == "/fields/new_name");
  CHECK(told.at("errors").at(0).at("message").as_string() == "Wrong");
  CHECK(boost::json::parse(zh.body).at("errors").at(0).at("message").as_string() == "有误");
}
