#include <tuple>

#include "engine/base/sha256.hpp"
#include "tests/catch.hpp"
#include "tests/contract/store/fixture.hpp"

using namespace xueji;
using namespace xueji::store_test;

TEST_CASE("accounts are added once per name and found by name and id") {
  Registry registry;
  auto& accounts = registry.database->accounts();
  const auto id = accounts.add({{}, "new.one", "新人", Language::en, "secret-hash", false, 0, {}});
  CHECK(accounts.by_username("new.one")->id == id);
  CHECK(accounts.by_id(id)->password_hash == "secret-hash");
  CHECK(accounts.by_id(id)->language == Language::en);
  CHECK_FALSE(accounts.by_username("New.one"));
  CHECK_FALSE(accounts.by_id(AccountId{99}));
  CHECK_THROWS_AS(accounts.add({{}, "new.one", "x", Language::zh, "y", false, 0, {}}), std::invalid_argument);
}

TEST_CASE("failures, locks, passwords and disabling are kept") {
  Registry registry;
  auto& accounts = registry.database->accounts();
  accounts.set_password(head, "other", true, {});
  accounts.record_failure(head, 4, at(5));
  accounts.set_disabled(head, true);
  registry.reopen();
  const auto account = registry.database->accounts().by_id(head);
  CHECK(account->failures == 4);
  CHECK(account->locked_until == at(5));
  CHECK(account->disabled);
  CHECK(account->password_hash == "other");
  CHECK(account->must_change_password);
  registry.database->accounts().record_failure(head, 0, {});
  CHECK_FALSE(registry.database->accounts().by_id(head)->locked_until);
}

TEST_CASE("posts, lent ones with their lender and time") {
  Registry registry;
  auto& accounts = registry.database->accounts();
  Post lent{{}, registrar, school, Role::head, head, "", at(1), at(2)};
  lent.id = accounts.add_post(lent);
  lent.delegated_from_username = "head";
  lent.source = accounts.posts(head)[0].id;
  REQUIRE(accounts.posts(registrar).size() == 2);
  CHECK(accounts.posts(registrar)[1] == lent);
  accounts.remove_post(lent.id);
  CHECK(accounts.posts(registrar).size() == 1);
}

TEST_CASE("a lent post ends with the post that it was lent from and with its lender, and is never longer") {
  Registry registry;
  auto& accounts = registry.database->accounts();
  const PostId source = accounts.add_post({{}, head, county, Role::approver, {}, "", at(5), at(20)});
  const PostId lent = accounts.add_post({{}, registrar, county, Role::approver, head, "", at(1), at(30)});
  const auto held = [&] {
    auto posts = accounts.posts(registrar);
    std::erase_if(posts, [&](const Post& post) { return post.id != lent; });
    return posts;
  };
  REQUIRE(held().size() == 1);
  CHECK(held()[0].from == at(5));
  CHECK(held()[0].until == at(20));
  CHECK(accounts.posts_of({{county, Role::approver}}).size() == 2);
  CHECK(accounts.borrowers(head) == std::vector{registrar});

  accounts.set_disabled(head, true);
  CHECK(held().empty());
  CHECK(accounts.posts_of({{county, Role::approver}}).empty());
  CHECK(accounts.borrowers(head).empty());
  accounts.set_disabled(head, false);
  CHECK(held().empty());
  CHECK(accounts.posts_of({{county, Role::approver}}).size() == 1);

  const PostId again = accounts.add_post({{}, registrar, county, Role::approver, head, "", at(1), at(30)});
  accounts.set_disabled(head, false);
  CHECK(accounts.borrowers(head) == std::vector{registrar});
  AuditLine line;
  line.at = at(6);
  line.action = AuditAction::post_taken;
  line.actor = reviewer;
  line.account = head;
  accounts.remove_post(source, {line});
  const auto told = registry.database->audit_trail().lines({}, {registrar, {}, {}, {}}, 0, 10);
  REQUIRE(told.size() == 1);
  CHECK(told[0].line.action == AuditAction::loan_taken_back);
  CHECK(told[0].line.actor == reviewer);
  CHECK(told[0].line.post == again);
  CHECK(accounts.posts_of({{county, Role::approver}}).empty());
  CHECK(accounts.borrowers(head).empty());
  CHECK_THROWS_AS(accounts.add_post({{}, registrar, county, Role::approver, head, "", {}, at(30)}),
                  std::invalid_argument);
}

