// What is pending is kept with the request, is told in the order of the history, and ends with one write.
#include "engine/ports/evidence_ledger.hpp"
#include "tests/catch.hpp"
#include "tests/contract/store/fixture.hpp"

using namespace xueji;
using namespace xueji::store_test;
using namespace std::chrono_literals;

namespace {

const std::string uploaded_scan(64, '9');

Write unchanged(const Request& request, Instant when) {
  Write write;
  write.decision.request = request;
  write.decision.replaces = request.version;
  write.told_aside = when;
  write.concerned = {school};
  return write;
}

PendingAct approval(const Request& request, Instant until) {
  Perform what;
  what.request = request.id;
  what.action = "approve";
  what.comment = "同意";
  what.fields = FieldValues{{"new_name", "李四"}};
  what.evidence = std::vector<EvidenceReference>{{"certification", uploaded_scan}};
  what.task = tasks_of(request).front().id;
  return {request.id, head, std::move(what), "head_review", until};
}

Write holding(const Request& request, Instant when, const std::string& key = "k") {
  Write write = unchanged(request, when);
  write.decision.holds = approval(request, when + 10s);
  write.key = IdempotencyKey{head, key, "f"};
  return write;
}

Write undoing(const Request& request, Instant when) {
  Write write = unchanged(request, when);
  write.decision.ends_pending = true;
  return write;
}

Batch batch_of(Store& store, RequestId request, const std::string& key = "k") {
  return store.begin()->load({{request}, {}, {{head, key, ""}}, {}});
}

}  // namespace

TEST_CASE("a pending act is read as it was asked for, with its officer's posts and uploads") {
  Registry registry;
  registry.database->evidence().add({uploaded_scan, head, "scan.jpg", "image/jpeg", 1000, at(0)});
  const Request request = open_request(registry, StudentId{1});
  const auto written = commit(registry.store(), {holding(request, at(1))});
  CHECK(written.front().undo_event.value == registry.queries().newest_history().value);

  const Batch batch = batch_of(registry.store(), request.id);
  REQUIRE(batch.pending.contains(request.id));
  const PendingAct& act = batch.pending.at(request.id);
  CHECK(act.by == head);
  CHECK(act.from == "head_review");
  CHECK(act.until == at(1) + 10s);
  CHECK(act.what.action == "approve");
  CHECK(act.what.comment == "同意");
  CHECK(act.what.fields == FieldValues{{"new_name", "李四"}});
  REQUIRE(act.what.evidence);
  CHECK(act.what.evidence->front().sha256 == uploaded_scan);
  CHECK(act.what.task == tasks_of(request).front().id);
  CHECK(batch.uploads.contains(upload_text(head, uploaded_scan)));
  CHECK_FALSE(batch.claimers.at(head).empty());
  CHECK(batch.requests.at(request.id) == request);
  CHECK(batch.keys.at(key_text(head, "k")).undo_until == at(1) + 10s);
}

TEST_CASE("it is due at its end, also for another server, and no more once it has ended") {
  Registry registry;
  const Request request = open_request(registry, StudentId{1});
  commit(registry.store(), {holding(request, at(1))});
  registry.reopen();
  CHECK(registry.store().due_acts(at(1) + 9s, 10).empty());
  REQUIRE(registry.store().due_acts(at(1) + 10s, 10).size() == 1);
  CHECK(registry.store().due_acts(at(1) + 10s, 10).front().request == request.id);
  CHECK(registry.store().due_acts(at(-60), 10).size() == 1);
  commit(registry.store(), {undoing(request, at(2))});
  CHECK(registry.store().due_acts(at(60), 10).empty());
  const Batch batch = batch_of(registry.store(), request.id);
  CHECK(batch.pending.empty());
  CHECK(batch.keys.at(key_text(head, "k")).undo_until == at(1) + 10s);
}

TEST_CASE("of several changes in one transaction the last holds") {
  Registry registry;
  const Request request = open_request(registry, StudentId{1});
  commit(registry.store(), {holding(request, at(1), "a"), undoing(request, at(1)), holding(request, at(2), "b")});
  CHECK(batch_of(registry.store(), request.id).pending.at(request.id).until == at(2) + 10s);
  commit(registry.store(), {holding(request, at(3), "c"), undoing(request, at(3))});
  CHECK(batch_of(registry.store(), request.id).pending.empty());
}

