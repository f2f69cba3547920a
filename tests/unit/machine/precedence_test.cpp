// The first refusal that applies is the answer. Each row takes away the gravest fault of the row before.
#include "bench.hpp"

using namespace xueji;
using namespace xueji::test;

namespace {

const char* const strict_business = R"(
format: 1
key: strict
version: 1
title: {zh: 严格, en: Strict}
source: a test
subject: student
open:
  by: registrar at student.school
  when:
    - rule: student.status == "in_school"
      else: {zh: 学生须在校, en: Only for students in school}
fields:
  new_name: {type: person_name, required: true, title: {zh: 新姓名, en: New name}, changes: student.name}
evidence:
  scan: {title: {zh: 扫描件, en: Scan}, count: 1..2}
  seal: {title: {zh: 盖章件, en: Sealed sheet}, count: 0..1}
states:
  draft:
    draft: registrar at student.school
    title: {zh: 填报, en: Draft}
    actions:
      submit: {to: first}
  first:
    approval: head at student.school
    title: {zh: 初审, en: First}
    actions:
      approve: {to: second}
      reject: {to: rejected, comment: required}
  second:
    approval: reviewer at authority of student.school
    title: {zh: 复审, en: Second}
    actions:
      approve:
        to: completed
        comment: required
        evidence: [seal]
        when:
          - rule: student.status == "in_school"
            else: {zh: 学生须在校, en: Only for students in school}
      reject: {to: rejected, comment: required}
  completed: {end: completed, title: {zh: 办结, en: Completed}, effects: [apply_changes]}
  rejected: {end: rejected, title: {zh: 不予办理, en: Rejected}}
separation:
  - decides: nobody their own submission
  - different people: [first, second]
always:
  - every request ends
)";

Caller with_post(OfficeId office, Role role) {
  Caller caller;
  caller.account = AccountId{500};
  Post post;
  post.id = PostId{1};
  post.account = caller.account;
  post.office = office;
  post.role = role;
  caller.posts = {post};
  return caller;
}

RefusalKind kind_of(const std::variant<Decision, Refusal, Nothing>& verdict) {
  REQUIRE(std::holds_alternative<Refusal>(verdict));
  return std::get<Refusal>(verdict).kind;
}

}  // namespace

TEST_CASE("an action's refusals come in the order of RefusalKind") {
  enum Fault { foreign, stale, wrong_state, separated, no_post, in_bulk, status, no_comment, no_seal, none };
  const std::vector<RefusalKind> expected{RefusalKind::not_found,           RefusalKind::stale,
                                          RefusalKind::not_in_this_state,   RefusalKind::separation_of_duties,
                                          RefusalKind::not_allowed,         RefusalKind::one_by_one,
                                          RefusalKind::status_not_eligible, RefusalKind::validation,
                                          RefusalKind::missing_evidence};
  for (int first = foreign; first <= none; ++first) {
    INFO("without the first " << first << " faults");
    const auto has = [&](Fault fault) { return fault >= first; };
    Bench bench(definition_from(strict_business, "strict.yaml"));
    bench.by("registrar", Open{"strict", bench.student.id, {{"new_name", "张叁"}}, {bench.upload("scan")}, "", true});
    bench.act("head", "approve");
    bench.definition.states.at(bench.definition.order("second")).one_by_one = true;
    const OfficeId county = bench.world.offices().authority_of(bench.student.school)->id;
    const OfficeId elsewhere = bench.world.person("other registrar").posts.front().office;
    const Caller caller = with_post(has(foreign) ? elsewhere : county, has(no_post) ? Role::admin : Role::reviewer);
    if (has(separated)) bench.request->acts.back().account = caller.account;
    if (has(status)) bench.student.status = StudentStatus::left;
    Perform perform = bench.perform(has(wrong_state) ? "submit" : "approve", has(no_comment) ? "" : "同意");
    perform.in_bulk = has(in_bulk);
    if (!has(no_seal)) perform.evidence = std::vector{bench.upload("seal", "sealed")};
    const auto verdict =
        bench.try_by(caller, perform, has(stale) ? bench.request->version - 1 : bench.request->version);
    if (first == none)
      CHECK(std::holds_alternative<Decision>(verdict));
    else
      CHECK(slug(kind_of(verdict)) == slug(expected[static_cast<std::size_t>(first)]));
  }
}

TEST_CASE("opening's refusals come in the order of RefusalKind") {
  enum Fault { foreign, no_post, retired, closed, status, locked, twice, wrong_name, no_scan, none };
  const std::vector<RefusalKind> expected{
      RefusalKind::not_found,     RefusalKind::not_allowed,         RefusalKind::business_retired,
      RefusalKind::window_closed, RefusalKind::status_not_eligible, RefusalKind::open_business,
      RefusalKind::once_per,      RefusalKind::validation,          RefusalKind::missing_evidence};
  for (int first = foreign; first <= none; ++first) {
    INFO("without the first " << first << " faults");
    const auto has = [&](Fault fault) { return fault >= first; };
    Bench bench(definition_from(strict_business, "strict.yaml"));
    bench.by("registrar", Open{"strict", bench.student.id, {}, {}, "", false});
    bench.definition.once_per = {{OnceTerm::Kind::student, {}, "student", {"学生", "student"}}};
    if (has(twice)) bench.had_once = bench.request;
    if (!has(locked)) bench.student.open_request = {};
    bench.definition.retired = has(retired);
    bench.definition.windows = {{"season"}};
    const auto opens = has(closed) ? std::chrono::October / 1 : std::chrono::September / 1;
    bench.calendar.windows["season"] = {
        "season", {{opens, std::chrono::November / 1}}, {"未到办理时间", "Not the season"}};
    if (has(status)) bench.student.status = StudentStatus::left;
    Open open{"strict", bench.student.id, {{"new_name", has(wrong_name) ? "张3" : "张叁"}}, {}, "", true};
    if (!has(no_scan)) open.evidence = {bench.upload("scan")};
    const Caller caller = bench.world.person(has(foreign) ? "other registrar" : has(no_post) ? "head" : "registrar");
    const auto verdict = bench.try_by(caller, open);
    if (first == none)
      CHECK(std::holds_alternative<Decision>(verdict));
    else
      CHECK(slug(kind_of(verdict)) == slug(expected[static_cast<std::size_t>(first)]));
  }
}

TEST_CASE("every kind of refusal has the slug of its problem type") {
  const std::vector<std::string_view> slugs{"not-found",
                                            "idempotency-in-progress",
                                            "idempotency-mismatch",
                                            "stale",
                                            "not-in-this-state",
                                            "separation-of-duties",
                                            "not-allowed",
                                            "one-by-one",
                                            "business-retired",
                                            "window-closed",
                                            "status-not-eligible",
                                            "open-business",
                                            "once-per",
                                            "numbers-exhausted",
                                            "validation",
                                            "missing-evidence",
                                            "busy",
                                            "failed"};
  for (std::size_t kind = 0; kind < slugs.size(); ++kind) CHECK(slug(static_cast<RefusalKind>(kind)) == slugs[kind]);
}
