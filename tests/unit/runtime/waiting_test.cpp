// A request that opens another one and waits for it: one lock, and what ends the one moves the other, both or neither.
#include "engine/definition/loader.hpp"
#include "tests/catch.hpp"
#include "tests/unit/runtime/world.hpp"

using namespace xueji;
using namespace xueji::testing;

namespace {

/// A business KEY that waits, once its head has approved it, for one of the business OTHER.
const std::string waiting_business = R"(format: 2
key: KEY
version: 1
title: {zh: 迁居, en: Relocation}
source: FAQ 10
subject: student
open: {by: registrar at student.school}
fields:
  note: {type: text, max: 50, title: {zh: 备注, en: Note}}
states:
  draft:
    draft: registrar at student.school
    title: {zh: 填报, en: Draft}
    actions:
      submit: {to: head_review}
      discard: {to: withdrawn}
  head_review:
    approval: head at student.school
    title: {zh: 学校审核, en: Review by the head}
    due: 5 working days
    actions:
      approve: {to: hearing}
      reject: {to: rejected}
  hearing:
    request:
      definition: OTHER
      about: student
      by: registrar at student.school
      fields: {note: field note}
    title: {zh: 等待听证, en: Waiting for the hearing}
    due: 30 working days
    overdue: {tell: head at student.school}
    outcomes:
      completed: {to: completed}
      rejected: {to: rejected}
      otherwise: {to: head_review}
    refused: head_review
  completed: {end: completed, title: {zh: 办结, en: Completed}, effects: [{set: {student.status: left}}]}
  rejected: {end: rejected, title: {zh: 不予办理, en: Rejected}}
  withdrawn: {end: withdrawn, title: {zh: 已撤回, en: Withdrawn}}
)";

const std::string hearing = R"(format: 2
key: hearing
version: 1
title: {zh: 听证, en: Hearing}
source: FAQ 10
subject: student
open:
  by: registrar at student.school
  when:
    - rule: has(request.opened_from) && student.grade == "7"
      else: {zh: 只由迁居发起, en: Opened by a relocation only}
fields:
  note: {type: text, max: 50, title: {zh: 说明, en: Note}}
states:
  draft:
    draft: registrar at student.school
    title: {zh: 填报, en: Draft}
    actions:
      submit: {to: head_review}
      discard: {to: withdrawn}
  head_review:
    approval: head at student.school
    title: {zh: 学校审核, en: Review by the head}
    due: 5 working days
    actions:
      approve: {to: completed}
      reject: {to: rejected}
  completed: {end: completed, title: {zh: 办结, en: Completed}, effects: [{set: {student.grade: "8"}}]}
  rejected: {end: rejected, title: {zh: 不予办理, en: Rejected}}
  withdrawn: {end: withdrawn, title: {zh: 已撤回, en: Withdrawn}}
)";

DefinitionPtr as_loaded(const std::string& yaml) {
  auto result = load_definition(yaml, "a.yaml");
  if (const auto* faults = std::get_if<std::vector<Fault>>(&result)) FAIL(faults->front().to_string());
  return std::make_shared<const Definition>(std::get<Definition>(std::move(result)));
}

std::string exchanged(std::string text, const std::string& what, const std::string& instead) {
  const auto at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), instead);
}

std::string waits(const std::string& key, const std::string& other) {
  return exchanged(exchanged(waiting_business, "KEY", key), "OTHER", other);
}

struct Waiting : World {
  explicit Waiting(const std::string& other = hearing) {
    std::vector<Catalog::Entry> entries{{DefinitionId{3}, as_loaded(waits("relocation", "hearing"))},
                                        {DefinitionId{1}, definition_of("workflows/key-information-change")}};
    if (!other.empty()) entries.push_back({DefinitionId{4}, as_loaded(other)});
    rooms.set_catalog(Catalog(std::move(entries)));
  }

