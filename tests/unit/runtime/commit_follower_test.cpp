// Own commits as they happen and those of other programs when it looks: each told once, in the order of ids.
#include "engine/runtime/commit_follower.hpp"
#include "tests/catch.hpp"

#include "tests/unit/runtime/fake_queries.hpp"

using namespace xueji;
using namespace xueji::testing;

namespace {

OutboxRow row(std::int64_t id, std::int64_t entries = 1) {
  OutboxRow made;
  made.id = HistoryId{id};
  made.first = HistoryId{id - entries + 1};
  return made;
}

/// What is committed, whoever did it.
class CommittedQueries : public FakeQueries {
 public:
  using FakeQueries::FakeQueries;
  std::vector<OutboxRow> rows;
  int asked = 0;
  std::vector<OutboxRow> outbox(HistoryId after, std::size_t limit) override {
    ++asked;
    std::vector<OutboxRow> found;
    for (const OutboxRow& each : rows)
      if (each.id > after && found.size() < limit) found.push_back(each);
    return found;
  }
  HistoryId newest_history() override { return rows.empty() ? HistoryId{} : rows.back().id; }
};

class Heard : public EventSink {
 public:
  std::vector<std::int64_t> ids;
  void committed(std::span<const OutboxRow> rows) override {
    for (const OutboxRow& each : rows) ids.push_back(each.id.value);
  }
};

struct Following {
  FakeStore store;
  CommittedQueries queries{store};
  Heard heard;
  CommitFollower follower{queries, heard, HistoryId{10}};
  using Ids = std::vector<std::int64_t>;

  void others(const OutboxRow& made) { queries.rows.push_back(made); }
  void own(std::vector<OutboxRow> made) {
    queries.rows.insert(queries.rows.end(), made.begin(), made.end());
    follower.committed(made);
  }
};

}  // namespace

TEST_CASE("own commits are told at once, without a question to the store") {
  Following following;
  following.own({row(11), row(13, 2)});
  following.own({row(14)});
  CHECK(following.heard.ids == Following::Ids{11, 13, 14});
  CHECK(following.queries.asked == 0);
  following.follower.catch_up();
  CHECK(following.heard.ids.size() == 3);
}

TEST_CASE("what others committed before an own commit is told before it") {
  Following following;
  following.others(row(12, 2));
  following.others(row(13));
  following.own({row(14)});
  CHECK(following.heard.ids == Following::Ids{12, 13, 14});
}

TEST_CASE("what others committed is told when it looks, and not again with the next own commit") {
  Following following;
  for (std::int64_t id = 11; id <= 2511; ++id) following.others(row(id));
  following.follower.catch_up();
  CHECK(following.heard.ids.size() == 2501);
  following.own({row(2512)});
  CHECK(following.heard.ids.back() == 2512);
  CHECK(following.heard.ids.size() == 2502);
}

TEST_CASE("an own commit that a look has told already is not told twice") {
  Following following;
  following.queries.rows = {row(11), row(12)};
  following.follower.catch_up();
  following.follower.committed(following.queries.rows);
  CHECK(following.heard.ids == Following::Ids{11, 12});
}
