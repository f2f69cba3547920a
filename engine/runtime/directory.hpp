// What rarely changes and everybody reads: offices, calendar, definitions. Snapshots are immutable and swapped whole.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/authority/caller.hpp"
#include "engine/authority/office.hpp"
#include "engine/definition/definition.hpp"
#include "engine/machine/variants.hpp"
#include "engine/ports/definition_store.hpp"
#include "engine/registry/calendar.hpp"
#include "engine/verify/verify.hpp"

namespace xueji {

/// The definitions by the id that requests pin, and the newest of each key and variant.
class Catalog {
 public:
  struct Entry {
    DefinitionId id;
    DefinitionPtr definition;
    std::shared_ptr<const Verification> verification{};  ///< what was proved of it; null until it has been
  };
  Catalog() = default;
  explicit Catalog(std::vector<Entry> entries);
  DefinitionPtr find(DefinitionId id) const;  ///< null when unknown
  /// The national file, or that variant of it; null when unknown.
  const Entry* newest(std::string_view key, std::string_view variant = {}) const;
  std::vector<Entry> newest() const;                                ///< one of each key and variant, in their order
  std::vector<const Entry*> newest_of(std::string_view key) const;  ///< the national file first, then the variants
  /// The one that the caller would open about them (engine/machine/variants.hpp); null when there is none.
  const Entry* to_open(std::string_view key, const Caller& caller, const OpenedAbout& whom, const OfficeTree& offices,
                       Instant now) const;
  /// Those in force by which the machine opens requests about pairs.
  std::vector<const Entry*> opened_on_pairs() const;
  const std::vector<Entry>& all() const { return entries_; }

 private:
  std::vector<Entry> entries_;
  std::unordered_map<DefinitionId, DefinitionPtr> by_id_;
  std::map<std::string, std::map<std::string, std::size_t, std::less<>>, std::less<>> newest_;  ///< key, variant
};

/// Reads all `files` (path and text), pins them in the store, adds the other versions that the store keeps: those that
/// requests ran on, and those deployed that are newer than these or than the file.
/// Refuses a text of the store that is not the one that was pinned, a changed file under a version that a request ran
/// on, naming both hashes, another text that a program pins under the same version at once, a `migrate` that does not
/// fit the older versions, two variants that could apply to the same schools, and a file that does not verify
/// (engine/verify), unless requests ran on just that: they must go on, and what does not hold is told to `log`, as are
/// openings that find no business. Every entry has its verification.
std::variant<Catalog, std::vector<Fault>> load_catalog(const std::vector<std::pair<std::string, std::string>>& files,
                                                       DefinitionStore& store, const Calendar& calendar,
                                                       const Prove& prove = verify,
                                                       const std::function<void(const std::string&)>& log = {});

/// The catalog with what was pinned since by others; nothing where there is nothing new. Definitions that can't be read
/// are left out, and nothing is proved.
std::optional<Catalog> with_newer(const Catalog& catalog, DefinitionStore& store);

/// Proves the entries that have no verification, each beside its older versions.
std::vector<Catalog::Entry> all_proved(std::vector<Catalog::Entry> entries, const Calendar& calendar,
                                       const Prove& prove);

/// Threads may read and set at once; a reader keeps the snapshot it took.
class Directory {
 public:
  Directory(OfficeTree offices, Calendar calendar, Catalog catalog);
  std::shared_ptr<const OfficeTree> offices() const;
  std::shared_ptr<const Calendar> calendar() const { return calendar_; }
  std::shared_ptr<const Catalog> catalog() const;
  void set_offices(OfficeTree offices);
  void set_catalog(Catalog catalog);

 private:
  std::shared_ptr<const Calendar> calendar_;
  mutable std::mutex mutex_;  ///< held only to take or swap one of the two below
  std::shared_ptr<const OfficeTree> offices_;
  std::shared_ptr<const Catalog> catalog_;
};

}  // namespace xueji