TEST_CASE("a proposed post is no post until it is confirmed, under the number that it was proposed with") {
  Registry registry;
  auto& accounts = registry.database->accounts();
  const Post post{{}, registrar, county, Role::approver, {}, "", {}, at(20)};
  const PostId id = accounts.propose_post({post, head, at(1)});
  CHECK(accounts.posts(registrar).size() == 1);
  CHECK(accounts.posts_of({{county, Role::approver}}).empty());
  REQUIRE(accounts.proposals(registrar).size() == 1);
  CHECK(accounts.proposals(registrar)[0].post.until == at(20));
  CHECK(accounts.proposals(registrar)[0].by_username == "head");
  CHECK(accounts.proposals_within({ministry}, {}, 10).size() == 1);
  CHECK(accounts.proposals_within({school}, {}, 10).empty());
  CHECK(accounts.proposals_within({ministry}, id, 10).empty());
  const PostId other = accounts.propose_post({post, head, at(1)});
  CHECK(other != id);
  CHECK(accounts.add_post({{}, registrar, county, Role::reviewer, {}, "", {}, {}}).value > other.value);

  CHECK(accounts.confirm_post(id));
  CHECK_FALSE(accounts.confirm_post(id));
  CHECK(accounts.posts_of({{county, Role::approver}})[0].id == id);
  CHECK(accounts.withdraw_proposal(other));
  CHECK_FALSE(accounts.withdraw_proposal(other));
  CHECK(accounts.proposals(registrar).empty());
  CHECK_FALSE(accounts.confirm_post(other));
}

TEST_CASE("what changes an account writes the audit trail, which is cut to offices, accounts, actions and times") {
  Registry registry;
  auto& accounts = registry.database->accounts();
  auto& trail = registry.database->audit_trail();
  const auto line = [](AuditAction action, AccountId actor, AccountId account, int moment) {
    AuditLine made;
    made.at = at(moment);
    made.action = action;
    made.actor = actor;
    made.account = account;
    return made;
  };
  accounts.set_disabled(head, true, {line(AuditAction::account_disabled, reviewer, head, 1)});
  accounts.set_disabled(head, false, {line(AuditAction::account_enabled, reviewer, head, 2)});
  AuditLine once = line(AuditAction::record_looked_at, reviewer, reviewer, 3);
  once.record = "students/1";
  once.once = "7 students/1 2026-11-29";
  trail.add({once, once});
  trail.add({once, line(AuditAction::sign_in_failed, {}, {}, 4)});
  const auto actions = [&](std::vector<OfficeId> offices, const AuditTrail::Wanted& wanted, std::int64_t before = 0,
                           std::size_t limit = 10) {
    std::vector<AuditAction> found;
    for (const auto& row : trail.lines(offices, wanted, before, limit)) found.push_back(row.line.action);
    return found;
  };
  using Actions = std::vector<AuditAction>;
  const auto [disabled, enabled, looked, failed] =
      std::tuple(AuditAction::account_disabled, AuditAction::account_enabled, AuditAction::record_looked_at,
                 AuditAction::sign_in_failed);
  CHECK(actions({ministry}, {}) == Actions{failed, looked, enabled, disabled});
  CHECK(actions({school}, {}) == Actions{enabled, disabled});
  CHECK(actions({county}, {}) == Actions{looked, enabled, disabled});
  CHECK(actions({other_county}, {}).empty());
  CHECK(actions({other_county}, {head, {}, {}, {}}) == Actions{enabled, disabled});
  CHECK(actions({county}, {reviewer, {}, {}, {}}) == Actions{looked, enabled, disabled});
  CHECK(actions({ministry}, {{}, enabled, {}, {}}) == Actions{enabled});
  CHECK(actions({ministry}, {{}, {}, at(2), at(4)}) == Actions{looked, enabled});
  const auto rows = trail.lines({ministry}, {}, 0, 2);
  CHECK(rows[1].actor_username == "county");
  CHECK(actions({ministry}, {}, rows.back().number, 1) == Actions{enabled});
  CHECK(trail.remove_before(at(3), 1) == 1);
  CHECK(actions({ministry}, {}) == Actions{failed, looked, enabled});
}

TEST_CASE("lent posts are found by their lender while they run, with whom they were lent to") {
  Registry registry;
  auto& accounts = registry.database->accounts();
  const PostId now = accounts.add_post({{}, registrar, school, Role::head, head, "", {}, at(20)});
  const PostId later = accounts.add_post({{}, registrar, school, Role::head, head, "", at(15), at(30)});
  accounts.add_post({{}, registrar, school, Role::head, head, "", {}, at(10)});
  accounts.add_post({{}, head, school, Role::registrar, registrar, "", {}, at(20)});
  const auto lent = accounts.lent(head, {school}, at(10));
  REQUIRE(lent.size() == 2);
  CHECK(lent[0].post.id == now);
  CHECK(lent[0].username == "registrar");
  CHECK(lent[0].name == "王登记");
  CHECK(lent[0].post.delegated_from_username == "head");
  CHECK(lent[1].post.id == later);
  CHECK(lent[1].post.from == at(15));
  CHECK(accounts.lent(head, {county}, at(10)).empty());
  CHECK(accounts.lent(head, {}, at(10)).empty());
  CHECK(accounts.lent(reviewer, {school}, at(10)).empty());
}

