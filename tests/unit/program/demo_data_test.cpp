#include <boost/json.hpp>
#include <chrono>
#include <filesystem>
#include <map>
#include <set>

#include "cli/demo/demo_data.hpp"
#include "cli/setup/console.hpp"
#include "cli/setup/system_clock.hpp"
#include "tests/catch.hpp"

using namespace xueji;
using namespace xueji::demo;

namespace {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "xueji-demo-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

Configuration configuration_in(const TemporaryFolder& folder) {
  Configuration configuration;
  configuration.data = folder.path().string();
  configuration.workflows.directory = XUEJI_SOURCE_DIR "/workflows";
  configuration.workflows.calendar = XUEJI_SOURCE_DIR "/config/calendar.yaml";
  return configuration;
}

std::vector<RequestRow> all_requests(Queries& queries, const DemoWorld& world) {
  std::vector<RequestRow> rows;
  PageRequest page{200, {}};
  do {
    auto found = queries.requests({{world.offices.front().id}}, {}, page);
    rows.insert(rows.end(), found.items.begin(), found.items.end());
    page.after = found.next;
  } while (page.after);
  return rows;
}

}  // namespace

TEST_CASE("the demo data holds requests in every state of every national definition, and is kept") {
  const TemporaryFolder folder;
  const Configuration configuration = configuration_in(folder);
  const DemoWorld world = make_demo_world();
  const auto database = open_database(configuration);
  const Instant now = SystemClock{}.now();
  REQUIRE(ensure_demo_data(configuration, *database, world, now));
  CHECK_FALSE(ensure_demo_data(configuration, *database, world, now));

  const auto directory = open_directory(configuration, *database);
  std::map<DefinitionId, std::set<std::string>> reached;
  std::size_t overdue = 0;
  std::size_t escalated = 0;
  std::size_t returned_drafts = 0;
  for (const RequestRow& row : all_requests(database->queries(), world)) {
    const Request& request = row.request;
    reached[request.definition].insert(request.token.state);
    CHECK(request.opened_at < now);
    CHECK(request.token.since < now);
    overdue += request.token.due && *request.token.due < now;
    escalated += request.token.escalated_to.has_value();
    returned_drafts += request.token.state == "draft" && request.round > 0;
  }
  for (const auto& entry : directory->catalog()->newest()) {
    if (!entry.definition->variant.empty()) continue;  // the demo has no requests by a province's own file
    std::set<std::string> states;
    for (const State& state : entry.definition->states) states.insert(state.key);
    CHECK(reached[entry.id] == states);
  }
  CHECK(overdue >= 5);
  CHECK(escalated >= 3);
  CHECK(returned_drafts >= 5);

  const auto content = demo_content(world, database->queries());
  const auto& accounts = content.at("accounts").as_array();
  CHECK(accounts.size() > 12);
  CHECK(accounts.at(0).at("username") == "registrar");
  CHECK(accounts.at(11).at("username") == "admin");
  CHECK(content.at("examples").as_array().size() == world.examples.size());
}

TEST_CASE("data that is not the demonstration's is never taken for it") {
  const TemporaryFolder folder;
  const Configuration configuration = configuration_in(folder);
  const auto database = open_database(configuration);
  auto loader = database->bulk_loader();
  loader->add(Office{{}, "000000", "教育部", Level::ministry, {}});
  loader->commit();
  CHECK_THROWS_AS(ensure_demo_data(configuration, *database, make_demo_world(), SystemClock{}.now()), UsageError);
}

TEST_CASE("demo data that a run began and did not finish is made anew") {
  const TemporaryFolder folder;
  Configuration configuration = configuration_in(folder);
  const DemoWorld world = make_demo_world();
  const auto database = open_database(configuration);
  const Instant now = SystemClock{}.now();
  configuration.workflows.directory = (folder.path() / "missing").string();
  REQUIRE_THROWS_AS(ensure_demo_data(configuration, *database, world, now), UsageError);
  CHECK_FALSE(database->is_empty());

  configuration.workflows.directory = configuration_in(folder).workflows.directory;
  CHECK(ensure_demo_data(configuration, *database, world, now));
  CHECK_FALSE(all_requests(database->queries(), world).empty());
  CHECK_FALSE(ensure_demo_data(configuration, *database, world, now));
}

TEST_CASE("a run that was broken off in one database throws nothing away in another") {
  const TemporaryFolder folder;
  Configuration configuration = configuration_in(folder);
  configuration.workflows.directory = (folder.path() / "missing").string();
  const DemoWorld world = make_demo_world();
  const auto begun = open_database(configuration);
  REQUIRE_THROWS_AS(ensure_demo_data(configuration, *begun, world, SystemClock{}.now()), UsageError);

  configuration.database = "sqlite://" + (folder.path() / "other.db").string();
  const auto other = open_database(configuration);
  auto loader = other->bulk_loader();
  loader->add(Office{{}, "000000", "教育部", Level::ministry, {}});
  loader->commit();
  CHECK_THROWS_AS(ensure_demo_data(configuration, *other, world, SystemClock{}.now()), UsageError);
  CHECK_FALSE(other->is_empty());
}
