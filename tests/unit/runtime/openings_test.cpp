// An end that opens another business: both in one transaction, or the end alone with the reason told.
#include "engine/definition/loader.hpp"
#include "tests/catch.hpp"
#include "tests/unit/runtime/world.hpp"

using namespace xueji;
using namespace xueji::testing;

namespace {

const std::string departure = R"(format: 2
key: departure
version: 1
title: {zh: 离校, en: Departure}
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
      approve: {to: completed}
  completed:
    end: completed
    title: {zh: 办结, en: Completed}
    effects:
      - set: {student.status: left}
      - open:
          definition: arrival
          about: student
          by: registrar at student.school
          fields: {ground: moved, remark: field note}
          otherwise: {inform: head at student.school}
        when: student.grade == "7"
  withdrawn: {end: withdrawn, title: {zh: 已撤回, en: Withdrawn}}
)";

const std::string arrival = R"(format: 2
key: arrival
version: 1
title: {zh: 到校, en: Arrival}
source: FAQ 10
subject: student
open:
  by: registrar at student.school
  when:
    - rule: request.opened_from == "departure" && student.status == "left"
      else: {zh: 须由离校发起, en: Opened by a departure only}
fields:
  ground: {type: choice, title: {zh: 事由, en: Ground}, choices: {moved: {zh: 迁居, en: Moved}}}
  remark: {type: text, max: 50, title: {zh: 说明, en: Remark}}
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
  completed: {end: completed, title: {zh: 办结, en: Completed}, effects: [{set: {student.status: in_school}}]}
  rejected: {end: rejected, title: {zh: 不予办理, en: Rejected}}
  withdrawn: {end: withdrawn, title: {zh: 已撤回, en: Withdrawn}}
separation:
  - decides: nobody their own submission
inform:
  - on: rejected
    who: [initiator]
)";

DefinitionPtr loaded(const std::string& yaml) {
  auto result = load_definition(yaml, "a.yaml");
  if (const auto* faults = std::get_if<std::vector<Fault>>(&result)) FAIL(faults->front().to_string());
  return std::make_shared<const Definition>(std::get<Definition>(std::move(result)));
}

std::string with(std::string text, const std::string& what, const std::string& instead) {
  const auto at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), instead);
}

void serve(World& world, const std::string& first, const std::string& then) {
  std::vector<Catalog::Entry> entries{{DefinitionId{3}, loaded(first)},
                                      {DefinitionId{1}, definition_of("workflows/key-information-change")}};
  if (!then.empty()) entries.push_back({DefinitionId{4}, loaded(then)});
  world.rooms.set_catalog(Catalog(std::move(entries)));
}

RequestId begun(World& world, FieldValues fields = {{"note", "随父母迁居"}}) {
  Open open{"departure", StudentId{1}, std::move(fields), {}, "", true};
  return world.done({std::move(open), registrar(), {}, {}}).request.id;
}

/// The entries of one request, as `action` alone.
std::vector<std::string> acts_of(const FakeData& data, RequestId request) {
  std::vector<std::string> acts;
  for (const StoredEntry& stored : data.history)
    if (stored.request == request) acts.push_back(stored.entry.action);
  return acts;
}

const HistoryDraft& last_entry(const FakeData& data, RequestId request) {
  const HistoryDraft* last = nullptr;
  for (const StoredEntry& stored : data.history)
    if (stored.request == request) last = &stored.entry;
  REQUIRE(last);
  return *last;
}

/// Who was told by the events of the request, as kind and post.
std::vector<std::pair<std::string, Holder>> told(World& world, RequestId request, const std::string& kind) {
  // Events follow the answer; another command comes after them.
  world.runtime.execute({FireTimer{RequestId{1'000'000}, "", {}}, {}, {}, {}});
  std::vector<std::pair<std::string, Holder>> found;
  for (const OutboxRow& row : world.sink.rows())
    for (const auto& each : row.told)
      if (row.request == request && each.kind == kind && each.holder) found.emplace_back(each.kind, *each.holder);
  return found;
}

}  // namespace

TEST_CASE("an end opens another business in the same transaction, as a draft of the post that is to fill it in") {
  World world;
  serve(world, departure, arrival);
  const RequestId ended = begun(world);
  const Committed done = world.done(act(ended, "approve", head()));
  CHECK(done.request.outcome == Outcome::completed);
  CHECK(world.store.commits().back() == 2);

  const FakeData data = world.store.data();
  const RequestId opened = done.student.open_request;
  REQUIRE(data.requests.contains(opened));
  const Request& draft = data.requests.at(opened);
  CHECK(draft.token.state == "draft");
  CHECK(draft.token.holder == Holder{school, Role::registrar});
  CHECK(draft.fields == FieldValues{{"ground", "moved"}, {"remark", "随父母迁居"}});
  CHECK_FALSE(draft.opened_by);
  CHECK(draft.opened_as == Holder{school, Role::registrar});
  CHECK(draft.opened_from == OpenedFrom{ended, "departure"});
  CHECK(draft.acts.empty());
  CHECK(data.students.at(StudentId{1}).open_request == opened);
  CHECK(data.students.at(StudentId{1}).status == StudentStatus::left);
  CHECK(acts_of(data, opened) == std::vector<std::string>{"open"});
  CHECK_FALSE(last_entry(data, opened).by);
  CHECK(of_two_lines(last_entry(data, opened).comment) ==
        Text{"由“离校”（编号 " + to_string(ended) + "）办结时发起",
             "Opened at the end of \"Departure\" (number " + to_string(ended) + ")"});
  CHECK(told(world, opened, "opened").size() == 1);
  CHECK(acts_of(data, ended) == std::vector<std::string>{"open", "submit", "approve"});
}

