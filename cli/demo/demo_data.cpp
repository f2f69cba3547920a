#include "cli/demo/demo_data.hpp"

#include <fmt/format.h>

#include <fstream>

#include "adapters/identity/password.hpp"
#include "adapters/sql/database_address.hpp"
#include "cli/demo/driven_clock.hpp"
#include "cli/demo/journey_player.hpp"
#include "cli/setup/console.hpp"
#include "engine/runtime/runtime.hpp"

namespace xueji::demo {
namespace {

namespace files = std::filesystem;

class NobodyListens : public EventSink {
 public:
  void committed(std::span<const OutboxRow>) override {}
};

void load_world(const DemoWorld& world, Database& database) {
  const std::string hash = hash_password(password);
  auto loader = database.bulk_loader();
  for (const Office& office : world.offices) loader->add(office);
  for (const DemoAccount& each : world.accounts) {
    Account account = each.account;
    account.password_hash = hash;
    loader->add(account);
  }
  for (const DemoAccount& each : world.accounts)
    for (const Post& post : each.posts) loader->add(post);
  for (const Student& student : world.students) loader->add(student);
  loader->commit();
}

void load_requests(const Configuration& configuration, const DemoWorld& world, Database& database, Instant now) {
  DrivenClock clock;
  NobodyListens nobody;
  const auto directory = open_directory(configuration, database);
  const auto evidence = open_evidence(configuration, database, clock);
  Runtime runtime{database.store(), clock, *directory, nobody, {}};
  play_journeys(world, {runtime, *evidence, clock, *directory}, now);
}

/// Written last, whole or not at all: that it is there says that the demonstration is complete.
void write_population(const DemoWorld& world, const files::path& file) {
  const files::path draft = file.string() + ".new";
  std::ofstream stream{draft, std::ios::binary};
  for (const auto& [id_number, name] : world.population) stream << id_number << '\t' << name << '\n';
  stream.close();
  if (!stream) throw std::runtime_error("the file " + draft.string() + " can't be written");
  files::rename(draft, file);
}

}  // namespace

files::path population_file(const Configuration& configuration) {
  return files::path{configuration.data} / "population.tsv";
}

bool ensure_demo_data(const Configuration& configuration, Database& database, const DemoWorld& world, Instant now) {
  const files::path marker = population_file(configuration);
  if (!database.is_empty()) {
    if (files::exists(marker)) return false;
    throw UsageError(
        fmt::format("the database {} holds something other than whole demo data; give --demo an empty folder by --data",
                    sql::without_password(configuration.database_address())));
  }
  files::create_directories(configuration.data);
  load_world(world, database);
  load_requests(configuration, world, database, now);
  write_population(world, marker);
  return true;
}

}  // namespace xueji::demo
