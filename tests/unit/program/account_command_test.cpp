#include <filesystem>
#include <fstream>

#include "adapters/identity/password.hpp"
#include "cli/account_command.hpp"
#include "cli/audit_command.hpp"
#include "cli/import_command.hpp"
#include "cli/migrate_command.hpp"
#include "cli/setup/console.hpp"
#include "cli/setup/installation.hpp"
#include "tests/catch.hpp"
#include "tests/unit/program/output.hpp"

using namespace xueji;

namespace {

/// An empty registry with a ministry and a province, in a folder of its own.
class SmallRegistry {
 public:
  SmallRegistry() {
    std::string name = (std::filesystem::temp_directory_path() / "xueji-accounts-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    configuration.data = name;
    password_file = name + "/password";
    std::ofstream{password_file} << "correct horse\n";
    const auto database = open_database(configuration);
    auto loader = database->bulk_loader();
    const OfficeId ministry = loader->add(Office{{}, "000000", "教育部", Level::ministry, {}});
    loader->add(Office{{}, "110000", "北京市", Level::province, ministry});
    loader->commit();
  }
  ~SmallRegistry() { std::filesystem::remove_all(configuration.data); }

  AccountArguments person(const std::string& username) const {
    AccountArguments arguments;
    arguments.username = username;
    arguments.name = "张三";
    arguments.password_file = password_file;
    return arguments;
  }

  Configuration configuration;
  std::string password_file;
};

}  // namespace

TEST_CASE("an account is added with a password from a file, given a post, disabled and enabled again") {
  const SmallRegistry registry;
  AccountArguments zhang = registry.person("zhang");
  REQUIRE(run_account_add(registry.configuration, zhang) == 0);
  zhang.office = "110000";
  zhang.role = "reviewer";
  REQUIRE(run_account_post_add(registry.configuration, zhang) == 0);
  REQUIRE(run_account_enable(registry.configuration, zhang, false) == 0);

  const auto database = open_database(registry.configuration);
  const Account account = database->accounts().by_username("zhang").value();
  CHECK(account.name == "张三");
  CHECK(account.disabled);
  CHECK(verify_password("correct horse", account.password_hash));
  const auto posts = database->accounts().posts(account.id);
  REQUIRE(posts.size() == 1);
  CHECK(posts.front().role == Role::reviewer);

  zhang.post = to_string(posts.front().id);
  REQUIRE(run_account_post_remove(registry.configuration, zhang) == 0);
  REQUIRE(run_account_enable(registry.configuration, zhang, true) == 0);
  CHECK(database->accounts().posts(account.id).empty());
  CHECK_FALSE(database->accounts().by_username("zhang")->disabled);
}

TEST_CASE("what an operator mistypes is refused with a sentence") {
  const SmallRegistry registry;
  CHECK_THROWS_WITH(run_account_add(registry.configuration, registry.person("Zhang San")),
                    "a username has 1 to 64 characters of a-z, 0-9, `.`, `_` and `-`");
  CHECK_THROWS_WITH(run_account_enable(registry.configuration, registry.person("nobody"), true),
                    "there is no account nobody; see `xueji account list`");
  AccountArguments zhang = registry.person("zhang");
  REQUIRE(run_account_add(registry.configuration, zhang) == 0);
  CHECK_THROWS_WITH(run_account_add(registry.configuration, zhang), "the account zhang exists already");
  zhang.office = "999999";
  zhang.role = "reviewer";
  CHECK_THROWS_WITH(run_account_post_add(registry.configuration, zhang), "there is no office with the code 999999");
  zhang.office = "110000";
  zhang.role = "system";
  CHECK_THROWS_AS(run_account_post_add(registry.configuration, zhang), UsageError);
}

TEST_CASE("odd times of a post are refused with what is odd") {
  const SmallRegistry registry;
  AccountArguments zhang = registry.person("zhang");
  REQUIRE(run_account_add(registry.configuration, zhang) == 0);
  zhang.office = "110000";
  zhang.role = "reviewer";
  const auto refused = [&](std::optional<std::string> from, std::optional<std::string> until,
                           const std::string& sentence) {
    zhang.from = std::move(from);
    zhang.until = std::move(until);
    CHECK_THROWS_WITH(run_account_post_add(registry.configuration, zhang), sentence);
  };
  const std::string no_instant = " is neither a date (2026-09-01) nor an instant (2026-09-01T08:00:00+08:00): ";
  refused({}, "", "--until" + no_instant + "``");
  refused("tomorrow", {}, "--from" + no_instant + "`tomorrow`");
  refused("0000-01-01", {}, "--from" + no_instant + "`0000-01-01`");
  refused({}, "2015-01-01", "--until 2014-12-31T16:00:00Z has passed already; say a later one");
  refused("2199-02-01", "2199-02-01",
          "--until 2199-01-31T16:00:00Z is not after --from 2199-01-31T16:00:00Z; say a later one");
  zhang.from = "2199-01-01";
  zhang.until = "2199-02-01T08:00:00+08:00";
  CHECK(run_account_post_add(registry.configuration, zhang) == 0);
}

TEST_CASE("a post that the office has not, the same one twice, and a loan to oneself are refused") {
  const SmallRegistry registry;
  AccountArguments zhang = registry.person("zhang");
  REQUIRE(run_account_add(registry.configuration, zhang) == 0);
  zhang.office = "110000";
  zhang.role = "registrar";
  CHECK_THROWS_WITH(run_account_post_add(registry.configuration, zhang),
                    "110000 is a province, which has no registrar: registrar and head are posts of schools, reviewer "
                    "and approver those of the offices above");
  zhang.role = "reviewer";
  REQUIRE(run_account_post_add(registry.configuration, zhang) == 0);
  CHECK_THROWS_WITH(run_account_post_add(registry.configuration, zhang), "zhang holds that post already, as 1");
  zhang.until = "2199-01-01";
  CHECK_THROWS_AS(run_account_post_add(registry.configuration, zhang), UsageError);
  zhang.delegated_from = "zhang";
  CHECK_THROWS_WITH(run_account_post_add(registry.configuration, zhang), "nobody lends a post to themselves");
}

TEST_CASE("a post for a longer time is no repetition") {
  const SmallRegistry registry;
  AccountArguments zhang = registry.person("zhang");
  REQUIRE(run_account_add(registry.configuration, zhang) == 0);
  zhang.office = "110000";
  zhang.role = "reviewer";
  zhang.until = "2199-01-01";
  REQUIRE(run_account_post_add(registry.configuration, zhang) == 0);
  zhang.until = "2199-02-01";
  CHECK(run_account_post_add(registry.configuration, zhang) == 0);
}

TEST_CASE("the last administrator is not shut out or without the post unwarned") {
  const SmallRegistry registry;
  AccountArguments zhang = registry.person("zhang");
  REQUIRE(run_account_add(registry.configuration, zhang) == 0);
  zhang.office = "110000";
  zhang.role = "admin";
  REQUIRE(run_account_post_add(registry.configuration, zhang) == 0);
  const auto database = open_database(registry.configuration);
  const auto account = [&] { return *database->accounts().by_username("zhang"); };
  zhang.post = to_string(database->accounts().posts(account().id).front().id);
  CHECK(run_account_enable(registry.configuration, zhang, false) == exit_fault);
  CHECK(run_account_post_remove(registry.configuration, zhang) == exit_fault);
  CHECK_FALSE(account().disabled);
  CHECK(database->accounts().posts(account().id).size() == 1);

  AccountArguments li = registry.person("li");
  REQUIRE(run_account_add(registry.configuration, li) == 0);
  li.office = "000000";
  li.role = "admin";
  REQUIRE(run_account_post_add(registry.configuration, li) == 0);
  CHECK(run_account_enable(registry.configuration, zhang, false) == exit_done);
  CHECK(run_account_enable(registry.configuration, li, false) == exit_fault);
  li.yes = true;
  CHECK(run_account_enable(registry.configuration, li, false) == exit_done);
}

TEST_CASE("people's names are checked as students' are") {
  const SmallRegistry registry;
  AccountArguments zhang = registry.person("zhang");
  zhang.name = "⽅圆";
  CHECK_THROWS_WITH(run_account_add(registry.configuration, zhang),
                    "A name cannot hold the character U+2F45; write 方 (U+65B9)");
  zhang.name = " 张三";
  CHECK_THROWS_AS(run_account_add(registry.configuration, zhang), UsageError);
  zhang.name = "买买提•艾力";
  const auto told = tests::output_of([&] { return run_account_add(registry.configuration, zhang); });
  CHECK(told.status == exit_done);
  CHECK(told.out ==
        "the name has a character that looks like another, and is kept as given; usually it is 买买提·艾力\n"
        "added zhang; give it a post by `xueji account post-add`\n");
}

TEST_CASE("a lost second factor is removed, and the trail says that the operator did it") {
  const SmallRegistry registry;
  const AccountArguments zhang = registry.person("zhang");
  REQUIRE(run_account_add(registry.configuration, zhang) == 0);
  CHECK_THROWS_WITH(run_account_remove_second_factor(registry.configuration, zhang), "zhang has no second factor");
  const auto database = open_database(registry.configuration);
  const AccountId id = database->accounts().by_username("zhang")->id;
  database->accounts().propose_second_factor(id, "secret", {});
  REQUIRE(run_account_remove_second_factor(registry.configuration, zhang) == 0);
  CHECK_FALSE(database->accounts().second_factor(id));
  const auto told = database->audit_trail().lines({}, {id, AuditAction::second_factor_removed, {}, {}}, 0, 10);
  REQUIRE(told.size() == 1);
  CHECK(told.front().line.by_operator);
}

TEST_CASE("what only has business with a database makes none") {
  const SmallRegistry registry;
  Configuration mistyped = registry.configuration;
  mistyped.data += "/typo";
  const std::string sentence = "there is no database " + mistyped.data +
                               "/xueji.db: is --data, --database or --config right? `xueji serve`, `migrate` and "
                               "`import` make one";
  const AccountArguments zhang = registry.person("zhang");
  const std::string roster = registry.configuration.data + "/roster.csv";
  std::ofstream{roster} << "school,name,grade,class\n";
  CHECK_THROWS_WITH(run_account_list(mistyped), sentence);
  CHECK_THROWS_WITH(run_account_add(mistyped, zhang), sentence);
  CHECK_THROWS_WITH(run_account_enable(mistyped, zhang, false), sentence);
  CHECK_THROWS_WITH(run_audit_verify(mistyped, true), sentence);
  CHECK_THROWS_WITH(run_migrate(mistyped, true), sentence);
  CHECK_THROWS_WITH(run_import(mistyped, roster), sentence);
  CHECK_FALSE(std::filesystem::exists(mistyped.data));
}