TEST_CASE("later commands of the same batch meet what an end opened") {
  World world;
  serve(world, with(departure, "student.status: left", "student.status: suspended"),
        with(arrival, "student.status == \"left\"", "student.status == \"suspended\""));
  const RequestId ended = begun(world);
  const auto results = world.in_one_batch({act(ended, "approve", head()), open_name_change(StudentId{1}, "新名"),
                                           act(RequestId{ended.value + 1}, "submit", registrar())});
  REQUIRE(committed(results[0]));
  REQUIRE(refusal(results[1]));
  CHECK(refusal(results[1])->kind == RefusalKind::open_business);
  CHECK(refusal(results[1])->blocking_request == committed(results[0])->student.open_request);
  REQUIRE(committed(results[2]));
  CHECK(committed(results[2])->request.token.state == "head_review");
  CHECK(world.store.commits().back() == 3);
}

TEST_CASE("where its condition does not hold, nothing is opened") {
  World world;
  serve(world, with(departure, "student.grade == \"7\"", "student.grade == \"8\""), arrival);
  const RequestId ended = begun(world);
  CHECK_FALSE(world.done(act(ended, "approve", head())).student.open_request);
  CHECK(world.store.data().requests.size() == 1);
}

TEST_CASE("what cannot be opened undoes nothing and is told with its reason") {
  const auto [first, then, reason] = GENERATE(table<std::string, std::string, Text>({
      {departure, "",
       Text{"“arrival”未能发起：没有这种业务", "\"arrival\" could not be opened: There is no such workflow"}},
      {departure, with(arrival, "version: 1", "version: 1\nretired: true"),
       Text{"“到校”未能发起：", "\"Arrival\" could not be opened: "}},
      {departure, with(arrival, "student.status == \"left\"", "student.status == \"abroad\""),
       Text{"“到校”未能发起：须由离校发起", "\"Arrival\" could not be opened: Opened by a departure only"}},
      {with(departure, "by: registrar at student.school\n          fields",
            "by: head at student.school\n          fields"),
       arrival,
       Text{"“到校”未能发起：此项业务不由「school」",
            "\"Arrival\" could not be opened: It is not opened for this student by"}},
      {with(departure, "ground: moved", "ground: fled"), arrival,
       Text{"“到校”未能发起：", "\"Arrival\" could not be opened: "}},
  }));
  World world;
  serve(world, first, then);
  const RequestId ended = begun(world);
  const Committed done = world.done(act(ended, "approve", head()));
  CHECK(done.request.outcome == Outcome::completed);
  CHECK_FALSE(done.student.open_request);
  CHECK(done.student.status == StudentStatus::left);
  const FakeData data = world.store.data();
  CHECK(data.requests.size() == 1);
  CHECK(acts_of(data, ended) == std::vector<std::string>{"open", "submit", "approve", "not_opened"});
  const auto said = of_two_lines(last_entry(data, ended).comment);
  REQUIRE(said);
  CAPTURE(said->zh, said->en);
  CHECK(said->zh.starts_with(reason.zh));
  CHECK(said->en.starts_with(reason.en));
  CHECK(told(world, ended, "not_opened") ==
        std::vector<std::pair<std::string, Holder>>{{"not_opened", Holder{school, Role::head}}});
}

TEST_CASE("whoever submits what an end opened is bound by it, and its post is its initiator") {
  World world;
  serve(world, departure, arrival);
  const RequestId opened = world.done(act(begun(world), "approve", head())).student.open_request;
  Caller both = registrar();
  both.posts.push_back(head().posts.front());
  both.posts.back().account = both.account;
  world.done(act(opened, "submit", both));
  CHECK(world.refused(act(opened, "approve", both)).kind == RefusalKind::separation_of_duties);
  world.done(act(opened, "reject", head()));
  CHECK(told(world, opened, "rejected") ==
        std::vector<std::pair<std::string, Holder>>{{"rejected", Holder{school, Role::registrar}}});
}

TEST_CASE("an act that can be undone opens nothing before it is done") {
  World world;
  serve(world, departure, arrival);
  const RequestId ended = begun(world);
  Command approve = keyed(act(ended, "approve", head()), "k");
  approve.undoable_for = std::chrono::seconds(5);
  CHECK(world.done(approve).student.open_request == ended);
  CHECK(world.store.data().requests.size() == 1);
  world.store.meddle([](FakeData& data) { data.claimers[head().account] = head().posts; });
  world.clock.advance(std::chrono::seconds(6));
  const Committed done = world.done({CarryOut{ended}, {}, {}, {}});
  CHECK(done.request.outcome == Outcome::completed);
  CHECK(world.store.data().requests.size() == 2);
}