  /// Up to where it waits, or was sent back.
  Request begun(const std::string& business = "relocation") {
    const RequestId id =
        done({Open{business, StudentId{1}, {{"note", "随父母迁居"}}, {}, "", true}, registrar(), {}, {}}).request.id;
    return done(act(id, "approve", head())).request;
  }
  Request now(RequestId id) { return store.data().requests.at(id); }
  Student student() { return store.data().students.at(StudentId{1}); }
  std::vector<std::string> acts(RequestId id) {
    std::vector<std::string> all;
    for (const StoredEntry& stored : store.data().history)
      if (stored.request == id) all.push_back(stored.entry.action);
    return all;
  }
  Text last_comment(RequestId id) {
    std::string comment;
    for (const StoredEntry& stored : store.data().history)
      if (stored.request == id) comment = stored.entry.comment;
    return of_two_lines(comment).value_or(Text{comment, comment});
  }
};

}  // namespace

TEST_CASE("a state that waits opens the other business under its own lock") {
  Waiting world;
  const Request outer = world.begun();
  CHECK(outer.token.state == "hearing");
  CHECK(outer.token.holder.role == Role::system);
  REQUIRE(outer.token.awaits);
  CHECK(world.store.commits().back() == 2);
  const Request inner = world.now(outer.token.awaits);
  CHECK(inner.token.holder == Holder{school, Role::registrar});
  CHECK(inner.fields == FieldValues{{"note", "随父母迁居"}});
  CHECK(inner.opened_from == OpenedFrom{outer.id, "relocation", 1, outer.id});
  CHECK_FALSE(inner.locks);
  CHECK(world.student().open_request == outer.id);
  CHECK(world.last_comment(inner.id) ==
        Text{"由“迁居”（编号 " + to_string(outer.id) + "）办理中发起，该件等此件办结",
             "Opened from within \"Relocation\" (number " + to_string(outer.id) + "), which waits for it"});

  const Refusal refused = world.refused(open_name_change(StudentId{1}, "新名"));
  CHECK(refused.kind == RefusalKind::open_business);
  CHECK(refused.blocking_request == outer.id);
  CHECK(world.refused(act(outer.id, "approve", head())).kind == RefusalKind::not_in_this_state);

  CHECK(world.done(act(inner.id, "submit", registrar())).request.token.state == "head_review");
  CHECK(world.student().open_request == outer.id);
}

TEST_CASE("the end of the other request moves the one that waits, in the same transaction") {
  Waiting world;
  const Request outer = world.begun();
  const RequestId inner = outer.token.awaits;
  world.done(act(inner, "submit", registrar()));
  const Committed ended = world.done(act(inner, "approve", head()));
  CHECK(world.store.commits().back() == 2);
  CHECK(ended.request.id == inner);
  CHECK(ended.request.outcome == Outcome::completed);
  CHECK(world.now(outer.id).outcome == Outcome::completed);
  CHECK_FALSE(world.now(outer.id).token.awaits);
  CHECK(world.student().grade == "8");
  CHECK(world.student().status == StudentStatus::left);
  CHECK_FALSE(world.student().open_request);
  CHECK(world.acts(outer.id) == std::vector<std::string>{"open", "submit", "approve", "completed"});
  CHECK(world.last_comment(outer.id) == Text{"“听证”（编号 " + to_string(inner) + "）：办结",
                                             "\"Hearing\" (number " + to_string(inner) + "): completed"});
}

TEST_CASE("each outcome of the other request has its way") {
  Waiting world;
  const Request outer = world.begun();
  world.done(act(outer.token.awaits, "discard", registrar()));
  CHECK(world.now(outer.id).token.state == "head_review");
  CHECK(world.acts(outer.id).back() == "otherwise");
  CHECK(world.student().open_request == outer.id);

  const Request again = world.done(act(outer.id, "approve", head())).request;
  CHECK(again.token.awaits > outer.token.awaits);
  world.done(act(again.token.awaits, "submit", registrar()));
  world.done(act(again.token.awaits, "reject", head()));
  CHECK(world.now(outer.id).outcome == Outcome::rejected);
  CHECK_FALSE(world.student().open_request);
}

