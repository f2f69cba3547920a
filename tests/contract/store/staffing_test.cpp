// Tasks that nobody can decide: found at once among all, and what changes about who holds which post.
#include "tests/catch.hpp"
#include "tests/contract/store/fixture.hpp"

using namespace xueji;
using namespace xueji::store_test;

namespace {

const Scope the_nation{{ministry}};
const Holder school_head{school, Role::head}, county_reviewer{county, Role::reviewer};

Write marking(const Request& before, std::optional<Undecidable> mark, Instant when) {
  auto write = moving(before, "stand_in", before.token.state, before.token.holder, when);
  write.decision.request.token = before.token;
  write.decision.request.token.undecidable = mark;
  if (mark && mark->stand_in) escalate(write.decision.request.token, *mark->stand_in);
  give_numbers(write.decision.request);
  return write;
}

std::vector<RequestId> ids_of(const std::vector<UndecidableRow>& rows) {
  std::vector<RequestId> ids;
  for (const auto& row : rows) ids.push_back(row.request.id);
  return ids;
}

std::vector<PostId> ids_of(const std::vector<Post>& posts) {
  std::vector<PostId> ids;
  for (const auto& post : posts) ids.push_back(post.id);
  return ids;
}

}  // namespace

TEST_CASE("a mark is kept with its task, listed longest first within a jurisdiction, and goes when the task moves") {
  Registry registry;
  auto& queries = registry.queries();
  const auto late = open_request(registry, StudentId{1});
  const auto early = open_request(registry, StudentId{3}, second_school);
  const auto far = open_request(registry, StudentId{4}, far_school);
  CHECK(queries.undecidable(the_nation, {}).items.empty());
  const Undecidable with_stand_in{Lack::separated, at(9), county_reviewer}, without{Lack::vacant, at(5), std::nullopt};
  commit(registry.store(), {marking(late, with_stand_in, at(9)), marking(early, without, at(9))});
  commit(registry.store(), {marking(far, Undecidable{Lack::vacant, at(7), std::nullopt}, at(9))});
  CHECK(queries.count_undecidable() == 3);

  const auto all = queries.undecidable(the_nation, {}).items;
  CHECK(ids_of(all) == std::vector<RequestId>{early.id, far.id, late.id});
  CHECK(all[0].id == tasks_of(early).at(0).id);
  CHECK(all[0].request.token.undecidable == without);
  CHECK(all[2].request.token.undecidable == with_stand_in);
  CHECK(ids_of(queries.undecidable({{county}}, {}).items) == std::vector<RequestId>{early.id, late.id});
  CHECK(queries.undecidable({}, {}).items.empty());
  const auto first = queries.undecidable(the_nation, {2, {}});
  REQUIRE(first.next);
  CHECK(ids_of(queries.undecidable(the_nation, {2, first.next}).items) == std::vector<RequestId>{late.id});
  CHECK_THROWS_AS(queries.undecidable(the_nation, {2, "1.2"}), BadCursor);

  registry.reopen();
  CHECK(registry.queries().count_undecidable() == 3);
  auto decided = moving(all[2].request, "approve", "county_review", county_reviewer, at(10));
  decided.decision.request.token.undecidable.reset();
  auto given_back = marking(all[0].request, std::nullopt, at(10));
  given_back.decision.history.clear();
  given_back.decision.request.version = *given_back.decision.replaces;
  commit(registry.store(), {decided, given_back, ending(all[1].request, {}, at(10))});
  CHECK(registry.queries().count_undecidable() == 0);
  CHECK_FALSE(registry.queries().request(early.id)->request.token.undecidable);
}

TEST_CASE("requests are had by their ids, and open ones in their order") {
  Registry registry;
  const auto one = open_request(registry, StudentId{1});
  const auto two = open_request(registry, StudentId{2});
  const auto three = open_request(registry, StudentId{3}, second_school);
  commit(registry.store(), {ending(two, {}, at(1))});
  auto& queries = registry.queries();
  CHECK(queries.open_requests({}, 10) == std::vector<RequestId>{one.id, three.id});
  CHECK(queries.open_requests(one.id, 10) == std::vector<RequestId>{three.id});
  CHECK(queries.open_requests({}, 1) == std::vector<RequestId>{one.id});
  const auto found = queries.requests_with({three.id, RequestId{99}, one.id});
  REQUIRE(found.size() == 2);
  CHECK((found[0] == one || found[1] == one));
  CHECK(queries.requests_with({}).empty());
}

TEST_CASE("the posts of a queue: of those who are not shut out, with those that begin later or have ended") {
  Registry registry;
  auto& accounts = registry.database->accounts();
  const auto heads = accounts.posts_of({school_head});
  REQUIRE(heads.size() == 1);
  CHECK(heads[0].account == head);
  CHECK(accounts.posts_of({school_head, county_reviewer}).size() == 2);
  CHECK(accounts.posts_of({{school, Role::reviewer}, {far_school, Role::head}}).empty());
  CHECK(accounts.posts_of({}).empty());
  const PostId lent = accounts.add_post({{}, registrar, school, Role::head, head, "", at(1), at(2)});
  CHECK(ids_of(accounts.posts_of({school_head})) == std::vector<PostId>{heads[0].id, lent});
  accounts.set_disabled(head, true);
  CHECK(accounts.posts_of({school_head}).empty());
}

TEST_CASE("what changes about who holds which post is told in its order") {
  Registry registry;
  auto& accounts = registry.database->accounts();
  const auto before = accounts.newest_staffing_change();
  CHECK(accounts.staffing_since(before).changed.empty());
  CHECK(accounts.staffing_since(before).number == before);
  const PostId post = accounts.add_post({{}, reviewer, school, Role::head, {}, "", {}, {}});
  accounts.set_disabled(registrar, true);
  accounts.remove_post(post);
  accounts.remove_post(post);
  registry.reopen();
  const auto since = registry.database->accounts().staffing_since(before);
  CHECK(since.changed == std::vector<Holder>{school_head, {school, Role::registrar}, school_head});
  CHECK(since.number == registry.database->accounts().newest_staffing_change());
  CHECK(registry.database->accounts().staffing_since(since.number).changed.empty());
}

TEST_CASE("posts that begin or end by themselves turn once") {
  Registry registry;
  auto& accounts = registry.database->accounts();
  accounts.add_post({{}, registrar, school, Role::head, head, "", at(10), at(20)});
  CHECK(accounts.posts_turning(at(0), at(9)).empty());
  CHECK(accounts.posts_turning(at(9), at(10)) == std::vector<Holder>{school_head});
  CHECK(accounts.posts_turning(at(10), at(19)).empty());
  CHECK(accounts.posts_turning(at(19), at(20)) == std::vector<Holder>{school_head});
  CHECK(accounts.posts_turning(at(0), at(30)).size() == 2);
}
