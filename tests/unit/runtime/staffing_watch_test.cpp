// Whatever leaves a task without a decider is noticed, and whoever stands in is named, while nobody waits for it.
#include "engine/runtime/staffing_watch.hpp"

#include "engine/runtime/staffing.hpp"
#include "tests/catch.hpp"
#include "tests/unit/runtime/fake_accounts.hpp"
#include "tests/unit/runtime/fake_queries.hpp"
#include "tests/unit/runtime/world.hpp"

using namespace xueji;
using namespace xueji::testing;
using namespace std::chrono_literals;

namespace {

constexpr AccountId head_account{11}, province_reviewer{31};

/// The world's people with their posts, beside one above them: the reviewer of the province.
struct Staffed {
  Staffed() {
    for (const Caller& caller : {registrar(), head(), reviewer(), approver(), person(31, Role::reviewer, province)}) {
      Account account;
      account.id = caller.account;
      account.username = caller.username;
      accounts.add(account);
      for (Post post : caller.posts) {
        post.id = PostId{caller.account.value};
        accounts.add_post(post);
      }
    }
  }
  StaffingWatchOptions quick() const {
    StaffingWatchOptions options;
    options.poll = 1ms;
    return options;
  }
  /// What the server's listener does: the watch hears of what was committed.
  void tell() {
    const auto rows = world.sink.rows();
    watch.committed({rows.data() + told, rows.size() - told});
    told = rows.size();
  }
  void wait_for_stand_in(RequestId id, std::optional<Holder> who) {
    world.store.wait_until([&](const FakeData& data) {
      const auto& mark = data.requests.at(id).token.undecidable;
      return mark && mark->stand_in == who;
    });
  }
  void wait_until_given_back(RequestId id) {
    world.store.wait_until([&](const FakeData& data) { return !data.requests.at(id).token.undecidable; });
  }

  World world;
  FakeQueries queries{world.store};
  FakeAccounts accounts;
  RequestId early = world.done(open_name_change(StudentId{1}, "张叁")).request.id;
  StaffingWatch watch{queries, accounts, world.clock, world.rooms, world.runtime, quick()};
  std::size_t told = 0;
};

const Holder by_county{county, Role::reviewer}, by_province{province, Role::reviewer};

}  // namespace

TEST_CASE("an account that is shut out leaves its tasks to the office above, until it is let in again") {
  Staffed staffed;
  staffed.accounts.set_disabled(head_account, true, {});
  staffed.wait_for_stand_in(staffed.early, by_county);
  staffed.accounts.set_disabled(AccountId{12}, true, {});
  staffed.wait_for_stand_in(staffed.early, by_province);
  staffed.accounts.set_disabled(province_reviewer, true, {});
  staffed.wait_for_stand_in(staffed.early, std::nullopt);
  CHECK(staffed.world.store.data().history.back().entry.action == "undecidable");
  staffed.accounts.set_disabled(head_account, false, {});
  staffed.wait_until_given_back(staffed.early);
}

TEST_CASE("a request that comes to a vacant post is handed on") {
  Staffed staffed;
  staffed.accounts.remove_post(PostId{12}, {});
  staffed.world.done(act(staffed.early, "approve", head()));
  staffed.tell();
  staffed.wait_for_stand_in(staffed.early, by_province);
  const auto data = staffed.world.store.data();
  CHECK(data.requests.at(staffed.early).token.holder == by_county);
  CHECK(data.history.back().entry.action == "stand_in");
}

TEST_CASE("a post that runs out and one that begins are noticed at their time") {
  Staffed staffed;
  const Instant now = staffed.world.clock.now();
  staffed.accounts.remove_post(PostId{head_account.value});
  staffed.wait_for_stand_in(staffed.early, by_county);
  staffed.accounts.add_post({{}, head_account, school, Role::head, {}, {}, now + 1h, now + 2h});
  staffed.world.clock.advance(90min);
  staffed.wait_until_given_back(staffed.early);
  staffed.world.clock.advance(60min);
  staffed.wait_for_stand_in(staffed.early, by_county);
}

TEST_CASE("what is vacant at the start is found, and a clock set back hides nothing") {
  Staffed staffed;
  staffed.watch.stop();
  staffed.accounts.set_disabled(head_account, true, {});
  StaffingWatch next{staffed.queries,     staffed.accounts,      staffed.world.clock,
                     staffed.world.rooms, staffed.world.runtime, staffed.quick()};
  staffed.wait_for_stand_in(staffed.early, by_county);
  staffed.world.clock.advance(-48h);
  staffed.accounts.set_disabled(head_account, false, {});
  staffed.wait_until_given_back(staffed.early);
}

TEST_CASE("a database that can't be asked is asked again") {
  Staffed staffed;
  staffed.accounts.is_down = true;
  staffed.world.done(act(staffed.early, "approve", head()));
  staffed.tell();
  staffed.accounts.is_down = false;
  staffed.accounts.remove_post(PostId{12}, {});
  staffed.wait_for_stand_in(staffed.early, by_province);
}

TEST_CASE("taking a post says beforehand which tasks it leaves, and who would stand in") {
  Staffed staffed;
  const auto around = surroundings_of(staffed.world.rooms, staffed.world.clock.now());
  const auto without = [&](AccountId account) {
    return left_behind(staffed.queries, staffed.accounts, around, staffed.accounts.posts(account), 10);
  };
  const auto left = without(head_account);
  REQUIRE(left.size() == 1);
  CHECK(left[0].request.id == staffed.early);
  CHECK(left[0].request.token.undecidable == Undecidable{Lack::vacant, around.now, by_county});
  CHECK(without(AccountId{12}).empty());

  const PostId second = staffed.accounts.add_post({{}, AccountId{13}, school, Role::head, {}, {}, {}, {}});
  CHECK(without(head_account).empty());
  staffed.accounts.remove_post(second);
  // A loan goes with the post that it is of.
  const PostId lent = staffed.accounts.add_post(
      {{}, AccountId{13}, school, Role::head, head_account, "head", {}, {}, PostId{head_account.value}});
  CHECK(without(head_account).size() == 1);
  staffed.accounts.remove_post(lent);
  staffed.accounts.add_post({{}, registrar().account, school, Role::head, {}, {}, {}, {}});
  CHECK(without(head_account).at(0).request.token.undecidable->why == Lack::separated);

  staffed.accounts.remove_post(PostId{head_account.value});
  staffed.wait_for_stand_in(staffed.early, by_county);
  const auto stand_in = without(AccountId{12});
  REQUIRE(stand_in.size() == 1);
  CHECK(stand_in[0].request.token.undecidable->stand_in == by_province);
}
