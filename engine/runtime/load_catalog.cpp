#include <algorithm>
#include <limits>
#include <tuple>

#include "engine/definition/identity.hpp"
#include "engine/definition/loader.hpp"
#include "engine/machine/openings.hpp"
#include "engine/machine/variants.hpp"
#include "engine/runtime/deployment.hpp"
#include "engine/runtime/directory.hpp"
#include "engine/runtime/pinned_text.hpp"
#include "engine/verify/verify.hpp"

namespace xueji {
namespace {

using Version = std::tuple<std::string, std::string, int>;
template <class Versioned>
Version version_of(const Versioned& each) {
  return {each.key, each.variant, each.version};
}

struct Loaded {
  Definition definition;
  std::shared_ptr<const Verification> verification{};
};

void append(std::vector<Fault>& faults, std::vector<Fault> more) {
  faults.insert(faults.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

std::vector<Loaded> load_files(const std::vector<std::pair<std::string, std::string>>& files,
                               std::vector<Fault>& faults) {
  std::vector<Loaded> loaded;
  std::map<Version, std::string> seen;
  for (const auto& [path, yaml] : files) {
    auto result = load_definition(yaml, path);
    if (auto* bad = std::get_if<std::vector<Fault>>(&result)) {
      append(faults, std::move(*bad));
      continue;
    }
    auto& definition = std::get<Definition>(result);
    const auto [first, is_new] = seen.emplace(version_of(definition), path);
    if (is_new)
      loaded.push_back({std::move(definition)});
    else
      faults.push_back(same_version_twice(definition, first->second));
  }
  return loaded;
}

/// A definition that requests ran on must stay what it was.
void refuse_changed(const Loaded& loaded, const PinnedDefinition& pinned, std::vector<Fault>& faults) {
  const Definition& definition = loaded.definition;
  if (!pinned.used || pinned.sha256 == definition.sha256) return;
  faults.push_back({definition.file,
                    {},
                    "requests ran on version " + std::to_string(definition.version) + " of '" +
                        name_with_variant(definition) + "' with SHA-256 " + pinned.sha256 + ", and the file now has " +
                        definition.sha256,
                    "restore the file, or raise its version to " + std::to_string(definition.version + 1)});
}

/// Requests under way must know where they come to.
void refuse_misfit(const Definition& definition, const std::vector<PinnedDefinition>& pinned,
                   std::vector<Fault>& faults) {
  if (definition.migrations.empty()) return;
  const auto older = older_versions(definition, pinned);
  // What can't be read is told where it is kept.
  if (const auto* versions = std::get_if<std::vector<Catalog::Entry>>(&older))
    append(faults, check_migrations(definition, *versions));
}

/// Deployed and not used yet: newer than a file, or than what requests ran on.
bool is_newer(const PinnedDefinition& pinned, const std::vector<Loaded>& files,
              const std::vector<PinnedDefinition>& known) {
  return std::any_of(files.begin(), files.end(),
                     [&](const Loaded& file) { return is_older_version(file.definition, pinned); }) ||
         std::any_of(known.begin(), known.end(),
                     [&](const PinnedDefinition& each) { return each.used && is_older_version(each, pinned); });
}

std::shared_ptr<const Verification> proof_of(const Definition& definition, const std::vector<PinnedDefinition>& pinned,
                                             const Calendar& calendar, const Prove& prove) {
  const auto kept = older_versions(definition, pinned);
  std::vector<const Definition*> older;
  if (const auto* versions = std::get_if<std::vector<Catalog::Entry>>(&kept))
    for (const Catalog::Entry& version : *versions) older.push_back(version.definition.get());
  Verification verification = prove(definition, calendar, older);
  // A version that the store does not have has no requests.
  std::erase_if(verification.warnings, [](const Violation& each) { return each.rule == migration_not_proved; });
  return std::make_shared<const Verification>(std::move(verification));
}

/// Nobody may begin what can be stuck; what has begun goes on.
void refuse_unproved(const Loaded& loaded, bool must_go_on, const std::function<void(const std::string&)>& log,
                     std::vector<Fault>& faults) {
  for (const Violation& violation : loaded.verification->violations) {
    Fault fault = to_fault(violation);
    if (!must_go_on)
      faults.push_back(std::move(fault));
    else if (log)
      log("requests go on although this does not hold: " + fault.to_string());
  }
}

/// Beside the files also what goes on without one.
void refuse_clashes(const std::vector<Loaded>& loaded, const std::vector<Catalog::Entry>& kept,
                    const Calendar& calendar, std::vector<Fault>& faults) {
  std::vector<const Definition*> all;
  for (const Loaded& each : loaded) all.push_back(&each.definition);
  for (const Catalog::Entry& each : kept) all.push_back(each.definition.get());
  append(faults, clashes_of(all));
  append(faults, variants_beyond_the_window(all, calendar));
}

/// An opening that is refused undoes nothing, so it keeps no server from starting.
void tell_of_unfit_openings(const std::vector<Loaded>& loaded, const std::vector<Catalog::Entry>& kept,
                            const std::function<void(const std::string&)>& log) {
  if (!log) return;
  std::vector<const Definition*> all;
  for (const Loaded& each : loaded) all.push_back(&each.definition);
  for (const Catalog::Entry& each : kept) all.push_back(each.definition.get());
  for (const Loaded& each : loaded)
    for (const Fault& fault : unfit_openings(each.definition, all)) log(fault.to_string("warning"));
}

/// The folder may have been left behind by `xueji deploy`, or set back by mistake.
void tell_of_newer(const std::map<Version, PinnedDefinition>& pinned, const std::vector<Loaded>& files,
                   const std::function<void(const std::string&)>& log) {
  if (!log) return;
  for (const Loaded& file : files) {
    const Definition& definition = file.definition;
    const auto after = pinned.upper_bound({definition.key, definition.variant, std::numeric_limits<int>::max()});
    if (after == pinned.begin()) continue;
    const auto newest = std::prev(after);
    const bool has_file = std::any_of(files.begin(), files.end(), [&](const Loaded& other) {
      return is_older_version(definition, other.definition);
    });
    if (!has_file && is_older_version(definition, newest->second))
      log(definition.file + " has version " + std::to_string(definition.version) + " of '" +
          name_with_variant(definition) + "', and version " + std::to_string(newest->second.version) +
          " was deployed: requests are opened on the deployed one; put its file into the folder");
  }
}

/// Versions without a file.
void add_kept(const PinnedDefinition& pinned, std::vector<Catalog::Entry>& entries, std::vector<Fault>& faults) {
  if (auto fault = altered(pinned)) return faults.push_back(std::move(*fault));
  auto result = load_definition(pinned.yaml, pinned.file);
  if (auto* bad = std::get_if<std::vector<Fault>>(&result))
    append(faults, std::move(*bad));
  else
    entries.push_back({pinned.id, std::make_shared<const Definition>(std::get<Definition>(std::move(result)))});
}

/// `known` is what the store had under its version; null for nothing.
DefinitionId pin(DefinitionStore& store, const Definition& definition, const PinnedDefinition* known) {
  if (known && known->sha256 == definition.sha256) return known->id;
  return store.pin({{},
                    definition.key,
                    definition.version,
                    definition.sha256,
                    definition.text,
                    definition.file,
                    false,
                    definition.variant},
                   known ? known->sha256 : std::string{});
}

Fault deployed_meanwhile(const Definition& definition, const PinnedDefinition& there) {
  return {definition.file,
          {},
          "version " + std::to_string(there.version) + " of '" + name_with_variant(there) + "' with SHA-256 " +
              there.sha256 + " was deployed meanwhile, and the file has " + definition.sha256,
          "take the text that was deployed, or raise the file's version to " + std::to_string(definition.version + 1)};
}

}  // namespace

std::variant<Catalog, std::vector<Fault>> load_catalog(const std::vector<std::pair<std::string, std::string>>& files,
                                                       DefinitionStore& store, const Calendar& calendar,
                                                       const Prove& prove,
                                                       const std::function<void(const std::string&)>& log) {
  std::vector<Fault> faults;
  std::vector<Loaded> loaded = load_files(files, faults);
  const auto known_definitions = store.all_definitions();
  for (const PinnedDefinition& each : known_definitions)
    if (auto fault = altered(each)) faults.push_back(std::move(*fault));
  if (!faults.empty()) return faults;
  for (const Loaded& each : loaded) refuse_misfit(each.definition, known_definitions, faults);
  std::map<Version, PinnedDefinition> pinned;
  for (const auto& each : known_definitions) pinned.emplace(version_of(each), each);
  std::vector<Catalog::Entry> entries;
  for (Loaded& each : loaded) {
    const auto known = pinned.find(version_of(each.definition));
    if (known != pinned.end()) refuse_changed(each, known->second, faults);
    const bool must_go_on =
        known != pinned.end() && known->second.used && known->second.sha256 == each.definition.sha256;
    each.verification = proof_of(each.definition, known_definitions, calendar, prove);
    refuse_unproved(each, must_go_on, log, faults);
  }
  for (const auto& [version, each] : pinned) {
    const bool has_file = std::any_of(loaded.begin(), loaded.end(),
                                      [&v = version](const Loaded& file) { return version_of(file.definition) == v; });
    if (!has_file && (each.used || is_newer(each, loaded, known_definitions))) add_kept(each, entries, faults);
  }
  refuse_clashes(loaded, entries, calendar, faults);
  if (!faults.empty()) return faults;
  tell_of_newer(pinned, loaded, log);
  tell_of_unfit_openings(loaded, entries, log);

  for (Loaded& each : loaded) {
    const auto known = pinned.find(version_of(each.definition));
    try {
      const DefinitionId id = pin(store, each.definition, known == pinned.end() ? nullptr : &known->second);
      entries.push_back({id, std::make_shared<const Definition>(std::move(each.definition)), each.verification});
    } catch (const DefinitionTaken& taken) {
      faults.push_back(deployed_meanwhile(each.definition, taken.there));
    }
  }
  if (!faults.empty()) return faults;
  return Catalog(all_proved(std::move(entries), calendar, prove));
}

std::vector<Catalog::Entry> all_proved(std::vector<Catalog::Entry> entries, const Calendar& calendar,
                                       const Prove& prove) {
  for (Catalog::Entry& entry : entries) {
    if (entry.verification) continue;
    std::vector<const Definition*> older;
    for (const Catalog::Entry& other : entries)
      if (is_older_version(*other.definition, *entry.definition)) older.push_back(other.definition.get());
    entry.verification = std::make_shared<const Verification>(prove(*entry.definition, calendar, older));
  }
  return entries;
}

std::optional<Catalog> with_newer(const Catalog& catalog, DefinitionStore& store) {
  std::vector<Catalog::Entry> entries = catalog.all();
  std::vector<Fault> unreadable;
  for (const PinnedDefinition& pinned : store.all_definitions())
    if (!catalog.find(pinned.id)) add_kept(pinned, entries, unreadable);
  if (entries.size() == catalog.all().size()) return std::nullopt;
  return Catalog(std::move(entries));
}

}  // namespace xueji