TEST_CASE("it is shown with the request and its tasks") {
  Registry registry;
  const Request request = open_request(registry, StudentId{1});
  commit(registry.store(), {holding(request, at(1))});
  const auto row = registry.queries().request(request.id);
  REQUIRE(row->pending);
  CHECK(row->pending->act.what.action == "approve");
  CHECK(row->pending->act.until == at(1) + 10s);
  CHECK_FALSE(row->pending->by_username.empty());
  TaskFilter filter;
  filter.queues = {{school, Role::head}};
  const auto tasks = registry.queries().tasks(filter, {});
  REQUIRE(tasks.items.size() == 1);
  CHECK(tasks.items.front().pending);
  CHECK(tasks.items.front().suspect.empty());
}

TEST_CASE("what is told beside the history stands in its order, and numbers are never given twice") {
  Registry registry;
  const Request request = open_request(registry, StudentId{1});
  const auto opened = registry.queries().newest_history();
  const auto held = commit(registry.store(), {holding(request, at(1))}).front();
  const auto undone = commit(registry.store(), {undoing(request, at(2))}).front();
  registry.reopen();
  const auto moved =
      commit(registry.store(), {moving(request, "approve", "county_review", {county, Role::reviewer}, at(3))}).front();
  CHECK(held.undo_event.value == opened.value + 1);
  CHECK(undone.undo_event.value == opened.value + 2);
  CHECK(moved.history.front().value == opened.value + 3);
  const auto rows = registry.queries().outbox(opened, 10);
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].action == "pending");
  CHECK(rows[0].version == request.version);
  CHECK(rows[0].concerned == std::vector<OfficeId>{school});
  CHECK(rows[1].action == "undo");
  CHECK(rows[2].id == moved.history.front());
  CHECK(registry.queries().outbox(opened, 2).back().id == undone.undo_event);
  CHECK(registry.queries().request_history(request.id, {}).items.size() == 3);
}

TEST_CASE("whoever was passed over reads why, in their inbox") {
  Registry registry;
  const Request request = open_request(registry, StudentId{1});
  commit(registry.store(), {holding(request, at(1))});
  Write write = undoing(request, at(2));
  write.decision.undone = Undone{head, {"未办理", "not done"}};
  const auto written = commit(registry.store(), {write}).front();
  const auto inbox = registry.queries().notifications({{school}}, {head, {}, {}, false}, {});
  REQUIRE(inbox.items.size() == 1);
  CHECK(inbox.items.front().id == written.undone);
  CHECK(inbox.items.front().kind == "undone");
  CHECK(inbox.items.front().at == at(2));
  CHECK(inbox.items.front().reason == Text{"未办理", "not done"});
  const auto told = registry.queries().outbox(HistoryId{written.undo_event.value - 1}, 1);
  REQUIRE(told.size() == 1);
  REQUIRE(told.front().told.size() == 1);
  CHECK(told.front().told.front().account == head);
}

TEST_CASE("a scan that a pending act brings is not swept") {
  Registry registry;
  auto& evidence = registry.database->evidence();
  evidence.add({uploaded_scan, head, "scan.jpg", "image/jpeg", 1000, at(0)});
  const Request request = open_request(registry, StudentId{1});
  commit(registry.store(), {holding(request, at(1))});
  CHECK(evidence.unreferenced(at(600), 10).empty());
  CHECK_FALSE(evidence.remove_unreferenced(uploaded_scan, at(600)));
  commit(registry.store(), {undoing(request, at(2))});
  CHECK(evidence.unreferenced(at(600), 10) == std::vector<std::string>{uploaded_scan});
  CHECK(evidence.remove_unreferenced(uploaded_scan, at(600)));
}

TEST_CASE("keys of long ago and what was told then are forgotten, reasons are not") {
  Registry registry;
  const Request request = open_request(registry, StudentId{1});
  commit(registry.store(), {holding(request, at(1), "old")});
  Write dropped = undoing(request, at(2));
  dropped.decision.undone = Undone{head, {"未办理", "not done"}};
  commit(registry.store(), {dropped});
  constexpr int month = 31 * 24 * 60;
  commit(registry.store(), {holding(request, at(month), "new")});
  CHECK_FALSE(batch_of(registry.store(), request.id, "old").keys.contains(key_text(head, "old")));
  CHECK(batch_of(registry.store(), request.id, "new").keys.contains(key_text(head, "new")));
  CHECK(registry.queries().outbox(HistoryId{}, 10).size() == 3);
  CHECK(registry.queries().notifications({{school}}, {head, {}, {}, false}, {}).items.front().reason.en == "not done");
}
