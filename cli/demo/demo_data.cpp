#include "cli/demo/demo_data.hpp"

#include <fmt/format.h>

#include "adapters/identity/password.hpp"
#include "adapters/sql/database_address.hpp"
#include "adapters/sql/folder_lock.hpp"
#include "cli/demo/driven_clock.hpp"
#include "cli/demo/journey_player.hpp"
#include "cli/setup/console.hpp"
#include "engine/runtime/runtime.hpp"

namespace xueji::demo {
namespace {

namespace files = std::filesystem;

constexpr std::chrono::minutes others_wait{2};

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

void load_requests(const Configuration& configuration, const DemoWorld& world, Database& database, Instant now,
                   const Prove& prove) {
  DrivenClock clock;
  NobodyListens nobody;
  const auto directory = open_directory(configuration, database, prove);
  const auto evidence = open_evidence(configuration, database, clock);
  Runtime runtime{database.store(), clock, *directory, nobody, {}};
  play_journeys(world, {runtime, *evidence, clock, *directory}, now);
}

/// Whole or not at all.
void write_file(const files::path& file, std::string_view text) {
  const files::path draft = file.string() + ".new";
  write_whole_file(draft, text);
  files::rename(draft, file);
}

/// Written last: that it is there says that the demonstration is complete.
void write_population(const DemoWorld& world, const files::path& file) {
  std::string text;
  for (const auto& [id_number, name] : world.population)
    text.append(id_number).append(1, '\t').append(name).append(1, '\n');
  write_file(file, text);
}

std::string shown_address(const Configuration& configuration) {
  return sql::without_password(configuration.database_address());
}

/// Names the database in which the demonstration was begun, until it is complete.
files::path begun_file(const Configuration& configuration) {
  return files::path{configuration.data} / "demo-data.begun";
}

bool was_begun(const Configuration& configuration) {
  const files::path file = begun_file(configuration);
  return files::exists(file) && read_whole_file(file) == shown_address(configuration);
}

void make_demo_data(const Configuration& configuration, Database& database, const DemoWorld& world, Instant now,
                    const Prove& prove) {
  const files::path complete = population_file(configuration);
  write_file(begun_file(configuration), shown_address(configuration));
  files::remove(complete);
  load_world(world, database);
  load_requests(configuration, world, database, now, prove);
  write_population(world, complete);
}

}  // namespace

files::path population_file(const Configuration& configuration) {
  return files::path{configuration.data} / "population.tsv";
}

bool ensure_demo_data(const Configuration& configuration, Database& database, const DemoWorld& world, Instant now,
                      const Prove& prove) {
  make_data_folder(configuration);
  const sql::FolderLock alone(configuration.data, others_wait, "makes the data of the demonstration");
  const bool is_complete = files::exists(population_file(configuration));
  if (!database.is_empty()) {
    if (is_complete) return false;
    if (!was_begun(configuration))
      throw UsageError(fmt::format(
          "the database {} holds something other than whole demo data; give --demo an empty folder by --data",
          shown_address(configuration)));
    database.clear();
  }
  make_demo_data(configuration, database, world, now, prove);
  files::remove(begun_file(configuration));
  return true;
}

std::optional<std::string> account_with_published_password(Accounts& accounts, const DemoWorld& world) {
  for (const DemoAccount& each : world.accounts) {
    const auto found = accounts.by_username(each.account.username);
    if (found && !found->disabled && verify_password(password, found->password_hash)) return found->username;
  }
  return std::nullopt;
}

}  // namespace xueji::demo
