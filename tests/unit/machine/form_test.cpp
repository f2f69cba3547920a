// What people fill in is checked by type, and each complaint points at its place in the body.
#include "bench.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

std::vector<std::string> pointers(const Refusal& refusal) {
  std::vector<std::string> result;
  for (const auto& complaint : refusal.complaints) result.push_back(complaint.pointer);
  return result;
}

using Pointers = std::vector<std::string>;

}  // namespace

TEST_CASE("fields are checked whenever they are given, and must be complete only on submission") {
  Bench bench(shipped("key-information-change"));
  Open open = bench.name_change(false);
  open.fields = {{"new_name", "张3"}, {"new_id_number", "110105194912310021"}, {"shoe/size", "42"}};
  CHECK(pointers(bench.refused("registrar", open)) ==
        Pointers{"/fields/new_id_number", "/fields/new_name", "/fields/shoe~1size"});
  open.fields = {{"new_name", ""}};
  open.evidence.clear();
  CHECK(bench.by("registrar", open).request.fields.empty());
  const Refusal refusal = bench.refused("registrar", bench.perform("submit"));
  CHECK(refusal.kind == RefusalKind::validation);
  CHECK(pointers(refusal) == Pointers{"/fields/ground", "/fields/reason"});
  CHECK(refusal.complaints[1].message == Text{"请填写“变更原因”", "Fill in \"Reason\""});
}

TEST_CASE("the rules of the whole form are asked once its fields are right") {
  Bench bench(shipped("key-information-change"));
  Open open = bench.name_change();
  open.fields = {{"ground", "other"}, {"reason", "更正"}};
  Refusal refusal = bench.refused("registrar", open);
  CHECK(pointers(refusal) == Pointers{"/fields"});
  CHECK(refusal.complaints[0].message.en == "Change at least one of the two");
  open.fields["new_name"] = "张三";
  refusal = bench.refused("registrar", open);
  CHECK(refusal.complaints[0].message.en == "The new name is the same as today's");
}

TEST_CASE("a text has its most characters, counted as people count them") {
  Bench bench(shipped("key-information-change"));
  Open open = bench.name_change();
  std::string reason;
  for (int i = 0; i < 500; ++i) reason += "𠮷";
  open.fields["reason"] = reason + "X";
  CHECK(bench.refused("registrar", open).complaints[0].message.en == "At most 500 characters");
  open.fields["reason"] = reason;
  CHECK(bench.by("registrar", open).request.fields.at("reason") == reason);
}

TEST_CASE("what people see nothing in is not filled in") {
  Bench bench(shipped("key-information-change"));
  Open open = bench.name_change();
  for (const std::string blank : {" ", "\n\n", "\u3000", "\u00A0", "\u200B"}) {
    open.fields["reason"] = blank;
    CHECK(pointers(bench.refused("registrar", open)) == Pointers{"/fields/reason"});
  }
  bench.by("registrar", bench.name_change());
  for (const std::string blank : {"", " ", "\n", "\u3000\u3000", "\u200B"}) {
    CHECK(pointers(bench.refused("head", bench.perform("return", blank))) == Pointers{"/comment"});
    CHECK(pointers(bench.refused("head", bench.perform("comment", blank))) == Pointers{"/comment"});
  }
  CHECK(bench.act("head", "approve", "\u3000").history.at(0).comment.empty());
}

TEST_CASE("ID numbers are stored with upper-case X, names exactly as given") {
  Bench bench(shipped("key-information-change"));
  Open open = bench.name_change();
  open.fields["new_id_number"] = "11010519491231002x";
  open.fields["new_name"] = "买买提•\uF900";  // NFC would turn the ideograph into another
  const Decision decision = bench.by("registrar", open);
  CHECK(decision.request.fields.at("new_id_number") == "11010519491231002X");
  CHECK(decision.request.fields.at("new_name") == "买买提•\uF900");
}

TEST_CASE("evidence must be an upload of one's own, of a kind, type and size that the business takes") {
  Bench bench(shipped("key-information-change"));
  Open open = bench.name_change();
  open.evidence = {{"household_register", sha256_hex("nobody's")}, {"selfie", open.evidence[0].sha256}};
  CHECK(pointers(bench.refused("registrar", open)) == Pointers{"/evidence/0/sha256", "/evidence/1/kind"});
  open.evidence = {bench.upload("household_register", "text", "text/plain"),
                   bench.upload("household_register", "huge", "image/png", 10 * 1024 * 1024 + 1)};
  const Refusal refusal = bench.refused("registrar", open);
  CHECK(pointers(refusal) == Pointers{"/evidence/0/sha256", "/evidence/1/sha256"});
  open.evidence = {bench.upload("household_register", "a"), bench.upload("household_register", "a")};
  CHECK(pointers(bench.refused("registrar", open)) == Pointers{"/evidence/1/sha256"});
  open.evidence.clear();
  for (int i = 0; i < 7; ++i) open.evidence.push_back(bench.upload("household_register", std::to_string(i)));
  CHECK(bench.refused("registrar", open).complaints[0].message.en == "\"Household register\": at most 6");
}

TEST_CASE("missing evidence refuses a submission and not a draft") {
  Bench bench(shipped("key-information-change"));
  Open open = bench.name_change();
  open.evidence.clear();
  const Refusal refusal = bench.refused("registrar", open);
  CHECK(refusal.kind == RefusalKind::missing_evidence);
  CHECK(pointers(refusal) == Pointers{"/evidence"});
  CHECK(refusal.complaints[0].message ==
        Text{"请上传“户口簿”，至少 1 份", "Upload \"Household register\": at least 1"});
  open.submit = false;
  CHECK(bench.by("registrar", open).request.token.state == "draft");
}

TEST_CASE("evidence that is on the request stays usable by whoever corrects the draft") {
  Bench bench(shipped("key-information-change"));
  const Open open = bench.name_change();
  bench.by("registrar", open);
  bench.act("head", "return", "请更正");
  bench.uploads.clear();
  Perform submit = bench.perform("submit");
  submit.evidence = open.evidence;
  const Decision decision = bench.by("second registrar", submit);
  REQUIRE(decision.request.evidence.size() == 1);
  CHECK(decision.request.evidence[0].filename == "scan.jpg");
}

TEST_CASE("an approver cannot change the form, nor give a destination where there is none") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  Perform approve = bench.perform("approve", "", "county_approval");
  approve.fields = FieldValues{{"new_name", "张四"}};
  approve.evidence = std::vector{bench.upload("other_certificate", "x")};
  CHECK(pointers(bench.refused("head", approve)) == Pointers{"/to", "/fields/new_name", "/evidence/0/kind"});
}

TEST_CASE("comments are clean text of at most 2,000 characters, and there where they must be") {
  Bench bench(shipped("key-information-change"));
  bench.by("registrar", bench.name_change());
  CHECK(pointers(bench.refused("head", bench.perform("return"))) == Pointers{"/comment"});
  CHECK(bench.refused("head", bench.perform("return", std::string(2001, 'x'))).complaints[0].message.en ==
        "A comment has at most 2,000 characters");
  CHECK(pointers(bench.refused("head", bench.perform("return", "\x01"))) == Pointers{"/comment"});
  CHECK(bench.refused("head", bench.perform("return", "请更正", "county_review")).complaints[0].message ==
        Text{"只能退回到：draft", "It can be returned to: draft"});
  bench.act("head", "return", std::string(2000, 'x'));
  CHECK(bench.request->token.state == "draft");
}
