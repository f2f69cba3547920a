// What is there before anything is served: the database, the evidence, and the directory of offices, calendar and
// definitions, opened as the configuration says.
#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "adapters/sql/audit.hpp"
#include "adapters/sql/database.hpp"
#include "cli/setup/configuration.hpp"
#include "engine/ports/clock.hpp"
#include "engine/ports/evidence_store.hpp"
#include "engine/runtime/directory.hpp"

namespace xueji {

/// Files of the configuration, calendar or definitions that have faults; main() prints them and exits 2.
struct FaultyFiles : std::runtime_error {
  explicit FaultyFiles(std::vector<Fault> found) : std::runtime_error("faults in files"), faults(std::move(found)) {}
  std::vector<Fault> faults;
};

/// What the configuration says of the database beside its address. Throws UsageError when the password's file can't be
/// read.
DatabaseOptions database_options(const Configuration& configuration);

/// Throws UsageError where it can't be made.
void make_data_folder(const Configuration& configuration);

/// Makes the data folder where the database or evidence are to be in it. Throws UsageError, std::runtime_error.
std::unique_ptr<Database> open_database(const Configuration& configuration, const MigrationProgress& progress = {});

/// The same for commands that only have business with what is there: throws UsageError where no database is.
std::unique_ptr<Database> open_existing_database(const Configuration& configuration);
void require_database(const Configuration& configuration);

/// As the configuration names it, or beside its definitions, or in the installation's config; nothing where there is
/// none.
std::optional<std::filesystem::path> calendar_file(const Configuration& configuration);

/// An empty one where there is none. Throws FaultyFiles, UsageError.
Calendar open_calendar(const Configuration& configuration);

/// Pins the definitions of the files in the database. Throws FaultyFiles, UsageError.
std::unique_ptr<Directory> open_directory(const Configuration& configuration, Database& database,
                                          const Prove& prove = verify);

/// Throws FaultyFiles, UsageError.
Calendar read_calendar(const std::filesystem::path& file);

/// Looks at the files of the evidence, and makes nothing.
CheckScan scan_check(const Configuration& configuration);

/// xueji-render, as the configuration names it, or beside this program.
std::unique_ptr<ScanDecoder> open_scan_decoder(const Configuration& configuration);

/// `decoder` must outlive it; without one, for files of our own making, uploads are not decoded.
std::unique_ptr<EvidenceStore> open_evidence(const Configuration& configuration, Database& database, const Clock& clock,
                                             ScanDecoder* decoder = nullptr);

}  // namespace xueji
