#include "cli/deploy_command.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <thread>

#include "adapters/sql/database.hpp"
#include "cli/setup/console.hpp"
#include "cli/setup/installation.hpp"
#include "cli/setup/system_clock.hpp"
#include "engine/definition/loader.hpp"
#include "engine/runtime/deployment.hpp"
#include "engine/verify/verify.hpp"

namespace xueji {
namespace {

/// Servers look for deployments more often than that, and refuse nothing that was moved before they know the version.
constexpr std::chrono::seconds notice{2};

/// The file's definition, with its text.
struct NewVersion {
  Definition definition;
  std::string yaml;
};

NewVersion read_version(const std::string& file) {
  NewVersion read;
  read.yaml = read_whole_file(file);
  auto loaded = load_definition(read.yaml, file);
  if (auto* faults = std::get_if<std::vector<Fault>>(&loaded)) throw FaultyFiles(std::move(*faults));
  read.definition = std::move(std::get<Definition>(loaded));
  return read;
}

/// As a server would at its start.
void refuse_unproved(const Definition& definition, const Calendar& calendar) {
  std::vector<Fault> faults;
  for (const Violation& violation : verify(definition, calendar).violations) faults.push_back(to_fault(violation));
  if (!faults.empty()) throw FaultyFiles(std::move(faults));
}

std::string named(const PinnedDefinition& pinned) {
  return fmt::format("version {} of `{}` with SHA-256 {}", pinned.version, pinned.key, pinned.sha256);
}

/// What stands in the way of this version; nothing where it is new, or just the one that is there.
std::optional<Fault> refused_version(const Definition& definition, const std::vector<PinnedDefinition>& pinned) {
  for (const PinnedDefinition& each : pinned) {
    if (each.key != definition.key || each.version < definition.version) continue;
    if (each.version == definition.version && each.sha256 == definition.sha256) continue;
    if (each.version == definition.version)
      return Fault{definition.file,
                   {},
                   fmt::format("there is {} already, and the file has {}", named(each), definition.sha256),
                   fmt::format("raise its version to {}", definition.version + 1)};
    return Fault{
        definition.file,
        {},
        fmt::format("there is {} already", named(each)),
        fmt::format("going back is a new version too: write `version: {}` with its own `migrate`", each.version + 1)};
  }
  return std::nullopt;
}

std::vector<Catalog::Entry> older_versions(const Definition& definition, const std::vector<PinnedDefinition>& pinned) {
  std::vector<Catalog::Entry> older;
  for (const PinnedDefinition& each : pinned) {
    if (each.key != definition.key || each.version >= definition.version || !each.used) continue;
    auto loaded = load_definition(each.yaml, each.file);
    if (auto* faults = std::get_if<std::vector<Fault>>(&loaded)) throw FaultyFiles(std::move(*faults));
    older.push_back({each.id, std::make_shared<const Definition>(std::move(std::get<Definition>(loaded)))});
  }
  return older;
}

std::string outcome_of(const MigrationPlan& plan) {
  switch (plan.kind) {
    case MigrationPlan::Kind::moves:
      return "moves to " + plan.state;
    case MigrationPlan::Kind::stays:
      return "stays: " + plan.why.en;
    case MigrationPlan::Kind::stuck:
      return "would be stuck and stays: " + plan.why.en;
  }
  return {};
}

/// Lines, sums, and how far it is.
class Report {
 public:
  explicit Report(std::size_t all) : all_(all), terminal_(::isatty(STDERR_FILENO) == 1) {}

  void tell(const DeployedRequest& each) {
    const std::string outcome = outcome_of(each.plan);
    std::cout << fmt::format("request {}\tversion {}\t{}\t{}\n", to_string(each.request), each.from_version, each.state,
                             outcome)
              << std::flush;
    ++sums_[{each.from_version, each.state, outcome}];
    ++done_;
    moved_ += each.plan.kind == MigrationPlan::Kind::moves;
    if (terminal_ && done_ % 100 == 0) show_progress();
  }

