#include <filesystem>
#include <fstream>

#include "adapters/identity/password.hpp"
#include "cli/account_command.hpp"
#include "cli/setup/console.hpp"
#include "cli/setup/installation.hpp"
#include "tests/catch.hpp"

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