TEST_CASE("what can't be opened sends the request on with the reason") {
  const auto [other, reason] = GENERATE(table<std::string, std::string>({
      {"", "\"hearing\" could not be opened: There is no such workflow"},
      {exchanged(hearing, "\"7\"", "\"9\""), "\"Hearing\" could not be opened: Opened by a relocation only"},
      {exchanged(hearing, "version: 1", "version: 1\nretired: true"), "\"Hearing\" could not be opened: "},
  }));
  Waiting world(other);
  const Request outer = world.begun();
  CHECK(outer.token.state == "head_review");
  CHECK_FALSE(outer.token.awaits);
  CHECK(world.store.data().requests.size() == 1);
  CHECK(world.acts(outer.id) == std::vector<std::string>{"open", "submit", "approve", "not_opened"});
  CHECK(world.last_comment(outer.id).en.starts_with(reason));
  CHECK(world.student().open_request == outer.id);
}

TEST_CASE("a store that fails at the end of the other request leaves both as they were") {
  Waiting world;
  const Request outer = world.begun();
  world.done(act(outer.token.awaits, "submit", registrar()));
  world.store.before_commit = [] { throw StoreError(StoreError::Kind::broken, "the power is gone"); };
  world.refused(act(outer.token.awaits, "approve", head()));
  world.store.before_commit = {};
  CHECK_FALSE(world.now(outer.token.awaits).outcome);
  CHECK(world.now(outer.id) == outer);
  world.done(act(outer.token.awaits, "approve", head()));
  CHECK(world.now(outer.id).outcome == Outcome::completed);
}

TEST_CASE("where the request that waits can't be decided, the other one doesn't end either, and the batch goes on") {
  Waiting world;
  const Request outer = world.begun();
  world.done(act(outer.token.awaits, "submit", registrar()));
  world.rooms.set_catalog(Catalog(
      {{DefinitionId{4}, as_loaded(hearing)}, {DefinitionId{1}, definition_of("workflows/key-information-change")}}));
  const auto results =
      world.in_one_batch({act(outer.token.awaits, "approve", head()), open_name_change(StudentId{2}, "新名")});
  REQUIRE(refusal(results[0]));
  CHECK(refusal(results[0])->kind == RefusalKind::busy);
  CHECK(committed(results[1]));
  CHECK_FALSE(world.now(outer.token.awaits).outcome);
  CHECK(world.student().grade == "7");
  CHECK(world.now(outer.id) == outer);
}

TEST_CASE("later commands of the same batch meet the request where the other one's end has led it") {
  Waiting world;
  const Request outer = world.begun();
  const auto results = world.in_one_batch({act(outer.token.awaits, "discard", registrar()),
                                           act(outer.id, "reject", head()), open_name_change(StudentId{1}, "新名")});
  REQUIRE(committed(results[0]));
  REQUIRE(committed(results[1]));
  CHECK(committed(results[1])->request.outcome == Outcome::rejected);
  CHECK(committed(results[2]));
}

TEST_CASE("requests that come to wait for each other in a circle end at the third") {
  Waiting world;
  world.rooms.set_catalog(Catalog(
      {{DefinitionId{5}, as_loaded(waits("one", "other"))}, {DefinitionId{6}, as_loaded(waits("other", "one"))}}));
  Request last = world.begun("one");
  const RequestId first = last.id;
  for (int depth = 1; depth <= waiting_requests_max; ++depth) {
    REQUIRE(last.token.awaits);
    last = world.now(last.token.awaits);
    CHECK(last.opened_from->depth == depth);
    CHECK(last.opened_from->lock == first);
    world.done(act(last.id, "submit", registrar()));
    last = world.done(act(last.id, "approve", head())).request;
  }
  CHECK(last.token.state == "head_review");
  CHECK(world.last_comment(last.id).en ==
        "\"Relocation\" could not be opened: At most 3 requests wait for each other in a row");

  world.done(act(last.id, "reject", head()));
  CHECK(world.now(first).outcome == Outcome::rejected);
  CHECK_FALSE(world.student().open_request);
}

TEST_CASE("once it takes long, whom the definition names is told") {
  Waiting world;
  const Request outer = world.begun();
  REQUIRE(outer.token.timer);
  world.clock.advance(*outer.token.timer - world.clock.now());
  const Committed told = world.done({FireTimer{outer.id, "hearing", *outer.token.timer}, {}, {}, {}});
  CHECK(told.request.token.awaits == outer.token.awaits);
  CHECK(world.acts(outer.id).back() == "overdue");
}