TEST_CASE("colleagues hold a post at the same office now, by name, without those shut out and oneself") {
  Registry registry;
  auto& accounts = registry.database->accounts();
  const auto names = [&](std::vector<OfficeId> offices, const std::string& after = "", std::size_t limit = 10) {
    std::vector<std::string> found;
    for (const auto& listed : accounts.colleagues(registrar, offices, at(10), after, limit)) {
      CHECK(listed.account.password_hash.empty());
      found.push_back(listed.account.username);
    }
    return found;
  };
  using Names = std::vector<std::string>;
  CHECK(names({school}) == Names{"head"});
  CHECK(names({county}) == Names{"county"});
  CHECK(names({school, county}) == Names{"county", "head"});
  CHECK(names({school, county}, "county") == Names{"head"});
  CHECK(names({school, county}, "", 1) == Names{"county"});
  CHECK(names({province}).empty());
  CHECK(names({}).empty());

  accounts.add_post({{}, reviewer, school, Role::head, {}, "", at(11), {}});
  accounts.add_post({{}, reviewer, school, Role::head, {}, "", {}, at(10)});
  CHECK(names({school}) == Names{"head"});
  accounts.add_post({{}, reviewer, school, Role::registrar, registrar, "", at(10), at(11)});
  CHECK(names({school}) == Names{"county", "head"});
  const auto borrower = accounts.colleagues(registrar, {school}, at(10), "", 1).at(0);
  REQUIRE(borrower.posts.size() == 1);
  CHECK(borrower.posts[0].role == Role::registrar);
  CHECK(borrower.posts[0].office == school);
  accounts.set_disabled(head, true);
  CHECK(names({school}) == Names{"county"});
}

TEST_CASE("the list of accounts is cut to offices with all below them, without hashes, by name") {
  Registry registry;
  auto& accounts = registry.database->accounts();
  const auto names = [&](std::vector<OfficeId> scope, const std::string& after, std::size_t limit) {
    std::vector<std::string> found;
    for (const auto& listed : accounts.list(scope, {}, after, limit)) {
      CHECK(listed.account.password_hash.empty());
      CHECK(listed.posts.size() == 1);
      found.push_back(listed.account.username);
    }
    return found;
  };
  using Names = std::vector<std::string>;
  CHECK(names({ministry}, "", 10) == Names{"county", "head", "registrar"});
  CHECK(names({ministry}, "county", 1) == Names{"head"});
  CHECK(names({school}, "", 10) == Names{"head", "registrar"});
  CHECK(names({other_county}, "", 10).empty());
  CHECK(names({}, "", 10).empty());
}

TEST_CASE("the list of accounts is narrowed to an office and to words of names") {
  Registry registry;
  auto& accounts = registry.database->accounts();
  accounts.add({{}, "wu", "吴𠮷·艾力", Language::zh, "x", false, 0, {}});
  const AccountId wu = accounts.by_username("wu")->id;
  accounts.add_post({{}, wu, school, Role::head, {}, "", {}, {}});
  accounts.add_post({{}, wu, county, Role::reviewer, {}, "", {}, {}});
  const auto names = [&](OfficeId office, const std::string& words, std::vector<OfficeId> scope = {ministry}) {
    std::vector<std::string> found;
    for (const auto& listed : accounts.list(scope, {office, words}, "", 10)) found.push_back(listed.account.username);
    return found;
  };
  using Names = std::vector<std::string>;
  CHECK(names(school, "") == Names{"head", "registrar", "wu"});
  CHECK(names(county, "") == Names{"county", "wu"});
  CHECK(names(province, "").empty());
  CHECK(names({}, "𠮷") == Names{"wu"});
  CHECK(names({}, "𫝆").empty());
  CHECK(names({}, "egist") == Names{"registrar"});
  CHECK(names(county, "wu") == Names{"wu"});
  CHECK(names(county, "", {other_county}).empty());
}

