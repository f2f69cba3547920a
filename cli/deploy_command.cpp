#include "cli/deploy_command.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <deque>
#include <iostream>
#include <set>

#include "adapters/sql/database.hpp"
#include "cli/live_requests.hpp"
#include "cli/setup/console.hpp"
#include "cli/setup/installation.hpp"
#include "cli/setup/system_clock.hpp"
#include "engine/definition/identity.hpp"
#include "engine/definition/loader.hpp"
#include "engine/machine/openings.hpp"
#include "engine/machine/variants.hpp"
#include "engine/verify/verify.hpp"

namespace xueji {
namespace {

/// A value of an engine's answer, or the faults that stand in its place.
template <class T>
T or_faults(std::variant<T, std::vector<Fault>> answer) {
  if (auto* faults = std::get_if<std::vector<Fault>>(&answer)) throw FaultyFiles(std::move(*faults));
  return std::move(std::get<T>(answer));
}

/// The file's definition, with its text.
struct NewVersion {
  Definition definition;
  std::string yaml;
};

NewVersion read_version(const std::string& file) {
  std::string yaml = read_whole_file(file);
  auto definition = or_faults(load_definition(yaml, file));
  return {std::move(definition), std::move(yaml)};
}

/// As a server would at its start.
void refuse_unproved(const Definition& definition, const std::vector<Catalog::Entry>& older, const Calendar& calendar) {
  std::vector<const Definition*> versions;
  for (const Catalog::Entry& each : older) versions.push_back(each.definition.get());
  std::vector<Fault> faults;
  for (const Violation& violation : verify(definition, calendar, versions).violations)
    faults.push_back(to_fault(violation));
  if (!faults.empty()) throw FaultyFiles(std::move(faults));
}

std::string named(const PinnedDefinition& pinned) {
  return fmt::format("version {} of `{}` with SHA-256 {}", pinned.version, name_with_variant(pinned), pinned.sha256);
}

/// What stands in the way of this version; nothing where it is new, or just the one that is there.
std::optional<Fault> refused_version(const Definition& definition, const std::vector<PinnedDefinition>& pinned) {
  for (const PinnedDefinition& each : pinned) {
    if (!is_same_file(each, definition) || each.version < definition.version) continue;
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

/// It stands beside the other files of its business that are deployed, and variants within the national window.
void refuse_clashes(const Definition& definition, const std::vector<PinnedDefinition>& pinned,
                    const Calendar& calendar) {
  std::vector<Definition> others;
  for (const PinnedDefinition& each : pinned)
    if (each.key == definition.key && each.variant != definition.variant)
      others.push_back(or_faults(load_definition(each.yaml, each.file)));
  std::vector<const Definition*> all;
  for (const Definition& each : others) all.push_back(&each);
  if (auto faults = clashes_beside(definition, all); !faults.empty()) throw FaultyFiles(std::move(faults));
  all.push_back(&definition);
  if (auto faults = variants_beyond_the_window(all, calendar); !faults.empty()) throw FaultyFiles(std::move(faults));
}

/// The newest version of each file that is deployed.
std::vector<PinnedDefinition> newest_of_each(const std::vector<PinnedDefinition>& pinned) {
  std::vector<PinnedDefinition> newest;
  for (const PinnedDefinition& each : pinned)
    if (std::none_of(pinned.begin(), pinned.end(),
                     [&](const PinnedDefinition& other) { return is_older_version(each, other); }))
      newest.push_back(each);
  return newest;
}

/// Older versions of other files on which requests are still open.
std::vector<PinnedDefinition> live_older_versions(const Definition& definition,
                                                  const std::vector<PinnedDefinition>& pinned, Queries& queries) {
  std::vector<PinnedDefinition> live;
  for (const PinnedDefinition& each : pinned)
    if (!is_same_file(each, definition) &&
        std::any_of(pinned.begin(), pinned.end(),
                    [&](const PinnedDefinition& other) { return is_older_version(each, other); }) &&
        !queries.open_requests_on(each.id, {}, 1).empty())
      live.push_back(each);
  return live;
}

/// What is wrong with what each one opens, waits for and offers among all.
std::vector<Fault> faults_among(const std::vector<const Definition*>& asked,
                                const std::vector<const Definition*>& all) {
  std::vector<Fault> faults;
  for (const Definition* each : asked)
    for (Fault& fault : unfit_openings(*each, all)) faults.push_back(std::move(fault));
  return faults;
}

/// What it opens, waits for and offers is deployed already, and those that open it, wait for it or offer it still can,
/// also in older versions on which requests are open. What was wrong among the others before is no reason against it.
void refuse_unfit_openings(const Definition& definition, const std::vector<PinnedDefinition>& pinned,
                           Queries& queries) {
  std::deque<Definition> deployed;
  const auto load = [&](const PinnedDefinition& each) {
    return &deployed.emplace_back(or_faults(load_definition(each.yaml, each.file)));
  };
  std::vector<const Definition*> before, after{&definition};
  for (const PinnedDefinition& each : newest_of_each(pinned)) {
    before.push_back(load(each));
    if (!is_same_file(*before.back(), definition)) after.push_back(before.back());
  }
  auto asked_before = before, asked_after = after;
  for (const PinnedDefinition& each : live_older_versions(definition, pinned, queries)) {
    asked_before.push_back(load(each));
    asked_after.push_back(asked_before.back());
  }
  std::set<std::string> known;
  for (const Fault& fault : faults_among(asked_before, before)) known.insert(fault.to_string());
  std::vector<Fault> faults = faults_among(asked_after, after);
  std::erase_if(faults,
                [&](const Fault& each) { return each.file != definition.file && known.contains(each.to_string()); });
  if (!faults.empty()) throw FaultyFiles(std::move(faults));
}

/// Another program may have deployed since it was looked.
DefinitionId pin(DefinitionStore& store, const Definition& definition, const std::string& yaml) {
  try {
    return store.pin_newest(
        {{}, definition.key, definition.version, definition.sha256, yaml, definition.file, false, definition.variant});
  } catch (const DefinitionTaken& taken) {
    throw FaultyFiles({refused_version(definition, {taken.there}).value()});
  }
}

/// Lines, sums, and how far it is.
class Report {
 public:
  explicit Report(std::size_t all) : all_(all), terminal_(::isatty(STDERR_FILENO) == 1) {}

  void tell(const DeployedRequest& each) {
    const std::string losses = MoveSums::losses_of(each.plan);
    std::cout << fmt::format("request {}\tversion {}\t{}\t{}{}{}\n", to_string(each.request), each.from_version,
                             each.state, MoveSums::outcome_of(each.plan), losses.empty() ? "" : "\t", losses)
              << std::flush;
    sums_.add(each);
    if (terminal_ && sums_.done() % 100 == 0)
      std::cerr << '\r' << progress_bar(sums_.done(), std::max(all_, sums_.done())) << " requests" << std::flush;
  }

  void finish(bool dry_run) {
    if (terminal_) std::cerr << '\r' << std::string(60, ' ') << '\r';
    for (const std::string& line : sums_.lines()) std::cout << line << '\n';
    std::cout << fmt::format("{} open requests of older versions: {} {}, {} not\n", sums_.done(), sums_.moved(),
                             dry_run ? "would move" : "moved", sums_.done() - sums_.moved());
  }

 private:
  std::size_t all_;
  bool terminal_;
  MoveSums sums_;
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

int deploy(const Configuration& configuration, const DeployArguments& arguments) {
  NewVersion version = read_version(arguments.file);
  Configuration known = configuration;
  if (arguments.dry_run) known.store.migrate = false;
  const Calendar calendar = open_calendar(known);
  const auto database = open_existing_database(known);
  const auto pinned = database->definitions().all_definitions();
  if (auto fault = refused_version(version.definition, pinned)) throw FaultyFiles({std::move(*fault)});
  const auto older = or_faults(older_versions(version.definition, pinned));
  if (auto faults = check_migrations(version.definition, older); !faults.empty()) throw FaultyFiles(std::move(faults));
  refuse_clashes(version.definition, pinned, calendar);
  refuse_unfit_openings(version.definition, pinned, database->queries());
  refuse_unproved(version.definition, older, calendar);

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
  const DefinitionId id = pin(database->definitions(), *definition, version.yaml);
  std::cout << fmt::format("version {} of {} is deployed: SHA-256 {}\n", definition->version,
                           name_with_variant(*definition), definition->sha256)
            << std::flush;
  if (!older.empty()) wait_until_noticed(database->definitions(), before);
  carry_out_deployment(database->store(), database->queries(), {id, definition}, older, around,
                       [&](const DeployedRequest& each) { report.tell(each); });
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
