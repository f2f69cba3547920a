// The chain of hashes: docs/formats/history-hash.md.
#include "engine/machine/history_hash.hpp"
#include "tests/catch.hpp"

#include <functional>
#include <set>

using namespace xueji;

namespace {

HistoryDraft entry() {
  HistoryDraft result;
  result.by = AccountId{3};
  result.as = Holder{OfficeId{11}, Role::registrar};
  result.action = "open";
  result.to = "draft";
  result.recorded_at = result.effective_at =
      *parse_rfc3339("2026-09-01T00:00:00Z") + std::chrono::hours(21) + std::chrono::minutes(20);
  return result;
}

}  // namespace

TEST_CASE("the hash is the one of the format's example, computed by another program") {
  HistoryDraft example = entry();
  example.recorded_at = example.effective_at = Instant(std::chrono::microseconds(1788224400000000));
  CHECK(history_hash("", RequestId{7}, StudentId{9}, example) ==
        "e434b7fabd7838113c3f938770bcaffa21fe1aba1b4541bdaf4ee6bc4e105cef");
}

TEST_CASE("changing any member of an entry, or the entry before, changes the hash") {
  const std::vector<std::function<void(HistoryDraft&)>> changes{
      [](HistoryDraft&) {},
      [](HistoryDraft& e) { e.by = {}; },
      [](HistoryDraft& e) { e.as.reset(); },
      [](HistoryDraft& e) { e.as->office = OfficeId{12}; },
      [](HistoryDraft& e) { e.as->role = Role::head; },
      [](HistoryDraft& e) { e.action = "edit"; },
      [](HistoryDraft& e) { e.from = "draft"; },
      [](HistoryDraft& e) { e.to = "head_review"; },
      [](HistoryDraft& e) { e.comment = "x"; },
      [](HistoryDraft& e) { e.recorded_at += std::chrono::microseconds(1); },
      [](HistoryDraft& e) { e.effective_at += std::chrono::microseconds(1); },
      [](HistoryDraft& e) { e.changes = {{"name", "a", "b"}}; },
      [](HistoryDraft& e) { e.changes = {{"name", "ab", ""}}; },
      [](HistoryDraft& e) { e.changes = {{"name", "", "ab"}}; }};
  std::set<std::string> hashes;
  for (const auto& change : changes) {
    HistoryDraft changed = entry();
    change(changed);
    hashes.insert(history_hash("", RequestId{7}, StudentId{9}, changed));
  }
  hashes.insert(history_hash("0", RequestId{7}, StudentId{9}, entry()));
  hashes.insert(history_hash("", RequestId{8}, StudentId{9}, entry()));
  hashes.insert(history_hash("", RequestId{7}, StudentId{8}, entry()));
  CHECK(hashes.size() == changes.size() + 3);
}