TEST_CASE("sessions live until removed or expired") {
  Registry registry;
  auto& accounts = registry.database->accounts();
  accounts.add_session({std::string(64, '1'), head, at(0), at(10)});
  accounts.add_session({std::string(64, '2'), head, at(0), at(20)});
  REQUIRE(accounts.session(std::string(64, '1')));
  CHECK(accounts.session(std::string(64, '1'))->account == head);
  CHECK(accounts.session(std::string(64, '1'))->expires == at(10));
  accounts.remove_expired_sessions(at(10));
  CHECK_FALSE(accounts.session(std::string(64, '1')));
  CHECK(accounts.sessions_of(head, at(10)).size() == 1);
  accounts.touch_session(std::string(64, '2'), at(7), "192.0.2.1");
  CHECK(accounts.session(std::string(64, '2'))->used == at(7));
  CHECK(accounts.session(std::string(64, '2'))->address == "192.0.2.1");
  CHECK(accounts.by_id(head)->used == at(0));
  accounts.add_session({std::string(64, '3'), head, at(0), at(20)});
  accounts.set_password(head, "new", false, std::string(64, '2'));
  CHECK_FALSE(accounts.session(std::string(64, '3')));
  CHECK(accounts.session(std::string(64, '2')));
  accounts.add_session({std::string(64, '4'), head, at(0), at(20)});
  accounts.set_disabled(head, true);
  CHECK_FALSE(accounts.session(std::string(64, '4')));
  accounts.add_session({std::string(64, '2'), head, at(0), at(20)});
  accounts.remove_session(std::string(64, '2'));
  CHECK_FALSE(accounts.session(std::string(64, '2')));
}

TEST_CASE("offices come back as they were loaded") {
  Registry registry;
  const auto offices = registry.database->accounts().offices();
  REQUIRE(offices.size() == 7);
  CHECK(offices[4] == Office{school, "3111000001", "第一小学", Level::school, county});
  CHECK(offices[6] == Office{far_school,
                             "3111000003",
                             "远方小学",
                             Level::school,
                             other_county,
                             {Stage::primary, Stage::junior},
                             SchoolSystem::five_four});
  CHECK_FALSE(registry.database->is_empty());
}

TEST_CASE("a definition may be replaced until a request runs on it, and never after") {
  Registry registry;
  auto& definitions = registry.database->definitions();
  PinnedDefinition changed{{}, "key-information-change", 1, std::string(64, 'b'), "other\n", "y.yaml", false};
  CHECK_THROWS_AS(definitions.pin(changed, {}), DefinitionTaken);
  CHECK(definitions.pin(changed, sha256_hex("key: x\n")) == registry.definition);
  REQUIRE(definitions.all_definitions().size() == 1);
  CHECK(definitions.all_definitions()[0].sha256 == changed.sha256);
  CHECK(definitions.all_definitions()[0].yaml == "other\n");
  CHECK_FALSE(definitions.all_definitions()[0].used);
  open_request(registry, StudentId{1});
  CHECK(definitions.all_definitions()[0].used);
  CHECK(definitions.pin(changed, {}) == registry.definition);
  changed.sha256 = std::string(64, 'c');
  CHECK_THROWS_AS(definitions.pin(changed, std::string(64, 'b')), DefinitionTaken);
  changed.version = 2;
  CHECK(definitions.pin(changed, {}) != registry.definition);
}

TEST_CASE("a variant has versions of its own beside the national file") {
  Registry registry;
  auto& definitions = registry.database->definitions();
  PinnedDefinition variant{{},    "key-information-change", 1, std::string(64, 'b'), "variant\n", "v.yaml",
                           false, "guangdong-senior"};
  const DefinitionId id = definitions.pin(variant, {});
  CHECK(id != registry.definition);
  CHECK(definitions.pin(variant, {}) == id);
  CHECK(definitions.pin_newest(variant) == id);
  REQUIRE(definitions.all_definitions().size() == 2);
  CHECK(definitions.all_definitions()[0].variant.empty());
  CHECK(definitions.all_definitions()[1].variant == "guangdong-senior");
  variant.variant = "henan";
  variant.version = 7;
  CHECK(definitions.pin_newest(variant) != id);
  variant.variant.clear();
  variant.version = 2;
  CHECK_NOTHROW(definitions.pin_newest(variant));
}

TEST_CASE("the newest version is added once, and of two texts that become it the later is told what is there") {
  Registry registry;
  auto& definitions = registry.database->definitions();
  PinnedDefinition third{{}, "key-information-change", 3, std::string(64, 'b'), "three\n", "y.yaml", false};
  const DefinitionId id = definitions.pin_newest(third);
  CHECK(id != registry.definition);
  CHECK(definitions.pin_newest(third) == id);
  const auto in_the_way = [&](const PinnedDefinition& definition) {
    try {
      definitions.pin_newest(definition);
    } catch (const DefinitionTaken& taken) {
      return taken.there.sha256;
    }
    return std::string{};
  };
  PinnedDefinition other = third;
  other.sha256 = std::string(64, 'c');
  CHECK(in_the_way(other) == third.sha256);
  other.version = 2;
  CHECK(in_the_way(other) == third.sha256);
  CHECK(definitions.all_definitions().size() == 2);
}
