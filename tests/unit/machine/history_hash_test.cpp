// The chain of hashes: docs/formats/history-hash.md.
#include "engine/machine/history_hash.hpp"
#include "tests/catch.hpp"

#include <functional>
#include <set>
#include <stdexcept>

#include "engine/machine/submission_hash.hpp"

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
  CHECK(history_hash(1, "", RequestId{7}, StudentId{9}, example) ==
        "e434b7fabd7838113c3f938770bcaffa21fe1aba1b4541bdaf4ee6bc4e105cef");
  Submission submission;
  submission.ordinal = submission.round = 1;
  submission.fields = {{"new_name", "张叁"}};
  submission.before = {{"new_name", "张三"}};
  submission.evidence = {{std::string(64, 'a'), "household_register", "户口簿.jpg", "image/jpeg", 5}};
  example.based_on = pinned(submission);
  CHECK(example.based_on.form == "c78b9f4812eb9c9fdbfa5be48a55472eb1f77c93825be1831c96b0e0d17246f1");
  CHECK(example.based_on.evidence == "84a490e27e1ca3cc00385c25a95ab573a6add50fc9bd5caae89e04a98a07911e");
  CHECK(history_hash(2, "", RequestId{7}, StudentId{9}, example) ==
        "45b7b6f17fd3b76ab5eeb41e7b476c69adf3a71747a65df0c2a8e77e64777f30");
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
  const std::vector<std::function<void(HistoryDraft&)>> later{[](HistoryDraft& e) { e.based_on.form = "ab"; },
                                                              [](HistoryDraft& e) { e.based_on.evidence = "ab"; }};
  std::set<std::string> hashes;
  std::size_t expected = 0;
  const auto add = [&](int format, std::string_view previous, std::int64_t request, std::int64_t student,
                       const std::function<void(HistoryDraft&)>& change) {
    HistoryDraft changed = entry();
    change(changed);
    hashes.insert(history_hash(format, previous, RequestId{request}, StudentId{student}, changed));
    ++expected;
  };
  const auto nothing = changes.front();
  for (const int format : {1, 2}) {
    for (const auto& change : changes) add(format, "", 7, 9, change);
    add(format, "0", 7, 9, nothing);
    add(format, "", 8, 9, nothing);
    add(format, "", 7, 8, nothing);
  }
  for (const auto& change : later) add(2, "", 7, 9, change);
  CHECK(hashes.size() == expected);
  CHECK_THROWS_AS(history_hash(3, "", RequestId{7}, StudentId{9}, entry()), std::invalid_argument);
}