  void finish(bool dry_run) {
    if (terminal_) std::cerr << '\r' << std::string(60, ' ') << '\r';
    for (const auto& [what, count] : sums_) {
      const auto& [version, state, outcome] = what;
      std::cout << fmt::format("{:>8} in {} of version {}: {}\n", count, state, version, outcome);
    }
    std::cout << fmt::format("{} open requests of older versions: {} {}, {} not\n", done_, moved_,
                             dry_run ? "would move" : "moved", done_ - moved_);
  }

  std::size_t moved() const { return moved_; }

 private:
  void show_progress() const {
    constexpr std::size_t width = 30;
    const std::size_t full = all_ == 0 ? width : std::min(width, done_ * width / all_);
    std::cerr << fmt::format("\r[{}{}] {} of {} requests", std::string(full, '#'), std::string(width - full, '.'),
                             done_, std::max(all_, done_))
              << std::flush;
  }

  std::size_t all_;
  std::size_t done_ = 0;
  std::size_t moved_ = 0;
  bool terminal_;
  std::map<std::tuple<int, std::string, std::string>, std::size_t> sums_;
};

std::size_t count_open(Queries& queries, const std::vector<Catalog::Entry>& versions) {
  constexpr std::size_t page = 10'000;
  std::size_t all = 0;
  for (const auto& version : versions) {
    RequestId after;
    for (auto ids = queries.open_requests_on(version.id, after, page); !ids.empty();
         ids = queries.open_requests_on(version.id, after, page)) {
      all += ids.size();
      after = ids.back();
    }
  }
  return all;
}

/// Again and again: what was opened on an older version meanwhile moves too.
void move_all(Database& database, const Catalog::Entry& newer, const std::vector<Catalog::Entry>& older,
              const DeploymentSurroundings& around, Report& report) {
  carry_out_deployment(database.store(), database.queries(), newer, older, around,
                       [&](const DeployedRequest& each) { report.tell(each); });
  for (bool again = report.moved() > 0; again;) {
    again = false;
    carry_out_deployment(database.store(), database.queries(), newer, older, around, [&](const DeployedRequest& each) {
      if (each.plan.kind != MigrationPlan::Kind::moves) return;
      report.tell(each);
      again = true;
    });
  }
}

int deploy(const Configuration& configuration, const DeployArguments& arguments) {
  NewVersion version = read_version(arguments.file);
  Configuration known = configuration;
  if (arguments.dry_run) known.store.migrate = false;
  const Calendar calendar = open_calendar(known);
  refuse_unproved(version.definition, calendar);
  const auto database = open_database(known);
  const auto pinned = database->definitions().all_definitions();
  if (auto fault = refused_version(version.definition, pinned)) throw FaultyFiles({std::move(*fault)});
  const auto older = older_versions(version.definition, pinned);
  for (const auto& each : older)
    if (auto faults = check_migration(*each.definition, version.definition); !faults.empty())
      throw FaultyFiles(std::move(faults));

  const OfficeTree offices{database->accounts().offices()};
  const SystemClock clock;
  const DeploymentSurroundings around{offices, calendar, clock, arguments.batch};
  Report report(count_open(database->queries(), older));
  const auto definition = std::make_shared<const Definition>(std::move(version.definition));
  if (arguments.dry_run) {
    plan_deployment(database->store(), database->queries(), {DefinitionId{}, definition}, older, around,
                    [&](const DeployedRequest& each) { report.tell(each); });
    report.finish(true);
    return exit_done;
  }
  const DefinitionId before = database->definitions().newest_definition();
  const DefinitionId id = database->definitions().pin(
      {{}, definition->key, definition->version, definition->sha256, version.yaml, definition->file, false});
  std::cout << fmt::format("version {} of {} is deployed: SHA-256 {}\n", definition->version, definition->key,
                           definition->sha256)
            << std::flush;
  if (id > before && !older.empty()) std::this_thread::sleep_for(notice);
  move_all(*database, {id, definition}, older, around, report);
  report.finish(false);
  return exit_done;
}

}  // namespace

int run_deploy(const Configuration& configuration, const DeployArguments& arguments) {
  try {
    return deploy(configuration, arguments);
  } catch (const FaultyFiles& faulty) {
    print_faults(faulty.faults);
    return exit_fault;
  } catch (const StoreError& error) {
    std::cerr << "xueji: the deployment broke off: " << error.what() << "; run it again to go on with the rest\n";
    return exit_fault;
  }
}

}  // namespace xueji
